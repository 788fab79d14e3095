/// Applies deltas (git, gitformat-pack, "Deltified representation").
enum Delta {
    /// The content that a delta makes of a base; nil when the delta is not well formed, is not made for this base, or
    /// gives another size than it states.
    static func apply(_ delta: [UInt8], to base: [UInt8], limit: Int) -> [UInt8]? {
        var cursor = 0
        guard let baseSize = size(delta, &cursor), baseSize == base.count,
            let resultSize = size(delta, &cursor), resultSize <= limit
        else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(resultSize)
        while cursor < delta.count {
            let command = delta[cursor]
            cursor += 1
            if command & 0x80 != 0 {
                guard let (offset, count) = copy(command, delta, &cursor), offset <= base.count,
                    count <= base.count - offset, count <= resultSize - result.count
                else { return nil }
                result.append(contentsOf: base[offset..<offset + count])
            } else {
                let count = Int(command)
                // Zero is reserved.
                guard count > 0, count <= delta.count - cursor, count <= resultSize - result.count
                else { return nil }
                result.append(contentsOf: delta[cursor..<cursor + count])
                cursor += count
            }
        }
        return result.count == resultSize ? result : nil
    }

    /// Seven bits a byte, the lowest first.
    private static func size(_ delta: [UInt8], _ cursor: inout Int) -> Int? {
        var value = 0
        var shift = 0
        while cursor < delta.count, shift < 49 {
            let byte = delta[cursor]
            cursor += 1
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        return nil
    }

    /// The bits of the command say which bytes of offset and size follow.
    private static func copy(_ command: UInt8, _ delta: [UInt8], _ cursor: inout Int) -> (offset: Int, count: Int)? {
        var numbers = (offset: 0, count: 0)
        for bit in 0..<7 where command & (1 << bit) != 0 {
            guard cursor < delta.count else { return nil }
            let byte = Int(delta[cursor])
            cursor += 1
            if bit < 4 {
                numbers.offset |= byte << (bit * 8)
            } else {
                numbers.count |= byte << ((bit - 4) * 8)
            }
        }
        return (numbers.offset, numbers.count == 0 ? 0x10000 : numbers.count)
    }
}
