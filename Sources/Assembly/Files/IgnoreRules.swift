/// What `.dockerignore` leaves out of the context (Dockerfile reference, ".dockerignore file").
struct IgnoreRules: Hashable, Sendable {
    private var rules: [Rule] = []

    private struct Rule: Hashable {
        let pattern: PathPattern
        let keeps: Bool
    }

    /// Rules that leave nothing out.
    init() {}

    /// Reads the lines of a file.
    init(_ bytes: [UInt8]) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        for line in content.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "#") { continue }
            let carriageReturn = UInt8(ascii: "\r")
            let text = SourceLines.trim(line.last == carriageReturn ? line.dropLast() : line)
            add(Array(text))
        }
    }

    /// Rules from patterns, as `--exclude` gives them.
    init(patterns: [String]) {
        for pattern in patterns { add(Array(pattern.utf8)) }
    }

    private mutating func add(_ text: [UInt8]) {
        let keeps = text.first == UInt8(ascii: "!")
        let path = keeps ? SourceLines.trim(text.dropFirst()) : text[...]
        guard let components = FilePath.normalized(FilePath.components(Array(path))), !components.isEmpty
        else { return }
        rules.append(Rule(pattern: PathPattern(components), keeps: keeps))
    }

    /// Whether a path is left out: the last rule decides that speaks of it or of a folder above it.
    func ignores(_ path: [[UInt8]]) -> Bool {
        rules.last { $0.pattern.matchesPathOrParent(path) }.map { !$0.keeps } ?? false
    }

    /// Whether a rule could keep something in a folder that is left out.
    func mayKeepSomething(below path: [[UInt8]]) -> Bool {
        rules.contains { $0.keeps && $0.pattern.mayMatch(below: path) }
    }
}
