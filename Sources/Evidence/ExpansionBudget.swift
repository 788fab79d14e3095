internal import Synchronization

/// How much the compressed members of one piece of evidence may expand to, all together.
final class ExpansionBudget: Sendable {
    let limit: Int64
    private let left: Mutex<Int64>

    /// A budget in bytes.
    init(_ limit: Int64) {
        self.limit = limit
        left = Mutex(limit)
    }

    /// Takes as many of some bytes as are left; answers how many.
    func take(_ count: Int) -> Int {
        left.withLock { left in
            let taken = min(left, Int64(count))
            left -= taken
            return Int(taken)
        }
    }
}
