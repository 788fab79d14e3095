package import Cryptography

/// A window of time, both ends included.
package struct TimeWindow: Hashable, Sendable {
    /// The beginning; nil for an open one.
    package let first: Timestamp?
    /// The end; nil for an open one.
    package let last: Timestamp?

    package init(from first: Timestamp?, to last: Timestamp?) {
        (self.first, self.last) = (first, last)
    }

    /// A bound that somebody wrote: RFC 3339, or a day, of which the whole belongs to the window.
    package static func bound(_ text: String, isEnd: Bool) -> Timestamp? {
        if let time = Timestamp(rfc3339: text) { return time }
        return Timestamp(rfc3339: text + (isEnd ? "T23:59:59.999999999Z" : "T00:00:00Z"))
    }

    /// Whether a moment is within it, both ends included.
    package func contains(_ time: Timestamp) -> Bool {
        first.map { $0 <= time } ?? true && last.map { time <= $0 } ?? true
    }

    /// Whether something that lasted from one time to another was within it at any moment.
    package func meets(_ time: MatchTime) -> Bool {
        first.map { $0 <= time.last } ?? true && last.map { time.first <= $0 } ?? true
    }
}

/// When a match was, and who says so.
package struct MatchTime: Hashable, Sendable {
    /// The beginning.
    package let first: Timestamp
    /// The end; the beginning again for a moment.
    package let last: Timestamp
    /// Why it may be relied on.
    package let basis: Basis
    /// The record that says it, as `table:key`.
    package let record: String
}
