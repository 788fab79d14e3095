internal import Cryptography

/// A pack's index (git, gitformat-pack, versions 1 and 2): a hint where objects begin, never believed.
struct PackIndex {
    /// What an index says of one object.
    struct Entry {
        let offset: Int64
        let name: ArraySlice<UInt8>
        let checksum: UInt32?
    }

    /// Why an index is not used.
    enum Problem: Error, Equatable {
        case tooLarge, truncated, unknownVersion, unsorted, offsets, checksum
    }

    private let bytes: [UInt8]
    private let hashBytes: Int
    private let isVersion2: Bool
    /// How many objects it lists.
    let count: Int
    /// The objects by their offsets.
    private var order: [(offset: Int64, position: Int)] = []
    /// The checksum of the pack that it is for.
    let packChecksum: [UInt8]

    /// Larger indexes belong to packs of more objects than are read.
    private static let maximumBytes = 2 << 30
    private static let fanoutBytes = 1024

    init(_ source: any RandomAccessBytes, _ format: ObjectFormat) throws {
        guard let bytes = source.all(limit: Self.maximumBytes) else { throw Problem.tooLarge }
        self.bytes = bytes
        hashBytes = format.byteCount
        isVersion2 = bytes.starts(with: [0xFF, 0x74, 0x4F, 0x63])
        let start = isVersion2 ? 8 : 0
        guard bytes.count >= start + Self.fanoutBytes + 2 * hashBytes else { throw Problem.truncated }
        if isVersion2, Self.number(bytes, 4) != 2 { throw Problem.unknownVersion }
        var previous = 0
        for slot in 0..<256 {
            let value = Self.number(bytes, start + slot * 4)
            guard value >= previous else { throw Problem.unsorted }
            previous = value
        }
        count = previous
        // Counts have 32 bits, so that no product overflows.
        let table = count * (hashBytes + (isVersion2 ? 8 : 4))
        let room = bytes.count - start - Self.fanoutBytes - 2 * hashBytes
        guard table <= room, isVersion2 ? (room - table).isMultiple(of: 8) : room == table
        else { throw Problem.truncated }
        var hasher = try ObjectNameHasher(format)
        hasher.update(bytes[..<(bytes.count - hashBytes)])
        guard hasher.finish().elementsEqual(bytes.suffix(hashBytes)) else { throw Problem.checksum }
        packChecksum = Array(bytes[(bytes.count - 2 * hashBytes)..<(bytes.count - hashBytes)])
        try readOffsets(largeOffsets: (room - table) / 8)
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
        Int(bytes[at]) << 24 | Int(bytes[at + 1]) << 16 | Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
    }

    private mutating func readOffsets(largeOffsets: Int) throws {
        order.reserveCapacity(count)
        let table = 8 + Self.fanoutBytes + count * (hashBytes + 4)
        for position in 0..<count {
            guard isVersion2 else {
                order.append((Int64(Self.number(bytes, Self.fanoutBytes + position * (hashBytes + 4))), position))
                continue
            }
            let short = Self.number(bytes, table + position * 4)
            guard short & 0x8000_0000 != 0 else {
                order.append((Int64(short), position))
                continue
            }
            let slot = short & 0x7FFF_FFFF
            guard slot < largeOffsets else { throw Problem.offsets }
            let at = table + count * 4 + slot * 8
            let high = Self.number(bytes, at)
            guard high & 0x8000_0000 == 0 else { throw Problem.offsets }
            order.append((Int64(high) << 32 | Int64(Self.number(bytes, at + 4)), position))
        }
        order.sort { $0.offset < $1.offset }
    }

    private func entry(_ place: (offset: Int64, position: Int)) -> Entry {
        let start = isVersion2 ? 8 + Self.fanoutBytes : Self.fanoutBytes
        guard isVersion2 else {
            let at = start + place.position * (hashBytes + 4) + 4
            return Entry(offset: place.offset, name: bytes[at..<at + hashBytes], checksum: nil)
        }
        let at = start + place.position * hashBytes
        let checksum = Self.number(bytes, start + count * hashBytes + place.position * 4)
        return Entry(offset: place.offset, name: bytes[at..<at + hashBytes], checksum: UInt32(checksum))
    }

    /// The first object that begins at an offset or after it.
    func first(from offset: Int64) -> Entry? {
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if order[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low < order.count ? entry(order[low]) : nil
    }
}
