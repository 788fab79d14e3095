internal import CZlib

/// Writes gzip (RFC 1952) in blocks of a fixed size, each of which can be compressed on another processor.
///
/// Where blocks begin depends on the stream alone, so the bytes are the same for any number of processors. Each block
/// but the last ends on a byte (`Z_SYNC_FLUSH`) and knows the 32 KiB before it; together they are one stream, with no
/// name, no time, and "Unix" as the system. The bytes still depend on the version of zlib.
enum BlockGzip {
    /// How many bytes one block takes.
    static let blockSize = 1 << 20
    /// How far back a block may refer (RFC 1951).
    static let window = 32 << 10
    /// The header: deflate, no flags, no time, no statement on the level, Unix.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

    /// Compresses one block.
    ///
    /// - Parameters:
    ///   - block: The bytes.
    ///   - history: The bytes before it, at most ``window``.
    ///   - level: zlib's, 0 to 9.
    ///   - isLast: Whether the stream ends here.
    /// - Returns: The compressed bytes, or nil when there is no memory.
    static func compress(
        _ block: UnsafeRawBufferPointer,
        after history: UnsafeRawBufferPointer,
        level: Int32,
        isLast: Bool
    ) -> [UInt8]? {
        var stream = z_stream()
        // Negative window bits: no header and no trailer of zlib's own.
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        if !history.isEmpty {
            let base = history.bindMemory(to: Bytef.self).baseAddress
            guard deflateSetDictionary(&stream, base, UInt32(history.count)) == Z_OK else { return nil }
        }
        // Enough for any input, with the few bytes that the flush takes.
        let capacity = Int(deflateBound(&stream, UInt(block.count))) + 64
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            stream.next_in = UnsafeMutablePointer(mutating: block.bindMemory(to: Bytef.self).baseAddress)
            stream.avail_in = UInt32(block.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(capacity)
            let status = deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
            isWhole = status == (isLast ? Z_STREAM_END : Z_OK) && stream.avail_in == 0
            count = capacity - Int(stream.avail_out)
        }
        return isWhole ? bytes : nil
    }

    /// CRC-32 of bytes that follow others.
    static func checksum(_ bytes: UnsafeRawBufferPointer, after checksum: UInt = 0) -> UInt {
        crc32_z(checksum, bytes.bindMemory(to: Bytef.self).baseAddress, bytes.count)
    }

    /// CRC-32 and length, both modulo 2^32.
    static func trailer(checksum: UInt, length: Int64) -> [UInt8] {
        [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: length)].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
    }
}
