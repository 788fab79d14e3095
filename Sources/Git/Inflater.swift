internal import CZlib

/// Expands zlib streams (RFC 1950), one after the other, with one state.
struct Inflater: ~Copyable {
    /// What became of a stream.
    enum Outcome: Equatable {
        /// It ended; so many bytes of the input belong to it.
        case ended(consumed: Int64)
        /// It expands to more than was allowed.
        case tooLong
        /// It is no valid stream.
        case damaged
        /// The input ended first.
        case truncated
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private let scratch: UnsafeMutableRawBufferPointer

    init?() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard raireki_inflateInit(stream) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
        scratch = .allocate(byteCount: 64 << 10, alignment: 16)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        scratch.deallocate()
    }

    /// Expands one stream.
    ///
    /// - Parameters:
    ///   - limit: How many bytes may come out.
    ///   - input: The next bytes of the input; empty at its end. They stay valid until the next call.
    ///   - output: Given what came out, piece by piece.
    /// - Returns: What became of it.
    mutating func expand(
        limit: Int64,
        input: () -> UnsafeRawBufferPointer,
        output: (UnsafeRawBufferPointer) -> Void
    ) -> Outcome {
        guard inflateReset(stream) == Z_OK else { return .damaged }
        stream.pointee.avail_in = 0
        var consumed: Int64 = 0
        var produced: Int64 = 0
        while true {
            if stream.pointee.avail_in == 0 {
                let next = input()
                guard let base = next.baseAddress, !next.isEmpty else { return .truncated }
                let count = min(next.count, Int(UInt32.max))
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: base.assumingMemoryBound(to: Bytef.self)
                )
                stream.pointee.avail_in = uInt(count)
            }
            let before = stream.pointee.avail_in
            stream.pointee.next_out = scratch.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = uInt(scratch.count)
            let status = inflate(stream, Z_NO_FLUSH)
            consumed += Int64(before - stream.pointee.avail_in)
            let count = scratch.count - Int(stream.pointee.avail_out)
            produced += Int64(count)
            guard produced <= limit else { return .tooLong }
            if count > 0 { output(UnsafeRawBufferPointer(rebasing: scratch[..<count])) }
            switch status {
            case Z_STREAM_END: return .ended(consumed: consumed)
            case Z_OK: continue
            case Z_BUF_ERROR where stream.pointee.avail_in == 0: continue
            default: return .damaged
            }
        }
    }

    /// Expands one stream from memory; nil unless it gives exactly as many bytes as expected.
    mutating func expand(_ bytes: [UInt8], limit: Int64) -> (content: [UInt8], consumed: Int64)? {
        var content: [UInt8] = []
        let outcome = bytes.withUnsafeBytes { whole in
            var isGiven = false
            return expand(
                limit: limit,
                input: {
                    defer { isGiven = true }
                    return isGiven ? UnsafeRawBufferPointer(start: nil, count: 0) : whole
                },
                output: { content.append(contentsOf: $0) }
            )
        }
        guard case .ended(let consumed) = outcome else { return nil }
        return (content, consumed)
    }
}
