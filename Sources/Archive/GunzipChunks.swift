internal import CISAL

/// The expanded bytes of a gzip file (RFC 1952): of one member, or of several that follow one another.
///
/// Intel's ISA-L inflates about twice as fast as zlib inside libarchive, and, unlike that, compares checksum and length
/// of every member.
package final class GunzipChunks: ExpandingChunks {
    private let source: any ChunkSource
    private let limit: Int64
    private let state: UnsafeMutablePointer<inflate_state>
    private let output: UnsafeMutableRawBufferPointer
    /// What the state gave back at the end of a member, to be read before the rest of the chunk.
    private var carried: [UInt8] = []
    private var rest = UnsafeRawBufferPointer(start: nil, count: 0)
    private var carry = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 8)
    private var hasEnded = false
    /// Compressed bytes that the source gave.
    private var delivered: Int64 = 0
    package private(set) var produced: Int64 = 0
    package private(set) var consumed: Int64 = 0
    package private(set) var oddities = ExpansionOddities()

    /// Bytes that are expanded at a time.
    private static let chunkSize = 256 << 10

    /// Starts to expand.
    ///
    /// - Parameters:
    ///   - source: The compressed bytes.
    ///   - limit: How many expanded bytes are accepted.
    package init(_ source: any ChunkSource, limit: Int64) {
        self.source = source
        self.limit = limit
        state = .allocate(capacity: 1)
        isal_inflate_init(state)
        state.pointee.crc_flag = UInt32(ISAL_GZIP)
        output = .allocate(byteCount: Self.chunkSize, alignment: 64)
    }

    deinit {
        state.deallocate()
        output.deallocate()
        carry.deallocate()
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while !hasEnded {
            let count = try expand()
            guard count > 0 else { continue }
            produced += Int64(count)
            guard produced <= limit else {
                hasEnded = true
                throw .tooLarge(limit: limit)
            }
            return UnsafeRawBufferPointer(rebasing: output[..<count])
        }
        return nil
    }

    /// Fills the output once; answers how many bytes came out.
    private func expand() throws(ArchiveError) -> Int {
        if state.pointee.avail_in == 0 { try refill() }
        state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(output.count)
        let status = isal_inflate(state)
        let count = output.count - Int(state.pointee.avail_out)
        switch status {
        case ISAL_DECOMP_OK: break
        case ISAL_INCORRECT_CHECKSUM:
            oddities.wrongChecksums += 1
            try endMember()
            return count
        default: throw fail(status)
        }
        if raireki_isal_is_finished(state) == 1 { try endMember() }
        return count
    }

    /// Gives the state more to read.
    private func refill() throws(ArchiveError) {
        while rest.isEmpty {
            guard let chunk = try source.next() else {
                hasEnded = true
                throw .truncated(offset: delivered)
            }
            delivered += Int64(chunk.count)
            rest = chunk
        }
        feed(rest)
        rest = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func feed(_ bytes: UnsafeRawBufferPointer) {
        // ISA-L reads only; its type says otherwise.
        state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        state.pointee.avail_in = UInt32(bytes.count)
    }

    private func fail(_ status: Int32) -> ArchiveError {
        hasEnded = true
        return .damaged(offset: max(0, delivered - Int64(state.pointee.avail_in)), reason: Self.reason(status))
    }

    private static func reason(_ status: Int32) -> String {
        switch status {
        case ISAL_INVALID_BLOCK: "invalid deflate block"
        case ISAL_INVALID_SYMBOL: "invalid deflate symbol"
        case ISAL_INVALID_LOOKBACK: "invalid deflate distance"
        case ISAL_INVALID_WRAPPER: "invalid gzip header"
        case ISAL_UNSUPPORTED_METHOD: "unsupported gzip method"
        case ISAL_NEED_DICT: "a dictionary is asked for"
        default: "inflating failed with code \(status)"
        }
    }

    /// Looks at what follows a member: another one, or bytes that belong to nothing.
    private func endMember() throws(ArchiveError) {
        oddities.members += 1
        let buffered = Int(raireki_isal_buffered_bytes(state))
        carried = (0..<max(0, buffered)).map { raireki_isal_buffered_byte(state, Int32($0)) }
        rest = UnsafeRawBufferPointer(start: state.pointee.next_in, count: Int(state.pointee.avail_in))
        consumed = delivered - Int64(rest.count) - Int64(carried.count)
        while carried.count < Self.magic.count {
            if rest.isEmpty {
                guard let chunk = try source.next() else { break }
                delivered += Int64(chunk.count)
                rest = chunk
            }
            guard let byte = rest.first else { break }
            carried.append(byte)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
        }
        guard carried.starts(with: Self.magic) else {
            hasEnded = true
            return
        }
        isal_inflate_reset(state)
        state.pointee.crc_flag = UInt32(ISAL_GZIP)
        carry.copyBytes(from: carried)
        feed(UnsafeRawBufferPointer(rebasing: carry[..<carried.count]))
        carried = []
    }

    private static let magic: [UInt8] = [0x1F, 0x8B]
}
