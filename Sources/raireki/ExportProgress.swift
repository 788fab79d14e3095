/// Tells how far an export is, with its rate.
final class ExportProgress {
    private let bar: ProgressBar
    private let total: Int64
    private let start = ContinuousClock.now

    init(_ session: Session, of total: Int64) {
        bar = ProgressBar(session, title: "export", of: .things("rows"))
        self.total = total
    }

    /// Shows that so many rows are done.
    func show(_ rows: Int64) {
        bar.show(rows, of: total)
    }

    /// Takes the line away.
    func finish() {
        bar.finish()
    }

    /// Rows in a second so far.
    func rate(of rows: Int64) -> Int64 {
        let elapsed = ContinuousClock.now - start
        let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
        return Int64(Double(rows) / seconds)
    }
}
