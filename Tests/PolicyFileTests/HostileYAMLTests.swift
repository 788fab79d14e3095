import PolicyFile
import TestSupport
import Testing

/// Documents that are made to be expensive, and documents that are broken somewhere.
struct HostileYAMLTests {
    @Test func refusesABombOfAliasesBeforeItIsRead() {
        var lines = ["version: 1", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1..<40 {
            let alias = "*a\(level - 1)"
            lines.append("a\(level): &a\(level) {? [\(alias), \(alias), \(alias)] : x}")
        }
        #expect(PolicyText.problem(lines.joined(separator: "\n")) == PolicyFileError(.anchor, line: 2))
    }

    /// Places at which YAML takes an anchor.
    @Test(arguments: [
        "&a version: 1", "version: &a 1", "version: [&a 1]", "version: {&a b: 1}", "version: [1,&a 1]",
        "version: {\"b\":&a 1}", "- &a x", "? &a x", "version:\t&a 1", "\u{85}&a version: 1", "x: y # c\r&a z: 1",
        "# c\u{2028}&a version: 1",
    ])
    func seesAnAnchor(text: String) {
        #expect(PolicyText.problem(text)?.problem == .anchor)
    }

    @Test func readsAmpersandsThatAreNoAnchors() throws {
        let text = PolicyText.signatures("anyOf: # R&D, &c.", "- {identity: a&b, issuer: 'a & b'}")
        #expect(PolicyText.problem(text)?.problem == .anchor)
        _ = try PolicyText.read(text.replacing(" # R&D, &c.", with: " # R&D & c"))
    }

    @Test func refusesWhatIsTooLarge() {
        let large = "version: 1 #" + String(repeating: "x", count: PolicyFile.maximumBytes)
        #expect(PolicyText.problem(large)?.problem == .tooLarge(limit: 1 << 20))
        let wide = "version: 1\nrules: [" + String(repeating: "x,", count: 60_000) + "]"
        #expect(PolicyText.problem(wide)?.problem == .tooManyNodes(limit: 50_000))
        let deep = "version: 1\nrules: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(PolicyText.problem(deep)?.problem == .tooDeep(limit: 16))
    }

    @Test func refusesNestingThatTheLibraryRefuses() {
        let deep = "version: 1\nrules: " + String(repeating: "[", count: 500_000)
        guard case .notYAML = PolicyText.problem(deep)?.problem else {
            Issue.record("accepted")
            return
        }
    }

    @Test func survivesDamage() throws {
        let text = PolicyText.signatures("anyOf: [{identity: 'a', issuer: \"b\", extensions: {12: x}}]", "minimum: 1")
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: place)
                }
            }
            // Whatever it is, it is a policy or an error.
            _ = try? PolicyFile.parse(bytes, name: "damaged") { _ in throw PolicyText.NoSuchKey() }
        }
    }
}
