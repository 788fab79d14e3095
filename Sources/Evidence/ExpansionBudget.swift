internal import Archive
internal import Synchronization

/// How much the compressed members of one piece of evidence may expand to, all together.
final class ExpansionBudget: Sendable {
    private let limit: Int64
    private let left: Mutex<Int64>

    /// A budget in bytes.
    init(_ limit: Int64) {
        self.limit = limit
        left = Mutex(limit)
    }

    /// Takes some bytes from the budget.
    ///
    /// - Throws: ``ArchiveError/tooLarge(limit:)`` when that many are not left.
    func take(_ count: Int) throws(ArchiveError) {
        let isEnough = left.withLock { left in
            guard left >= count else { return false }
            left -= Int64(count)
            return true
        }
        guard isEnough else { throw .tooLarge(limit: limit) }
    }
}
