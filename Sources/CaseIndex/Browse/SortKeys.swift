internal import Glibc

/// The values of one column as bytes that compare as SQLite compares the values: NULL, then numbers, then text, then
/// blobs, the last two byte by byte (SQLite, "Datatypes In SQLite", section 4.1).
struct SortKeys {
    private var bytes: [UInt8] = []
    /// Where each key ends.
    private var ends: [UInt32] = []

    /// More bytes than these are not sorted here.
    static let roomForBytes = 128 << 20

    /// How many there are.
    var count: Int { ends.count }

    /// Makes room for so many keys like those of now.
    mutating func reserve(_ count: Int) {
        guard !ends.isEmpty else { return }
        ends.reserveCapacity(count)
        bytes.reserveCapacity(min(Self.roomForBytes, bytes.count / ends.count * (count + count / 16)))
    }

    /// Adds the value of the next row; false for what cannot be sorted here.
    mutating func append(_ row: RawRow, _ column: Int32) -> Bool {
        guard let kind = row.kind(column) else { return false }
        bytes.append(kind.rawValue)
        switch kind {
        case .null: break
        case .integer:
            // The sign bit the other way round, so that negative numbers come first.
            let number = UInt64(bitPattern: row.integer(column)) ^ (1 << 63)
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        case .text, .blob: bytes.append(contentsOf: row.bytes(column))
        }
        ends.append(UInt32(clamping: bytes.count))
        return bytes.count <= Self.roomForBytes
    }

    // MARK: - Sorting

    /// A key by its first bytes after those that all have, and its place among the rows as they were.
    private struct Entry {
        let head: UInt64
        let place: UInt32
    }

    /// The rows sorted by their keys; `ties` are the rows, from 0, as they follow each other where keys are the same.
    func sorted(_ ties: [UInt32]) -> [UInt32] {
        bytes.withUnsafeBytes { bytes in
            let shared = sharedLength(bytes)
            var entries = ties.indices.map { place in
                Entry(head: Self.head(key(Int(ties[place]), bytes), after: shared), place: UInt32(place))
            }
            entries.sort { one, other in
                guard one.head == other.head else { return one.head < other.head }
                let rest = shared + MemoryLayout<UInt64>.size
                let order = Self.compare(
                    key(Int(ties[Int(one.place)]), bytes),
                    key(Int(ties[Int(other.place)]), bytes),
                    after: rest
                )
                return order == 0 ? one.place < other.place : order < 0
            }
            return entries.map { ties[Int($0.place)] }
        }
    }

    private func key(_ row: Int, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let start = row == 0 ? 0 : Int(ends[row - 1])
        return UnsafeRawBufferPointer(rebasing: bytes[start..<Int(ends[row])])
    }

    /// How many bytes all keys begin with.
    private func sharedLength(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard count > 0 else { return 0 }
        let first = key(0, bytes)
        var length = first.count
        for row in 1..<max(1, count) {
            let next = key(row, bytes)
            length = min(length, next.count)
            while !first.prefix(length).elementsEqual(next.prefix(length)) { length -= 1 }
        }
        return length
    }

    /// Eight bytes of a key as a number; where it is shorter, zeros, which ``compare(_:_:after:)`` tells from others.
    private static func head(_ key: UnsafeRawBufferPointer, after shared: Int) -> UInt64 {
        var head: UInt64 = 0
        for place in shared..<shared + MemoryLayout<UInt64>.size {
            head = head << 8 | (place < key.count ? UInt64(key[place]) : 0)
        }
        return head
    }

    /// Compares what follows the heads, then the lengths.
    private static func compare(
        _ one: UnsafeRawBufferPointer,
        _ other: UnsafeRawBufferPointer,
        after start: Int
    ) -> Int {
        let common = min(one.count, other.count) - start
        if common > 0, let first = one.baseAddress, let second = other.baseAddress {
            let order = memcmp(first + start, second + start, common)
            if order != 0 { return Int(order) }
        }
        return one.count - other.count
    }
}
