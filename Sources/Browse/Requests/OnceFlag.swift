internal import Synchronization

/// Something that can be taken once.
final class OnceFlag: Sendable {
    private let isTaken = Mutex(false)

    /// Whether this caller is the first.
    func take() -> Bool {
        isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
    }
}
