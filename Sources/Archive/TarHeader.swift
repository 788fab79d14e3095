/// What can be told of a tar archive by its first block.
package enum TarHeader {
    /// Bytes of a block (POSIX.1-1988, ustar).
    package static let blockSize = 512

    /// Whether the bytes begin with a header whose checksum is right, or with a block of zeros, as an empty archive does.
    package static func isLikely(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= blockSize else { return false }
        let block = UnsafeRawBufferPointer(rebasing: bytes[..<blockSize])
        guard let stated = checksum(block) else { return block.allSatisfy { $0 == 0 } }
        var unsigned = 0
        var signed = 0
        for (offset, byte) in block.enumerated() {
            // The field itself counts as blanks.
            let counted = checksumField.contains(offset) ? UInt8(ascii: " ") : byte
            unsigned += Int(counted)
            signed += Int(Int8(bitPattern: counted))
        }
        return stated == unsigned || stated == signed
    }

    private static let checksumField = 148..<156

    /// The octal number in the field of the checksum.
    private static func checksum(_ block: UnsafeRawBufferPointer) -> Int? {
        let digits = block[checksumField].drop { $0 == UInt8(ascii: " ") }.prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0)
        }
        guard !digits.isEmpty else { return nil }
        return digits.reduce(0) { $0 * 8 + Int($1 - UInt8(ascii: "0")) }
    }
}
