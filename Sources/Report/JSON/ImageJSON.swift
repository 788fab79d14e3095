internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// An image, its names and its content.
enum ImageJSON {
    /// The members with which every object about an image begins.
    static func heading(_ entry: ImageEntry) -> [(String, JSONValue)] {
        [
            ("digest", JSONValue("\(entry.digest)")),
            ("names", .strings(entry.names)),
            ("platforms", .strings(entry.platforms)),
            ("present", .bool(entry.isPresent)),
        ]
    }

    static func content(_ graph: ImageGraph) -> JSONValue {
        .members([
            ("outcome", JSONValue(graph.outcome.rawValue)),
            ("descriptors", .array(graph.descriptors.map(descriptor))),
        ])
    }

    private static func descriptor(_ record: RelationshipRecord) -> JSONValue {
        .members([
            ("source", JSONValue(record.sourceID)),
            ("origin", JSONValue("\(record.origin)")),
            ("kind", JSONValue(record.kind.rawValue)),
            ("position", JSONValue(record.position)),
            ("target", JSONValue("\(record.target)")),
            ("mediaType", JSONValue(record.mediaType)),
            ("size", record.size.map { JSONValue($0) } ?? .null),
            ("platform", JSONValue(record.platform)),
            ("outcome", JSONValue(record.outcome.rawValue)),
            ("observedDigest", JSONValue(record.observedDigest?.description)),
            ("observedSize", record.observedSize.map { JSONValue($0) } ?? .null),
            ("claimedDiffID", JSONValue(record.claimedDiffID?.description)),
            ("observedDiffID", JSONValue(record.observedDiffID?.description)),
        ])
    }
}
