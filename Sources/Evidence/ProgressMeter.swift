internal import Synchronization

/// Adds up what several tasks have read, and reports it now and then.
final class ProgressMeter: Sendable {
    private let report: @Sendable (ImportProgress) -> Void
    private let state: Mutex<(read: Int64, total: Int64, reported: Int64)>

    /// How many bytes lie between two reports.
    private static let interval: Int64 = 8 << 20

    init(_ report: @escaping @Sendable (ImportProgress) -> Void) {
        self.report = report
        state = Mutex((0, 0, 0))
    }

    /// States how much there is.
    func begin(total: Int64) {
        state.withLock { $0.total = total }
    }

    /// Notes that some bytes were read.
    func advance(_ count: Int64) {
        let progress: ImportProgress? = state.withLock { state in
            state.read += count
            guard state.read - state.reported >= Self.interval || state.read == state.total else { return nil }
            state.reported = state.read
            return ImportProgress(bytesRead: state.read, totalBytes: max(state.total, state.read))
        }
        if let progress { report(progress) }
    }
}
