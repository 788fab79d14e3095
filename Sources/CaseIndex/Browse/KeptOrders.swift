internal import Synchronization

/// The orders in which long lists are shown, as the numbers of their rows: a page is a piece of one then, however deep it
/// lies.
///
/// A number takes four bytes, so that a million jobs take 4 MB a column and 52 MB in all; no more than ``roomForRows`` are
/// kept, which is 128 MiB. What has no room, or is not gathered yet, the database sorts for each page.
final class KeptOrders: Sendable {
    /// A state of the case of which orders are gathered.
    struct Generation: Hashable {
        fileprivate let number: Int
        let state: State?
    }

    /// What tells that the case is still the same.
    struct State: Hashable {
        /// What the connection that browses says; it changes with whatever another one writes.
        let dataVersion: Int
        /// The newest record of the custody log, for other connections.
        let mark: String?
    }

    private struct Place: Hashable {
        let list, column: String
    }

    private struct Kept {
        var generation = Generation(number: 0, state: nil)
        var orders: [Place: [UInt32]] = [:]
        var rows = 0
    }

    private static let roomForRows = 32 << 20

    private let kept = Mutex(Kept())

    /// The state of which orders are kept.
    var generation: Generation { kept.withLock(\.generation) }

    /// Forgets all of them, because the case changed.
    func forget(newState state: State?) {
        kept.withLock { kept in
            let generation = Generation(number: kept.generation.number + 1, state: state)
            kept = Kept(generation: generation)
        }
    }

    /// Keeps an order unless the case changed since, or there is no room.
    func keep(_ order: [UInt32], of list: CaseList, by column: CaseList.Column, _ generation: Generation) {
        kept.withLock { kept in
            guard kept.generation == generation, kept.rows + order.count <= Self.roomForRows else { return }
            guard kept.orders.updateValue(order, forKey: Place(list: list.name, column: column.name)) == nil
            else { return }
            kept.rows += order.count
        }
    }

    /// The order of a list from the first to the last, if it is kept.
    func order(of list: CaseList, by column: CaseList.Column) -> (rows: [UInt32], generation: Generation)? {
        kept.withLock { kept in
            kept.orders[Place(list: list.name, column: column.name)].map { ($0, kept.generation) }
        }
    }

    /// How many rows a list has, if an order of it is kept.
    func size(of list: CaseList) -> (rows: Int, generation: Generation)? {
        list.columns.lazy.compactMap { self.order(of: list, by: $0) }.first.map { ($0.rows.count, $0.generation) }
    }
}
