internal import Cryptography

/// A secret that was found, without its value.
package struct FoundSecret: Hashable, Sendable {
    /// The rule's id.
    package let rule: String
    /// What a match of the rule weighs.
    package let weight: SecretRule.Weight
    /// Where it begins in the text, in bytes.
    package let offset: Int64
    /// How many bytes it has.
    package let count: Int
    /// SHA-256 of its bytes, in hexadecimal digits: the same secret elsewhere has the same.
    package let digest: String
    /// A few of its first characters and stars.
    package let masked: String
}

/// Looks for secrets in a text of any length that comes piece by piece, in bounded memory and one pass.
package final class SecretScanner {
    /// Bytes behind an anchor that a secret may take; the longest private keys take about 13,000.
    static let reach = 16 << 10
    /// Bytes before an anchor that are kept.
    private static let lookBehind = 512
    /// Secrets of one text; further ones are counted.
    private static let limit = 1_000

    private let rules: [SecretRule]
    private let automaton: AnchorAutomaton
    private var state: UInt16 = 0
    private var buffer: [UInt8] = []
    /// Where the buffer begins in the text.
    private var base: Int64 = 0
    private var waiting: [Waiting] = []
    private var nextWaiting = 0
    private var taken: [Range<Int64>] = []

    /// What was found so far, in the order of the text.
    package private(set) var found: [FoundSecret] = []
    /// How many more there were.
    package private(set) var omitted = 0

    private struct Waiting {
        let anchor: AnchorAutomaton.Anchor
        let end: Int64
    }

    /// Rules with their automaton, made once for many texts.
    package struct Prepared: Sendable {
        let rules: [SecretRule]
        let automaton: AnchorAutomaton

        package init(_ rules: [SecretRule] = SecretRules.all) {
            self.rules = rules
            automaton = AnchorAutomaton(rules)
        }
    }

    package init(_ prepared: Prepared) {
        rules = prepared.rules
        automaton = prepared.automaton
    }

    /// Looks through one whole text.
    package static func scan(_ bytes: [UInt8], _ prepared: Prepared) -> [FoundSecret] {
        let scanner = SecretScanner(prepared)
        bytes.withUnsafeBytes { scanner.receive($0) }
        scanner.end()
        return scanner.found
    }

    /// Takes the next bytes.
    package func receive(_ chunk: UnsafeRawBufferPointer) {
        let offset = base + Int64(buffer.count)
        state = automaton.scan(chunk, from: state) { anchor, end in
            waiting.append(Waiting(anchor: anchor, end: offset + Int64(end)))
        }
        buffer.append(contentsOf: chunk)
        let complete = base + Int64(buffer.count) - Int64(Self.reach)
        resolve(upTo: complete)
        trim()
    }

    /// The text has ended.
    package func end() {
        resolve(upTo: .max)
        buffer = []
        waiting = []
        nextWaiting = 0
    }

    /// Makes it ready for another text.
    package func reset() {
        (state, buffer, base, waiting, nextWaiting, taken, found, omitted) = (0, [], 0, [], 0, [], [], 0)
    }

    private func trim() {
        // What waits needs its anchor and some bytes before; nothing else needs more than a look behind.
        let oldest = nextWaiting < waiting.count ? waiting[nextWaiting].end - 64 : base + Int64(buffer.count)
        let keep = max(0, Int(oldest - base) - Self.lookBehind)
        if keep > 4 * Self.reach || keep == buffer.count {
            buffer.removeFirst(keep)
            base += Int64(keep)
        }
        if nextWaiting > 4_096 || nextWaiting == waiting.count {
            waiting.removeFirst(nextWaiting)
            nextWaiting = 0
        }
    }

    private func resolve(upTo limit: Int64) {
        while nextWaiting < waiting.count, waiting[nextWaiting].end <= limit {
            let hit = waiting[nextWaiting]
            nextWaiting += 1
            check(hit)
        }
    }

    private func check(_ hit: Waiting) {
        let rule = rules[hit.anchor.rule]
        let end = Int(hit.end - base)
        let range = buffer.withUnsafeBytes { all in
            let window = UnsafeRawBufferPointer(rebasing: all[..<min(all.count, end + Self.reach)])
            return rule.match(Anchored(window: window, start: end - hit.anchor.count, end: end))?.range
        }
        guard let range, !range.isEmpty, range.upperBound <= buffer.count else { return }
        let place = base + Int64(range.lowerBound)..<base + Int64(range.upperBound)
        // A secret inside one that was found already is that one.
        guard !taken.suffix(8).contains(where: { $0.overlaps(place) }) else { return }
        taken = taken.suffix(7) + [place]
        guard found.count < Self.limit else {
            omitted += 1
            return
        }
        let value = Array(buffer[range])
        found.append(
            FoundSecret(
                rule: rule.id,
                weight: rule.weight,
                offset: place.lowerBound,
                count: value.count,
                digest: Digest(hashing: value).hex,
                masked: Mask.text(value)
            )
        )
    }
}

/// Shows enough of a value to recognise it, and too little to use it.
enum Mask {
    /// The first six characters at the most, never more than a fifth, then stars: what rules begin with is no secret.
    static func text(_ value: [UInt8]) -> String {
        if value.starts(with: "-----BEGIN".utf8) {
            let line = value.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\\") }
            return visible(line.prefix(60)) + " ***"
        }
        return visible(value.prefix(min(6, value.count / 5))) + "***"
    }

    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
