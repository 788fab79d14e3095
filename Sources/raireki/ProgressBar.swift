internal import Foundation

/// A line on standard error that shows how far long work has come; only where a person watches, and not at once.
final class ProgressBar: @unchecked Sendable {
    // The lock guards everything that changes: progress is told from any thread.
    private let lock = NSLock()
    private let session: Session
    private let title: String
    private let start = ContinuousClock.now
    private var lastShown = ContinuousClock.now
    private var isVisible = false

    /// Work that ends sooner shows no bar.
    private static let patience = Duration.milliseconds(500)
    /// Time between two drawings.
    private static let interval = Duration.milliseconds(100)
    private static let columns = 30

    init(_ session: Session, title: String) {
        self.session = session
        self.title = title
    }

    /// Draws the bar when it is time to.
    ///
    /// - Parameters:
    ///   - done: How much is done.
    ///   - total: Of how much.
    ///   - title: What stands beside it; that of the bar when nil.
    func show(_ done: Int64, of total: Int64, title: String? = nil) {
        guard session.isTalkTerminal else { return }
        lock.lock()
        defer { lock.unlock() }
        let now = ContinuousClock.now
        guard now - start > Self.patience, !isVisible || now - lastShown > Self.interval else { return }
        lastShown = now
        isVisible = true
        let part = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let filled = Int(part * Double(Self.columns))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.columns - filled)
        session.sayInPlace("\r\u{1B}[K\(bar) \(Int(part * 100)) %  \(title ?? self.title)")
    }

    /// Takes the bar away.
    func finish() {
        lock.lock()
        defer { lock.unlock() }
        if isVisible { session.sayInPlace("\r\u{1B}[K") }
        isVisible = false
    }
}
