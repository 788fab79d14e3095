internal import Cryptography

/// The custody log, its hashes computed again.
package struct CustodyChain: Sendable {
    /// How many records there are.
    package let count: Int
    /// The number of the first that does not fit, and why.
    package let firstBroken: (record: Int64, reason: String)?
    /// The last record.
    package let last: ActivityRecord?
    /// Records that began before the one in front of them: the clock went back, or two machines' clocks differ.
    package let clockSteps: [Int64]
    private let hashes: [Int64: String]

    /// Of an empty log.
    package init() {
        self.init([])
    }

    /// Checks a log.
    ///
    /// - Parameters:
    ///   - log: The records, in order.
    ///   - misstored: The number of the first record with a field that reads as it should, and is stored otherwise.
    package init(_ log: [ActivityRecord], misstored: Int64? = nil) {
        count = log.count
        last = log.last
        hashes = Dictionary(log.map { ($0.id, $0.hash) }) { first, _ in first }
        clockSteps = zip(log, log.dropFirst()).filter { $0.startedAt > $1.startedAt }.map(\.1.id)
        firstBroken = Self.firstBroken(log, misstored)
    }

    private static func firstBroken(_ log: [ActivityRecord], _ misstored: Int64?) -> (Int64, String)? {
        var previous = ActivityRecord.firstPreviousHash
        for (position, record) in log.enumerated() {
            guard record.id == Int64(position + 1) else {
                return (record.id, "its number should be \(position + 1)")
            }
            guard record.previousHash == previous else { return (record.id, "it does not follow the record before it") }
            guard record.hash == record.computedHash else { return (record.id, "its hash is not that of its fields") }
            guard record.id != misstored else { return (record.id, "a field is not stored as it was written") }
            previous = record.hash
        }
        return nil
    }

    /// How a head that was noted outside of the case compares.
    package enum HeadOutcome: Hashable, Sendable {
        /// The chain goes through it; this many records follow.
        case included(following: Int)
        /// The chain ends before that record.
        case truncated(last: Int64)
        /// The record with that number has another hash: the file is another, or an older one that went on differently.
        case differs(found: String)
        /// No record has this hash.
        case unknown
    }

    /// Compares with a head: the number of a record, when it is known, and its hash.
    package func compare(record: Int64?, hash: String) -> HeadOutcome {
        guard let record else {
            guard let found = hashes.first(where: { $0.value == hash }) else { return .unknown }
            return .included(following: count - Int(clamping: found.key))
        }
        guard let found = hashes[record] else { return .truncated(last: last?.id ?? 0) }
        return found == hash ? .included(following: count - Int(clamping: record)) : .differs(found: found)
    }
}
