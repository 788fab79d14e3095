package import CaseIndex
package import Cryptography

/// A moment that something in a case states.
package struct TimelineEvent: Hashable, Sendable {
    /// What happened.
    package let kind: EventKind
    /// When, as the source says.
    package let time: Timestamp
    /// The record that says so, as `table:key`; keys are numbers, digests and our own words.
    package let record: String
    /// Why it may be relied on.
    package let basis: Basis
    /// What it happened to, in the words of the evidence: not escaped.
    package let what: String
    /// The file, when it happened to one.
    package var file: StoredFileEntry?
    /// The images that it concerns, sorted; none for what no image of the case names.
    package var images: [Digest] = []
    /// The events with which it cannot agree.
    package var conflicts: [ClockConflict] = []

    package init(_ kind: EventKind, _ time: Timestamp, record: String, basis: Basis, what: String) {
        self.kind = kind
        self.time = time
        self.record = record
        self.basis = basis
        self.what = what
    }

    /// By what other events name this one; the same in every timeline of the case.
    package var id: String {
        "\(kind.rawValue) \(record)"
    }

    /// Whether the time was set rather than measured: tools that build reproducibly write the beginning of 1970, 1980 or
    /// of the calendar.
    package var isPlaceholder: Bool {
        time.seconds < Self.firstBelievable
    }

    /// 1981-01-01: no container image is older.
    private static let firstBelievable: Int64 = 347_155_200

    /// Earlier first, and what comes before by its nature; the rest by its name, so that the order is always the same.
    static func precedes(_ one: TimelineEvent, _ other: TimelineEvent) -> Bool {
        if one.time != other.time { return one.time < other.time }
        if one.kind != other.kind { return one.kind.rank < other.kind.rank }
        return one.record < other.record
    }
}

/// That two clocks cannot both be right.
package struct ClockConflict: Hashable, Sendable {
    /// The other event, by its ``TimelineEvent/id``.
    package let other: String
    /// A stable word for what is wrong.
    package let code: String
    /// The same in a few words.
    package let words: String
}
