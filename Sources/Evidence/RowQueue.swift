internal import CaseIndex

/// Hands the rows of an import to the case in batches, which another thread writes while more documents are read.
///
/// From the first row to the end of ``drain()`` the import's own thread leaves the case alone.
final class RowQueue {
    private let writer: BulkWriter
    /// Nil where one thread does everything.
    private let queue: BatchQueue?
    private var rows: [BulkRow] = []
    private var weight = 0

    /// One batch has so many rows, or less when they weigh this many bytes.
    private static let batchRows = 512
    private static let batchBytes = 1 << 20

    init(_ writer: BulkWriter, isThreaded: Bool) {
        self.writer = writer
        queue = isThreaded ? BatchQueue() : nil
    }

    /// Takes a row.
    ///
    /// - Throws: What kept an earlier row from being stored.
    func add(_ row: BulkRow) throws {
        rows.append(row)
        weight += row.weight
        guard rows.count >= Self.batchRows || weight >= Self.batchBytes else { return }
        let batch = rows
        rows.removeAll()
        rows.reserveCapacity(Self.batchRows)
        weight = 0
        guard let queue else { return try writer.insert(batch) }
        try queue.submit { [writer] in try writer.insert(batch) }
    }

    /// Waits until every row is stored.
    ///
    /// - Throws: What kept one of them from being stored.
    func drain() throws {
        try queue?.drain()
        let batch = rows
        rows.removeAll()
        try writer.insert(batch)
    }

    /// Waits until nothing is being stored, whatever came of it: the transaction may then be taken back.
    func abandon() {
        try? queue?.drain()
    }
}
