public import Cryptography

/// A closed period: both ends belong to it (protobuf-specs, `TimeRange`).
public struct ValidityPeriod: Hashable, Sendable {
    /// The first moment; nil for a period without a start.
    public let start: Timestamp?
    /// The last moment; nil for a period that has not ended.
    public let end: Timestamp?

    /// A period from its ends.
    public init(start: Timestamp?, end: Timestamp? = nil) {
        self.start = start
        self.end = end
    }

    /// Whether the moment lies in it.
    public func contains(_ time: Timestamp) -> Bool {
        if let start, time < start { return false }
        if let end, time > end { return false }
        return true
    }
}

extension ValidityPeriod: CustomStringConvertible {
    /// Both ends, for messages.
    public var description: String {
        "\(start.map { "\($0)" } ?? "the beginning") to \(end.map { "\($0)" } ?? "now")"
    }
}
