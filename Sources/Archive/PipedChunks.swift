internal import Dispatch
internal import Synchronization

/// The bytes of another source, drawn ahead by a thread of its own, so that two processors work on one stream.
///
/// What the other source does to its bytes (reading, hashing, inflating) happens on that thread; whoever asks for the
/// chunks works on the caller's.
package final class PipedChunks: ChunkSource {
    private let ring: Ring
    private let worker = DispatchQueue(label: "raireki.piped-chunks")
    private var held = false
    private var hasEnded = false

    /// Starts to draw.
    ///
    /// - Parameter source: Where the bytes come from; used by nobody else until ``stop()``.
    package init(_ source: any ChunkSource) {
        let ring = Ring()
        self.ring = ring
        let drawn = Unshared(source)
        worker.async { ring.fill(from: drawn.source) }
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        if held { ring.release() }
        held = false
        guard !hasEnded else { return nil }
        switch ring.take() {
        case .success(let chunk?):
            held = true
            return chunk
        case .success(nil):
            hasEnded = true
            return nil
        case .failure(let error):
            hasEnded = true
            throw error
        }
    }

    /// Ends the drawing, and waits until the other source is used no more.
    package func stop() {
        ring.cancel()
        worker.sync {}
    }

    deinit {
        stop()
    }
}

/// A source that is handed to another thread and used by that alone.
private struct Unshared: @unchecked Sendable {
    let source: any ChunkSource

    init(_ source: any ChunkSource) {
        self.source = source
    }
}

/// Buffers that go round between one thread that fills and one that empties them.
///
/// Sending it between threads is safe: a buffer belongs to the filler until `filled` is signalled for it and to the
/// emptier until `free` is, and everything else lies behind the lock.
private final class Ring: @unchecked Sendable {
    private static let bufferCount = 8
    private static let bufferSize = 256 << 10

    private let buffers: [UnsafeMutableRawBufferPointer]
    private let free = DispatchSemaphore(value: bufferCount)
    private let filled = DispatchSemaphore(value: 0)
    private let state = Mutex(State())
    private var taken = 0

    private struct State {
        var counts: [Int] = []
        var error: ArchiveError?
        var isCancelled = false
    }

    init() {
        buffers = (0..<Self.bufferCount).map { _ in .allocate(byteCount: Self.bufferSize, alignment: 64) }
    }

    deinit {
        for buffer in buffers { buffer.deallocate() }
        // A semaphore must not die with a lower value than it was made with.
        for _ in buffers { free.signal() }
    }

    // MARK: - The filler's side

    func fill(from source: any ChunkSource) {
        var position = 0
        do throws(ArchiveError) {
            while let chunk = try source.next() {
                var rest = chunk
                while !rest.isEmpty {
                    free.wait()
                    guard !state.withLock({ $0.isCancelled }) else { return }
                    let count = min(rest.count, Self.bufferSize)
                    buffers[position % Self.bufferCount].copyMemory(from: .init(rebasing: rest[..<count]))
                    put(count)
                    position += 1
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                }
            }
        } catch {
            state.withLock { $0.error = error }
        }
        put(0)
    }

    private func put(_ count: Int) {
        state.withLock { $0.counts.append(count) }
        filled.signal()
    }

    // MARK: - The emptier's side

    func take() -> Result<UnsafeRawBufferPointer?, ArchiveError> {
        filled.wait()
        let (count, error) = state.withLock { state in (state.counts.removeFirst(), state.error) }
        if count == 0 { return error.map { .failure($0) } ?? .success(nil) }
        return .success(UnsafeRawBufferPointer(rebasing: buffers[taken % Self.bufferCount][..<count]))
    }

    func release() {
        taken += 1
        free.signal()
    }

    func cancel() {
        state.withLock { $0.isCancelled = true }
        free.signal()
    }
}
