internal import Dispatch
internal import Synchronization

/// How a stream that is written is compressed.
package enum OutputCompression: Hashable, Sendable {
    /// Not at all.
    case none
    /// RFC 1952, at zlib's level 0 to 9.
    case gzip(level: Int)
    /// RFC 8878, at zstd's level 1 to 22.
    case zstd(level: Int)
}

/// Compresses a stream on several processors; the bytes do not depend on how many there are.
package final class CompressedOutput {
    private let compression: OutputCompression
    private let workers: Int
    private let zstd: ZstdOutput?
    private let tap: (UnsafeRawBufferPointer) -> Void
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    /// The window of gzip, then what was written and not yet compressed.
    private let buffer: UnsafeMutableRawBufferPointer
    private var historyCount = 0
    private var filled = 0
    private var checksum: UInt = 0
    /// Bytes that were written to the stream.
    package private(set) var length: Int64 = 0

    /// Starts a stream.
    ///
    /// - Parameters:
    ///   - compression: How it is compressed.
    ///   - workers: How many processors are used.
    ///   - tap: Sees all bytes before they are compressed, in order, sometimes on another thread but never on two at once.
    ///   - sink: Takes all bytes after they are compressed, in order, on the thread that writes.
    /// - Throws: ``ArchiveError``, and what `sink` throws.
    package init(
        _ compression: OutputCompression,
        workers: Int,
        tap: @escaping (UnsafeRawBufferPointer) -> Void,
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        self.compression = compression
        self.workers = max(1, min(workers, 16))
        self.tap = tap
        self.sink = sink
        zstd = if case .zstd(let level) = compression { try ZstdOutput(level: level) } else { nil }
        buffer = .allocate(
            byteCount: BlockGzip.window + 4 * self.workers * BlockGzip.blockSize,
            alignment: 16
        )
        if case .gzip = compression { try BlockGzip.header.withUnsafeBytes(sink) }
    }

    deinit {
        buffer.deallocate()
    }

    /// Room for the next bytes of the stream, never none; ``advance(by:)`` says how much of it was filled.
    package var room: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: buffer[(BlockGzip.window + filled)...])
    }

    /// Takes bytes that were put into ``room``.
    ///
    /// - Throws: ``ArchiveError``, and what the sink throws.
    package func advance(by count: Int) throws {
        filled += count
        length += Int64(count)
        if BlockGzip.window + filled == buffer.count { try flush(isLast: false) }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``ArchiveError``, and what the sink throws.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = min(rest.count, room.count)
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            try advance(by: count)
        }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``ArchiveError``, and what the sink throws.
    package func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Ends the stream.
    ///
    /// - Throws: ``ArchiveError``, and what the sink throws.
    package func finish() throws {
        try flush(isLast: true)
        switch compression {
        case .none: break
        case .gzip: try BlockGzip.trailer(checksum: checksum, length: length).withUnsafeBytes(sink)
        case .zstd: try zstd?.finish().withUnsafeBytes(sink)
        }
    }

    private var pending: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[BlockGzip.window..<BlockGzip.window + filled])
    }

    private func flush(isLast: Bool) throws {
        switch compression {
        case .none:
            if filled > 0 {
                tap(pending)
                try sink(pending)
            }
        case .zstd:
            if filled > 0 {
                let output = try Tasks(self).zstd()
                try output.withUnsafeBytes(sink)
            }
        case .gzip(let level):
            for output in try Tasks(self).gzip(level: Int32(level), isLast: isLast) { try output.withUnsafeBytes(sink) }
            checksum = BlockGzip.checksum(pending, after: checksum)
            keepHistory()
        }
        filled = 0
    }

    private func keepHistory() {
        guard filled >= BlockGzip.window, let base = buffer.baseAddress else { return }
        base.copyMemory(from: base + filled, byteCount: BlockGzip.window)
        historyCount = BlockGzip.window
    }

    /// The work on one full buffer, which several threads do at once.
    ///
    /// Sharing is safe: while they work nobody writes to the buffer, each result has its own place behind the lock, and
    /// only the first task calls the tap or zstd.
    private final class Tasks: @unchecked Sendable {
        private let owner: CompressedOutput
        private let results: Mutex<[[UInt8]?]>

        init(_ owner: CompressedOutput) {
            self.owner = owner
            results = Mutex([])
        }

        func gzip(level: Int32, isLast: Bool) throws(ArchiveError) -> [[UInt8]] {
            let size = BlockGzip.blockSize
            // What fills no whole block is the last one, which may be empty.
            let count = isLast ? owner.filled / size + 1 : owner.filled / size
            results.withLock { $0 = Array(repeating: nil, count: count) }
            perform(count + 1) { [self] task in
                guard task > 0 else { return owner.tap(owner.pending) }
                let start = BlockGzip.window + (task - 1) * size
                let end = min(start + size, BlockGzip.window + owner.filled)
                let history = task == 1 ? owner.historyCount : BlockGzip.window
                let output = BlockGzip.compress(
                    UnsafeRawBufferPointer(rebasing: owner.buffer[start..<end]),
                    after: UnsafeRawBufferPointer(rebasing: owner.buffer[(start - history)..<start]),
                    level: level,
                    isLast: isLast && task == count
                )
                results.withLock { $0[task - 1] = output }
            }
            let outputs = results.withLock { $0.compactMap { $0 } }
            guard outputs.count == count else { throw .unavailable(reason: "zlib has no memory") }
            return outputs
        }

        /// Does tasks, the first ones first, on no more processors than were asked for.
        private func perform(_ count: Int, _ task: @escaping @Sendable (Int) -> Void) {
            let next = Atomic(0)
            DispatchQueue.concurrentPerform(iterations: min(owner.workers, count)) { _ in
                while true {
                    let turn = next.add(1, ordering: .relaxed).oldValue
                    guard turn < count else { return }
                    task(turn)
                }
            }
        }

        func zstd() throws(ArchiveError) -> [UInt8] {
            let failure = Mutex<ArchiveError?>(nil)
            perform(2) { [self] task in
                guard task > 0 else { return owner.tap(owner.pending) }
                do throws(ArchiveError) {
                    let output = try owner.zstd?.write(owner.pending)
                    results.withLock { $0 = [output] }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
            if let error = failure.withLock({ $0 }) { throw error }
            return results.withLock { $0.compactMap { $0 }.flatMap { $0 } }
        }
    }
}
