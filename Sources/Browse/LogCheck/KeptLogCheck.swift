internal import CaseIndex
internal import Report
internal import Synchronization

/// The check of every log entry: it goes through the whole case, so of a large one it is made once for each of its states,
/// beside the pages.
final class KeptLogCheck: Sendable {
    private struct Kept {
        /// How often the case changed since the program began.
        var changes = 0
        /// The state of the case, by the newest record of its custody log.
        var mark: String?
        var summary: LogCheckSummary?
    }

    private let kept = Mutex(Kept())
    private let longList: Int

    /// - Parameter longList: A case that has fewer claims and signatures is checked when the page is asked for.
    init(longList: Int) {
        self.longList = longList
    }

    /// Makes it of a large case, by a connection of its own.
    func gather(_ caseFile: CaseFile) throws {
        let changes = kept.withLock(\.changes)
        let own = try CaseFile.openReadOnly(caseFile.path)
        defer { try? own.close() }
        try own.read { reader in
            guard try reader.hasLogMaterial(from: longList) else { return }
            let mark = try reader.stateMark()
            let summary = LogCheckSummary(try LogCheckPage(reader))
            kept.withLock { kept in
                guard kept.changes == changes else { return }
                kept = Kept(changes: changes, mark: mark, summary: summary)
            }
        }
    }

    /// Forgets it, because the case changed.
    func forget() {
        kept.withLock { $0 = Kept(changes: $0.changes + 1) }
    }

    /// The check of this state of the case.
    ///
    /// - Throws: ``BrowseError/beingGathered(_:)`` of a large case while it is not made yet.
    func check(_ reader: CaseReader) throws -> LogCheckSummary {
        let mark = try reader.stateMark()
        if let summary = kept.withLock({ $0.mark == mark ? $0.summary : nil }) { return summary }
        guard try reader.hasLogMaterial(from: longList) else { return LogCheckSummary(try LogCheckPage(reader)) }
        throw BrowseError.beingGathered("The check of the log")
    }
}
