/// The frames of a zstd stream (RFC 8878, section 3.1) without what lies between and behind them.
///
/// zstd itself refuses a stream that other bytes follow, and says nothing of skippable frames, which may hold anything.
/// Content is stepped over without being looked at.
final class ZstdFrames: ChunkSource {
    private let source: any ChunkSource
    private var rest = UnsafeRawBufferPointer(start: nil, count: 0)
    private var state = State.magic
    /// The bytes of a magic number, a header or a length of which a part has come so far.
    private var collected: [UInt8] = []
    private var hasChecksum = false
    /// Bytes of the source that were looked at.
    private var offset: Int64 = 0
    /// A magic number that lay in two chunks.
    private let magic = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 4)
    /// Where the last whole frame ends.
    private(set) var end: Int64 = 0
    /// Whole skippable frames so far, and the bytes in them.
    private(set) var skipped = SkippedFrames()

    private enum State {
        case magic
        case descriptor
        /// So many bytes of the frame's header, then blocks.
        case header(Int)
        case blockHeader
        case block(Int, isLast: Bool)
        case checksum(Int)
        case skippedSize
        case skip(Int64, of: Int64)
        /// Nothing that can be followed; whoever expands says what is wrong.
        case unknown
        case ended
    }

    /// The first bytes of every frame.
    static let magicNumber: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// Whether bytes begin as a skippable frame does: 0x184D2A50 to 0x184D2A5F, the lowest octet first.
    static func isSkippable(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        return first & 0xF0 == 0x50 && bytes.dropFirst().prefix(3).elementsEqual([0x2A, 0x4D, 0x18])
    }

    /// - Parameter source: The compressed bytes.
    init(_ source: any ChunkSource) {
        self.source = source
        magic.copyBytes(from: Self.magicNumber)
    }

    deinit {
        magic.deallocate()
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while true {
            if case .ended = state { return nil }
            if rest.isEmpty {
                guard let chunk = try source.next() else {
                    // What began and does not end belongs to no frame; zstd says so of one that it was given in part.
                    return nil
                }
                rest = chunk
                continue
            }
            switch state {
            case .magic where !collected.isEmpty || rest.count < 4:
                if takeMagic() { return UnsafeRawBufferPointer(magic) }
            case .skippedSize, .skip: skip()
            default:
                let chunk = rest
                let count = follow()
                if count > 0 { return UnsafeRawBufferPointer(rebasing: chunk[..<count]) }
            }
        }
    }

    // MARK: - Frames

    /// Goes on as far as the bytes at hand are frames; answers how many that are.
    private func follow() -> Int {
        var count = 0
        while !rest.isEmpty {
            switch state {
            case .magic:
                guard rest.count >= 4 else { return count }
                guard rest.starts(with: Self.magicNumber) else {
                    // Looked at once more when what lies before it was given.
                    if count == 0 { endFrames(rest.prefix(4)) }
                    return count
                }
                advance(4, &count)
                state = .descriptor
            case .descriptor: readDescriptor(&count)
            case .header(let left):
                let more = pass(left, &count)
                state = more > 0 ? .header(more) : .blockHeader
            case .blockHeader: readBlockHeader(&count)
            case .block(let left, let isLast):
                let more = pass(left, &count)
                if more > 0 { state = .block(more, isLast: isLast) } else { endBlock(isLast) }
            case .checksum(let left):
                let more = pass(left, &count)
                if more > 0 { state = .checksum(more) } else { endFrame() }
            case .unknown: advance(rest.count, &count)
            case .skippedSize, .skip, .ended: return count
            }
        }
        return count
    }

    private func advance(_ step: Int, _ count: inout Int) {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step))
        offset += Int64(step)
        count += step
    }

    /// Goes on over so many bytes as far as they are at hand; answers how many are still to come.
    private func pass(_ left: Int, _ count: inout Int) -> Int {
        let step = min(left, rest.count)
        advance(step, &count)
        return left - step
    }

    /// The frame header's descriptor (section 3.1.1.1.1) says how long the rest of the header is.
    private func readDescriptor(_ count: inout Int) {
        guard let octet = rest.first else { return }
        advance(1, &count)
        let isSingle = octet & 0x20 != 0
        hasChecksum = octet & 0x04 != 0
        let dictionary = [0, 1, 2, 4][Int(octet & 3)]
        let contentSize = [isSingle ? 1 : 0, 2, 4, 8][Int(octet >> 6)]
        let length = (isSingle ? 0 : 1) + dictionary + contentSize
        state = length == 0 ? .blockHeader : .header(length)
    }

    /// Three octets (section 3.1.1.2): whether it is the last block, its type, its size.
    private func readBlockHeader(_ count: inout Int) {
        while collected.count < 3, let octet = rest.first {
            collected.append(octet)
            advance(1, &count)
        }
        guard collected.count == 3 else { return }
        let header = Int(collected[0]) | Int(collected[1]) << 8 | Int(collected[2]) << 16
        collected = []
        let isLast = header & 1 == 1
        switch header >> 1 & 3 {
        case 1: state = .block(1, isLast: isLast)
        case 3: state = .unknown
        default:
            state = .block(header >> 3, isLast: isLast)
            if header >> 3 == 0 { endBlock(isLast) }
        }
    }

    private func endBlock(_ isLast: Bool) {
        if !isLast {
            state = .blockHeader
        } else if hasChecksum {
            state = .checksum(4)
        } else {
            endFrame()
        }
    }

    private func endFrame() {
        state = .magic
        end = offset
    }

    // MARK: - Between frames

    /// Collects a magic number from several chunks; answers whether it is a frame's.
    private func takeMagic() -> Bool {
        var count = 0
        while collected.count < 4, let octet = rest.first {
            collected.append(octet)
            advance(1, &count)
        }
        guard collected.count == 4 else { return false }
        let number = collected
        collected = []
        if number == Self.magicNumber {
            state = .descriptor
            return true
        }
        state = Self.isSkippable(number) ? .skippedSize : .ended
        return false
    }

    private func endFrames(_ number: Slice<UnsafeRawBufferPointer>) {
        guard Self.isSkippable(number) else {
            state = .ended
            return
        }
        var count = 0
        advance(4, &count)
        state = .skippedSize
    }

    private func skip() {
        var count = 0
        if case .skippedSize = state {
            while collected.count < 4, let octet = rest.first {
                collected.append(octet)
                advance(1, &count)
            }
            guard collected.count == 4 else { return }
            let size = collected.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
            collected = []
            state = .skip(size, of: size)
        }
        guard case .skip(let left, let size) = state else { return }
        let step = Int(min(left, Int64(rest.count)))
        advance(step, &count)
        guard left == Int64(step) else {
            state = .skip(left - Int64(step), of: size)
            return
        }
        skipped.frames += 1
        skipped.bytes += size
        endFrame()
    }
}

/// Skippable frames (RFC 8878, section 3.1.2), which hold what the stream does not expand to.
package struct SkippedFrames: Hashable, Sendable {
    /// How many there were.
    package var frames = 0
    /// The bytes in them, without their headers.
    package var bytes: Int64 = 0

    package init(frames: Int = 0, bytes: Int64 = 0) {
        self.frames = frames
        self.bytes = bytes
    }
}
