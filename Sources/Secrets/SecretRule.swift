/// One kind of secret: by which bytes it is noticed, and what must follow.
package struct SecretRule: Sendable {
    /// A stable word for it.
    package let id: String
    /// What it is, for people.
    package let description: String
    /// How sure a match is, and how bad.
    package let weight: Weight
    /// The literal bytes by which it is noticed.
    package let anchors: [String]
    /// Finds the secret around an anchor.
    let match: @Sendable (Anchored) -> SecretRange?

    /// What a match weighs.
    package enum Weight: String, Hashable, Sendable, CaseIterable {
        /// It opens something by itself.
        case secret
        /// It may, with something that is not beside it: a locked key, the name of a key, a token that may have ended.
        case lead
    }

    init(
        _ id: String,
        _ description: String,
        _ weight: Weight = .secret,
        anchors: [String],
        match: @escaping @Sendable (Anchored) -> SecretRange?
    ) {
        self.id = id
        self.description = description
        self.weight = weight
        self.anchors = anchors
        self.match = match
    }
}

/// Where in the window a secret lies.
struct SecretRange: Hashable {
    /// The whole secret.
    let range: Range<Int>
}

/// An anchor that was seen, in the bytes around it.
struct Anchored {
    /// The bytes that are at hand: some before the anchor, and ``SecretScanner/reach`` after it unless the text ends.
    let window: UnsafeRawBufferPointer
    /// Where the anchor begins.
    let start: Int
    /// Where it ends.
    let end: Int

    func byte(_ position: Int) -> UInt8? {
        window.indices.contains(position) ? window[position] : nil
    }

    /// The byte before the anchor is none of these: the anchor is not the middle of something longer.
    func begins(outside set: ByteSet) -> Bool {
        byte(start - 1).map { !set.contains($0) } ?? true
    }

    /// How many of these bytes stand at a position, at the most `limit`.
    func run(of set: ByteSet, at position: Int, limit: Int) -> Int {
        var count = 0
        while count < limit, let next = byte(position + count), set.contains(next) { count += 1 }
        return count
    }

    /// Whether these bytes stand at a position.
    func has(_ text: StaticString, at position: Int) -> Bool {
        guard position >= 0, position + text.utf8CodeUnitCount <= window.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { window[position + $0] == text.utf8Start[$0] }
    }

    /// Where these bytes stand first, at or behind a position.
    func find(_ text: StaticString, from position: Int, within limit: Int) -> Int? {
        let last = min(position + limit, window.count - text.utf8CodeUnitCount)
        guard position <= last else { return nil }
        return (position...last).first { has(text, at: $0) }
    }

    /// A position behind blanks.
    func skippingBlanks(at position: Int, limit: Int = 64) -> Int {
        position + run(of: .blanks, at: position, limit: limit)
    }

    /// A token that begins with the anchor and goes on with `count` bytes of a set and no more of them.
    func token(_ set: ByteSet, count: ClosedRange<Int>, outside boundary: ByteSet? = nil) -> SecretRange? {
        let boundary = boundary ?? set
        guard begins(outside: boundary) else { return nil }
        let found = run(of: set, at: end, limit: count.upperBound + 1)
        guard count.contains(found), byte(end + found).map({ !boundary.contains($0) }) ?? true else { return nil }
        return accepted(start..<end + found, judging: end..<end + found)
    }

    /// A range, unless what is judged is a placeholder.
    func accepted(_ range: Range<Int>, judging: Range<Int>) -> SecretRange? {
        let value = UnsafeRawBufferPointer(rebasing: window[judging])
        return Placeholder.isLikely(value) ? nil : SecretRange(range: range)
    }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        Array(window[range])
    }
}

/// A set of bytes.
struct ByteSet: Sendable {
    private let low: (UInt64, UInt64)

    init(_ text: StaticString) {
        var low: (UInt64, UInt64) = (0, 0)
        for index in 0..<text.utf8CodeUnitCount {
            let byte = text.utf8Start[index]
            if byte < 64 { low.0 |= 1 << UInt64(byte) } else if byte < 128 { low.1 |= 1 << UInt64(byte - 64) }
        }
        self.low = low
    }

    private init(_ low: (UInt64, UInt64)) {
        self.low = low
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low.0 >> UInt64(byte) & 1 == 1 }
        return byte < 128 && low.1 >> UInt64(byte - 64) & 1 == 1
    }

    func union(_ other: ByteSet) -> ByteSet {
        ByteSet((low.0 | other.low.0, low.1 | other.low.1))
    }

    static let digits = ByteSet("0123456789")
    static let lowerHex = ByteSet("0123456789abcdef")
    static let upperDigits = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    static let alphanumeric = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    static let base64 = alphanumeric.union(ByteSet("+/"))
    static let base64URL = alphanumeric.union(ByteSet("-_"))
    static let word = alphanumeric.union(ByteSet("_"))
    static let blanks = ByteSet(" \t\r\n")
    static let bech32 = ByteSet("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")
}
