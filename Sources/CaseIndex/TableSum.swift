internal import Cryptography

/// What is added up of the rows of one table.
struct TableSum: Hashable, Sendable {
    /// How many rows there are.
    private(set) var rows: Int64 = 0
    /// The sum over all of them.
    private(set) var hash = MultisetHash()
    /// For each of ``sectionCount`` sections of the keys, the sum of the first eight bytes of the rows' digests: it
    /// proves nothing, and tells where to look.
    private(set) var sections = [UInt64](repeating: 0, count: Self.sectionCount)

    /// How many sections the keys of a table are spread over.
    static let sectionCount = 256

    init() {}

    /// The sum as a case stores it; nil when it was not stored by this program.
    init?(rows: Int64, hash: [UInt8], sections: [UInt8]) {
        guard rows >= 0, let sum = MultisetHash(bytes: hash), sections.count == Self.sectionCount * 8 else {
            return nil
        }
        self.rows = rows
        self.hash = sum
        self.sections = (0..<Self.sectionCount).map { section in
            (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(sections[section * 8 + $1]) }
        }
    }

    /// ``sections`` as bytes, least significant first.
    var sectionBytes: [UInt8] {
        sections.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    }

    mutating func add(_ row: borrowing MultisetHasher, digest: Digest, key: UInt64) {
        rows &+= 1
        hash.add(row)
        sections[Self.section(key)] &+= Self.head(digest)
    }

    mutating func remove(_ row: borrowing MultisetHasher, digest: Digest, key: UInt64) {
        rows &-= 1
        hash.remove(row)
        sections[Self.section(key)] &-= Self.head(digest)
    }

    /// The section in which a key lies.
    static func section(_ key: UInt64) -> Int {
        Int(key % UInt64(sectionCount))
    }

    private static func head(_ digest: Digest) -> UInt64 {
        digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
