package import Cryptography
internal import GRDB

/// The custody log: one record a run, each bound to the one before by its hash.
///
/// The hash of a record is SHA-256 over the UTF-8 text of its fields, each preceded by its length in bytes, so that
/// no two different records give the same text.
extension CaseWriter {
    /// Appends one run.
    ///
    /// - Parameters:
    ///   - verb: The command.
    ///   - arguments: Its arguments, as a JSON array.
    ///   - toolVersion: The version of the tool.
    ///   - startedAt: When it began.
    ///   - result: What came of it, as a JSON object.
    /// - Throws: ``CaseError``.
    package func appendActivity(
        verb: String,
        arguments: String,
        toolVersion: String,
        startedAt: Timestamp,
        result: String
    ) throws {
        let last = try ActivityRecord.fetch(
            database,
            where: "id = (SELECT max(id) FROM activity)",
            order: "id"
        ).first
        let (number, overflow) = (last?.id ?? 0).addingReportingOverflow(1)
        guard !overflow else { throw CaseError.corrupt(column: "id", value: "\(Int64.max)") }
        var record = ActivityRecord(
            id: number,
            startedAt: startedAt,
            verb: verb,
            arguments: arguments,
            toolVersion: toolVersion,
            result: result,
            previousHash: last?.hash ?? ActivityRecord.firstPreviousHash,
            hash: ""
        )
        record.hash = record.computedHash
        _ = try record.insert(database)
    }
}

extension ActivityRecord {
    /// What the first record names as the hash before it.
    package static let firstPreviousHash = String(repeating: "0", count: 64)

    /// The hash that the fields give.
    package var computedHash: String {
        var text = "raireki-custody-v1\n"
        for field in ["\(id)", "\(startedAt)", verb, arguments, toolVersion, result, previousHash] {
            text += "\(field.utf8.count) \(field)\n"
        }
        return Digest(hashing: Array(text.utf8)).hex
    }

    /// The number of the first record of a log that does not fit its hash or the record before; nil when all fit.
    package static func firstBroken(in log: [ActivityRecord]) -> Int64? {
        var previous = firstPreviousHash
        for (position, record) in log.enumerated() {
            guard record.id == Int64(position + 1), record.previousHash == previous, record.hash == record.computedHash
            else { return record.id }
            previous = record.hash
        }
        return nil
    }
}
