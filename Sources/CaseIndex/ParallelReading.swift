internal import Dispatch
internal import GRDB
internal import Glibc

extension CaseFile {
    /// Goes through many items with one connection a processor, all of which read the same state of the case.
    ///
    /// - Parameters:
    ///   - items: What to go through.
    ///   - reader: The state that is read, of this case.
    ///   - effort: How much each of them asks.
    ///   - workers: How many threads at the most; nil for one a processor.
    ///   - begin: Called once a connection, for what its work shares.
    ///   - work: Called once an item, at the same time as for others.
    ///   - deliver: Called with one answer after another, in the order of the items.
    /// - Throws: ``CaseError``, and the first error of the closures in the order of the items.
    package func forEach<Item: Sendable, State, Answer: Sendable>(
        of items: [Item],
        in reader: CaseReader,
        effort: ItemEffort = .little,
        workers: Int? = nil,
        begin: @escaping @Sendable (CaseReader) throws -> State,
        work: @escaping @Sendable (Item, State) throws -> Answer,
        deliver: (Answer) throws -> Void
    ) throws {
        let most = min(workers ?? Self.processors, items.count / effort.itemsAConnection)
        // What is kept in memory belongs to one connection alone.
        let others = access == .judging ? 0 : max(0, most - 1)
        let shared = ParallelWork<Answer>(count: items.count, workers: others, chunk: effort.itemsATurn)
        let head = try reader.stateMark()
        let group = DispatchGroup()
        defer {
            shared.stop()
            group.wait()
        }
        for number in 0..<others {
            DispatchQueue(label: "raireki.reader-\(number)").async(group: group) { [path] in
                try? Self.work(path, head, items, shared, begin: begin, work: work)
            }
        }
        if items.count > Self.manyItems {
            try CaseConnection.keepPages(reader.database, mebibytes: CaseConnection.manyPages)
        }
        let state = try begin(reader)
        try shared.run({ try items[$0].map { try work($0, state) } }, deliver: deliver)
    }

    /// Helps until all is done.
    ///
    /// A helper that cannot, because the case was written to or has no more readers, leaves its
    /// part to the others; an error of an item is the answer of its turn.
    private static func work<Item, State, Answer>(
        _ path: String,
        _ head: String?,
        _ items: [Item],
        _ shared: ParallelWork<Answer>,
        begin: (CaseReader) throws -> State,
        work: (Item, State) throws -> Answer
    ) throws {
        let connection = try openReadOnly(path)
        defer { try? connection.close() }
        try connection.read { reader in
            guard try reader.stateMark() == head else { return }
            if items.count > manyItems {
                try CaseConnection.keepPages(reader.database, mebibytes: CaseConnection.manyPages)
            }
            let state = try begin(reader)
            while let turn = shared.waitForTurn() {
                shared.finish(turn, Result { try items[shared.items(of: turn)].map { try work($0, state) } })
            }
        }
    }

    /// Of more items than these, pages are worth keeping.
    private static let manyItems = 1_000

    private static var processors: Int {
        max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
}

/// How much one of many items asks of a connection.
package enum ItemEffort: Sendable {
    /// A few rows.
    case little
    /// Some hundred rows.
    case much

    /// A connection is worth opening for so many.
    fileprivate var itemsAConnection: Int {
        switch self {
        case .little: 64
        case .much: 2
        }
    }

    /// How many are taken at once.
    fileprivate var itemsATurn: Int {
        switch self {
        case .little: 16
        case .much: 1
        }
    }
}

extension CaseReader {
    /// The newest record of the custody log: whatever changes a case appends one.
    package func stateMark() throws -> String? {
        try String.fetchOne(database, sql: "SELECT id || ' ' || hash FROM activity ORDER BY id DESC LIMIT 1")
    }
}
