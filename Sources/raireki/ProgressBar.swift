internal import Foundation

/// A line on standard error that shows how far long work has come; only where a person watches, and not at once.
final class ProgressBar: @unchecked Sendable {
    // The lock guards everything that changes: progress is told from any thread.
    private let lock = NSLock()
    private let session: Session
    private let title: String
    private let unit: ProgressLine.Unit
    private let width: Int?
    private let start = ContinuousClock.now
    private var lastShown = ContinuousClock.now
    private var isVisible = false

    /// Work that ends sooner shows no bar.
    private static let patience = Duration.milliseconds(500)
    /// Time between two drawings.
    private static let interval = Duration.milliseconds(100)

    init(_ session: Session, title: String, of unit: ProgressLine.Unit = .bytes) {
        self.session = session
        self.title = title
        self.unit = unit
        width = session.progressWidth
    }

    /// Draws the bar when it is time to.
    ///
    /// - Parameters:
    ///   - done: How far the work is.
    ///   - total: Where it ends; 0 is not known.
    func show(_ done: Int64, of total: Int64 = 0) {
        guard let width else { return }
        lock.lock()
        defer { lock.unlock() }
        let now = ContinuousClock.now
        guard now - start > Self.patience, !isVisible || now - lastShown > Self.interval else { return }
        lastShown = now
        isVisible = true
        let line = ProgressLine(title: title, unit: unit, done: done, total: total, elapsed: now - start)
        session.sayInPlace(line.text(columns: width))
    }

    /// Takes the bar away.
    func finish() {
        lock.lock()
        defer { lock.unlock() }
        if isVisible { session.sayInPlace("") }
        isVisible = false
    }

    /// Does some work under a bar, which is gone whatever happens.
    static func during<Result>(
        _ session: Session,
        _ title: String,
        of unit: ProgressLine.Unit,
        _ work: (ProgressBar) throws -> Result
    ) rethrows -> Result {
        let bar = ProgressBar(session, title: title, of: unit)
        defer { bar.finish() }
        return try work(bar)
    }
}
