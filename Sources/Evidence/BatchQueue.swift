internal import Dispatch
internal import Synchronization

/// Writes one batch while the next is being read: a second one waits until the first is written.
///
/// An error of a batch is thrown by the call that comes after it; then nothing more is written.
final class BatchQueue: Sendable {
    private let queue = DispatchQueue(label: "raireki.batches")
    private let isFree = DispatchSemaphore(value: 1)
    private let failure = Mutex<(any Error)?>(nil)

    /// Has a batch written, as soon as the one before it is.
    ///
    /// - Throws: What writing an earlier batch threw.
    func submit(_ write: @escaping @Sendable () throws -> Void) throws {
        isFree.wait()
        do {
            try check()
        } catch {
            isFree.signal()
            throw error
        }
        queue.async { [self] in
            do { try write() } catch { failure.withLock { $0 = error } }
            isFree.signal()
        }
    }

    /// Waits until everything is written.
    ///
    /// - Throws: What writing a batch threw.
    func drain() throws {
        isFree.wait()
        isFree.signal()
        try check()
    }

    private func check() throws {
        try failure.withLock { if let failure = $0 { throw failure } }
    }
}
