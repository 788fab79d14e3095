package import Cryptography
internal import GRDB

/// A run of a command, as its records in the custody log tell it.
package struct CustodyRun: Sendable {
    /// The command.
    package let verb: String
    /// Its arguments, as a JSON array.
    package let arguments: String
    /// The version of the tool.
    package let toolVersion: String
    /// When it began.
    package let startedAt: Timestamp

    package init(verb: String, arguments: String, toolVersion: String, startedAt: Timestamp) {
        self.verb = verb
        self.arguments = arguments
        self.toolVersion = toolVersion
        self.startedAt = startedAt
    }
}

/// The custody log: one record for each transaction that changes what the case says, bound to the one before by its hash.
///
/// The hash of a record is SHA-256 over the UTF-8 text of its fields, each preceded by its length in bytes, so that
/// no two different records give the same text. One of the fields is the digest of the whole content as the transaction
/// leaves it (``ContentListing``).
extension CaseWriter {
    /// Ends the transaction with a record.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - result: What came of it, as a JSON object.
    package func append(_ run: CustodyRun, result: String) {
        appendActivity(
            verb: run.verb,
            arguments: run.arguments,
            toolVersion: run.toolVersion,
            startedAt: run.startedAt,
            result: result
        )
    }

    /// Ends the transaction with a record; it is numbered and hashed when everything else is written.
    package func appendActivity(
        verb: String,
        arguments: String,
        toolVersion: String,
        startedAt: Timestamp,
        result: String
    ) {
        ledger.pending.append(
            ActivityRecord(
                id: 0,
                startedAt: startedAt,
                verb: verb,
                arguments: arguments,
                toolVersion: toolVersion,
                result: result,
                content: "",
                previousHash: "",
                hash: ""
            )
        )
    }
}

extension ActivityRecord {
    /// What the first record names as the hash before it.
    package static let firstPreviousHash = String(repeating: "0", count: 64)

    /// The text that is hashed.
    package var hashedText: String {
        var text = "raireki-custody-v2\n"
        for field in ["\(id)", "\(startedAt)", verb, arguments, toolVersion, result, content, previousHash] {
            text += "\(field.utf8.count) \(field)\n"
        }
        return text
    }

    /// The hash that the fields give.
    package var computedHash: String {
        Digest(hashing: Array(hashedText.utf8)).hex
    }

    /// Appends the record after the last one; answers its number.
    func append(to database: Database) throws -> Int64 {
        let last = try Self.fetch(database, where: "id = (SELECT max(id) FROM activity)", order: "id").first
        let (number, overflow) = (last?.id ?? 0).addingReportingOverflow(1)
        guard !overflow else { throw CaseError.corrupt(column: "id", value: "\(Int64.max)") }
        var record = self
        record.id = number
        record.previousHash = last?.hash ?? Self.firstPreviousHash
        record.hash = record.computedHash
        _ = try record.insert(database)
        return number
    }

    /// The number of the first record of a log that does not fit its hash or the record before; nil when all fit.
    package static func firstBroken(in log: [ActivityRecord]) -> Int64? {
        CustodyChain(log).firstBroken?.record
    }
}
