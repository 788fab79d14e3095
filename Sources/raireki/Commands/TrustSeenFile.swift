internal import StrictJSON
internal import TUF

/// The file in which `trust update --seen` keeps the versions that it accepted last.
enum TrustSeenFile {
    private static let schema = "urn:raireki:seen-versions:1"

    /// The versions; nil when there is no such file yet.
    static func read(_ path: String) throws -> SeenVersions? {
        guard OutputFile.exists(path) else { return nil }
        let bytes = try OutputFile.read(path, limit: 1 << 20)
        guard let json = try? JSONValue(parsing: bytes), json["schema"]?.string == schema,
            let root = json["root"]?.int64, let timestamp = json["timestamp"]?.int64,
            let snapshot = json["snapshot"]?.int64, let members = json["listed"]?.object?.members
        else { throw TrustCreationError.notSeenVersions(path: path) }
        var listed: [JSONString: Int64] = [:]
        for member in members {
            guard let version = member.value.int64 else { throw TrustCreationError.notSeenVersions(path: path) }
            listed[member.name] = version
        }
        return SeenVersions(root: root, timestamp: timestamp, snapshot: snapshot, listed: listed)
    }

    static func json(_ versions: SeenVersions) -> JSONValue {
        [
            "schema": JSONValue(schema),
            "root": JSONValue(versions.root),
            "timestamp": JSONValue(versions.timestamp),
            "snapshot": JSONValue(versions.snapshot),
            "listed": .object(
                JSONObject(versions.listed.sorted { $0.key < $1.key }.map { ($0.key.text, JSONValue($0.value)) })
            ),
        ]
    }
}
