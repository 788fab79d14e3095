/// Streams in compressed formats whose bytes are stored as they are, so that tests need no compressor.
package enum StoredCompression {
    /// A gzip stream (RFC 1952) of stored deflate blocks, with a right CRC and length.
    package static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        var start = 0
        repeat {
            let end = min(start + 0xFFFF, bytes.count)
            let length = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)
            stream += littleEndian(UInt32(length), 2) + littleEndian(UInt32(~length), 2)
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        return stream + littleEndian(crc32(bytes), 4) + littleEndian(UInt32(truncatingIfNeeded: bytes.count), 4)
    }

    /// A zstd frame (RFC 8878) of raw blocks.
    package static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var stream = zstdHeader(contentSize: UInt32(bytes.count))
        var start = 0
        repeat {
            let end = min(start + (128 << 10), bytes.count)
            stream += zstdBlockHeader(isLast: end == bytes.count, type: 0, size: end - start)
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        return stream
    }

    /// A zstd frame that expands to `blocks` times 128 KiB of zeros, four bytes for each.
    package static func zstdZeros(blocks: Int) -> [UInt8] {
        var stream = zstdHeader(contentSize: UInt32(blocks) * (128 << 10))
        for block in 1...blocks {
            stream += zstdBlockHeader(isLast: block == blocks, type: 1, size: 128 << 10) + [0]
        }
        return stream
    }

    private static func zstdHeader(contentSize: UInt32) -> [UInt8] {
        // No single segment: the window is 128 KiB (exponent 7), and the content size takes four bytes.
        [0x28, 0xB5, 0x2F, 0xFD, 0x80, 7 << 3] + littleEndian(contentSize, 4)
    }

    private static func zstdBlockHeader(isLast: Bool, type: UInt32, size: Int) -> [UInt8] {
        littleEndian((isLast ? 1 : 0) | type << 1 | UInt32(size) << 3, 3)
    }

    private static func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
