internal import CZlib

/// Expands data of the deflate format.
enum Inflation {
    /// What stands around the data.
    enum Form: Int32 {
        /// Nothing (RFC 1951); negative window bits in zlib's terms.
        case raw = -15
        /// A zlib header and checksum (RFC 1950).
        case zlib = 15
    }

    /// The expanded bytes; what follows the stream is an error.
    static func expand(_ bytes: [UInt8], _ form: Form, limit: Int) throws(OpenPGPError) -> [UInt8] {
        guard bytes.count <= Int(UInt32.max) else { throw .tooLarge(limit: limit) }
        var stream = z_stream()
        guard raireki_inflateInit2(&stream, form.rawValue) == Z_OK else { throw .malformed("zlib has no memory") }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        let status = input.withUnsafeMutableBufferPointer { buffer in
            stream.next_in = buffer.baseAddress
            stream.avail_in = UInt32(buffer.count)
            return run(&stream, &output, limit)
        }
        guard output.count <= limit else { throw .tooLarge(limit: limit) }
        guard status == Z_STREAM_END else {
            throw status == Z_BUF_ERROR || status == Z_OK ? .truncated : .malformed("the compressed data are damaged")
        }
        guard stream.avail_in == 0 else { throw .malformed("bytes follow the compressed data") }
        return output
    }

    private static func run(_ stream: inout z_stream, _ output: inout [UInt8], _ limit: Int) -> Int32 {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var status = Z_OK
        while status == Z_OK, output.count <= limit {
            let produced = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                status = inflate(&stream, Z_NO_FLUSH)
                return buffer.count - Int(stream.avail_out)
            }
            output += chunk[..<produced]
        }
        return status
    }
}
