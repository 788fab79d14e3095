package import Cryptography
package import StrictJSON
package import TUF

/// A key with the id under which a repository lists it.
package struct Holder {
    package let id: String
    package let key: SigningKey

    package init(_ id: String, seed: String? = nil, _ kind: SigningKey.Kind = .p256) throws {
        self.id = id
        key = try SigningKey(seed: seed ?? id, kind: kind)
    }

    /// The key as metadata lists it, in PEM.
    package var listed: JSONValue {
        let (type, scheme) =
            switch key.kind {
            case .p384: ("ecdsa", "ecdsa-sha2-nistp384")
            case .ed25519: ("ed25519", "ed25519")
            default: ("ecdsa", "ecdsa-sha2-nistp256")
            }
        return [
            "keytype": JSONValue(type), "scheme": JSONValue(scheme), "keyval": ["public": JSONValue(key.publicKeyPEM)],
        ]
    }
}

/// Files in memory.
package struct MemorySource: RepositorySource {
    /// By their paths.
    package var files: [String: [UInt8]]

    package func bytes(of path: RepositoryPath, limit: Int) throws(TUFError) -> [UInt8]? {
        files[path.description]
    }
}

/// A small repository that holds, whose parts a test changes before they are signed.
package struct RepositoryDraft {
    package var root: JSONObject
    package var timestamp: JSONObject
    package var snapshot: JSONObject
    package var targets: JSONObject
    package var holders: [Holder]
    package var online: Holder
    /// More files, which replace those that are made.
    package var files: [String: [UInt8]] = [:]

    package static let content = Array("the trusted root".utf8)

    package init() throws {
        holders = [try Holder("a"), try Holder("b"), try Holder("c")]
        online = try Holder("online")
        root = Self.root(version: 1, holders, threshold: 2, online)
        timestamp = Self.head("timestamp", version: 1)
        timestamp["meta"] = ["snapshot.json": ["version": 1]]
        snapshot = Self.head("snapshot", version: 1)
        snapshot["meta"] = ["targets.json": ["version": 1]]
        targets = Self.head("targets", version: 1)
        targets["targets"] = ["trusted_root.json": Self.entry(Self.content)]
    }

    package static func head(_ type: String, version: Int64, expires: String = "2030-01-01T00:00:00Z") -> JSONObject {
        JSONObject([
            ("_type", JSONValue(type)), ("spec_version", "1.0.31"), ("version", JSONValue(version)),
            ("expires", JSONValue(expires)), ("x-unknown", ["é": nil, "list": [1, true]]),
        ])
    }

    package static func root(version: Int64, _ holders: [Holder], threshold: Int64, _ online: Holder) -> JSONObject {
        var root = head("root", version: version)
        root["consistent_snapshot"] = true
        let all = holders + [online]
        root["keys"] = .object(JSONObject(all.map { ($0.id, $0.listed) }))
        let many: JSONValue = [
            "keyids": .array(holders.map { JSONValue($0.id) }), "threshold": JSONValue(threshold),
        ]
        let one: JSONValue = ["keyids": [JSONValue(online.id)], "threshold": 1]
        root["roles"] = ["root": many, "targets": many, "timestamp": one, "snapshot": one]
        return root
    }

    package static func entry(_ bytes: [UInt8]) -> JSONValue {
        [
            "length": JSONValue(bytes.count),
            "hashes": [
                "sha256": JSONValue(Digest(hashing: bytes).hex),
                "sha512": JSONValue(Digest(hashing: bytes, .sha512).hex),
            ],
        ]
    }

    package static func sign(_ signed: JSONObject, _ holders: [Holder]) throws -> [UInt8] {
        let message = try JSONValue.object(signed).olpcCanonical()
        let signatures = try holders.map { holder -> JSONValue in
            ["keyid": JSONValue(holder.id), "sig": JSONValue(Hexadecimal.encode(try holder.key.sign(message)))]
        }
        return envelope(.object(signed), .array(signatures))
    }

    package static func envelope(_ signed: JSONValue, _ signatures: JSONValue) -> [UInt8] {
        Array((["signatures": signatures, "signed": signed] as JSONValue).compact.utf8)
    }

    /// All files, signed.
    package func source() throws -> MemorySource {
        var all = [
            "1.root.json": try Self.sign(root, holders),
            "timestamp.json": try Self.sign(timestamp, [online]),
            "1.snapshot.json": try Self.sign(snapshot, [online]),
            "1.targets.json": try Self.sign(targets, holders),
            "targets/trusted_root.json": Self.content,
        ]
        all.merge(files) { $1 }
        return MemorySource(files: all)
    }

    /// Verifies everything from `start`, or from the draft's own first root, and reads the target.
    @discardableResult
    package func verify(
        at time: String = "2026-01-01T00:00:00Z",
        from start: [UInt8]? = nil,
        seen: SeenVersions? = nil,
        limits: TUFLimits = TUFLimits(),
        target: String = "trusted_root.json",
        _ change: (inout [String: [UInt8]]) -> Void = { _ in }
    ) throws -> (repository: VerifiedRepository<MemorySource>, target: VerifiedRepository<MemorySource>.Target) {
        var source = try source()
        let first = try RootMetadata(trusting: start ?? source.files["1.root.json"] ?? [])
        change(&source.files)
        guard let moment = Timestamp(rfc3339: time) else { throw NotATime() }
        let client = TUFClient(source, at: moment, seen: seen, limits: limits)
        let repository = try client.verify(from: first)
        return (repository, try repository.target(TargetName(target)))
    }

    /// The test gave no time.
    private struct NotATime: Error {}
}
