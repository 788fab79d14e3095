import Cryptography
import StrictJSON
import TestSupport

/// Writes image layouts for tests: honest ones, and ones that are wrong in one chosen way.
struct LayoutWriter {
    /// The members of the layout by path.
    private(set) var members: [String: [UInt8]] = [:]
    private var entries: [JSONValue] = []

    static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    static let indexType = "application/vnd.oci.image.index.v1+json"
    static let configurationType = "application/vnd.oci.image.config.v1+json"
    static let layerType = "application/vnd.oci.image.layer.v1.tar+gzip"

    init() {
        members["oci-layout"] = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)
    }

    // MARK: - Blobs

    /// Adds a blob at the place that its digest names.
    @discardableResult
    mutating func blob(_ bytes: [UInt8], _ algorithm: DigestAlgorithm = .sha256) -> Digest {
        let digest = Digest(hashing: bytes, algorithm)
        members[Self.path(digest)] = bytes
        return digest
    }

    @discardableResult
    mutating func blob(_ json: JSONValue) -> Digest {
        blob(Array(json.compact.utf8))
    }

    /// Where a blob lies.
    static func path(_ digest: Digest) -> String {
        "blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
    }

    /// Puts other bytes at a blob's place.
    mutating func replace(_ digest: Digest, with bytes: [UInt8]) {
        members[Self.path(digest)] = bytes
    }

    mutating func remove(_ path: String) {
        members[path] = nil
    }

    mutating func put(_ bytes: [UInt8], at path: String) {
        members[path] = bytes
    }

    mutating func put(_ text: String, at path: String) {
        members[path] = Array(text.utf8)
    }

    // MARK: - Documents

    /// A descriptor of a blob of this layout.
    func descriptor(_ type: String, _ digest: Digest, annotations: JSONValue? = nil) -> JSONValue {
        var object = JSONObject()
        object["mediaType"] = JSONValue(type)
        object["digest"] = JSONValue("\(digest)")
        object["size"] = JSONValue(members[Self.path(digest)]?.count ?? 2)
        object["annotations"] = annotations
        return .object(object)
    }

    /// The archive of a layer with one file.
    static func layer(_ content: String) -> [UInt8] {
        var tar = TarBytes()
        tar.add("file", Array(content.utf8))
        return tar.finished
    }

    /// Adds an image of one layer.
    mutating func image(
        layer content: String = "layer",
        layerType: String = LayoutWriter.layerType,
        diffID: Digest? = nil,
        labels: JSONValue = [:]
    ) -> Digest {
        let text = Self.layer(content)
        let layer = blob(StoredCompression.gzip(text))
        let configuration = blob([
            "architecture": "amd64", "os": "linux", "created": "2026-01-02T03:04:05Z",
            "config": ["Labels": labels],
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(diffID ?? Digest(hashing: text))")]],
        ])
        return blob(manifest(configuration, [descriptor(layerType, layer)]))
    }

    func manifest(_ configuration: Digest, _ layers: [JSONValue], _ more: [(String, JSONValue)] = []) -> JSONValue {
        .object(
            JSONObject(
                [
                    ("schemaVersion", 2), ("mediaType", JSONValue(Self.manifestType)),
                    ("config", descriptor(Self.configurationType, configuration)), ("layers", .array(layers)),
                ] + more
            )
        )
    }

    func index(_ manifests: [JSONValue]) -> JSONValue {
        ["schemaVersion": 2, "mediaType": JSONValue(Self.indexType), "manifests": .array(manifests)]
    }

    /// Adds a simple-signing manifest; what is signed is of no matter to import.
    mutating func signatures(of image: Digest, subject: Digest? = nil, signer: String = "a") -> Digest {
        let payload = blob([
            "critical": [
                "identity": ["docker-reference": "registry.test/p"],
                "image": ["docker-manifest-digest": JSONValue("\(image)")],
                "type": "cosign container image signature",
            ],
            "optional": ["signer": JSONValue(signer)],
        ])
        let configuration = blob(["rootfs": ["type": "layers", "diff_ids": [JSONValue("\(payload)")]]])
        let layer = descriptor(
            "application/vnd.dev.cosign.simplesigning.v1+json",
            payload,
            annotations: ["dev.cosignproject.cosign/signature": "AAAA"]
        )
        let more = subject.map { [("subject", descriptor(Self.manifestType, $0))] } ?? []
        return blob(manifest(configuration, [layer], more))
    }

    /// Adds an attestation manifest of an unsigned-looking envelope.
    mutating func attestation(
        of image: Digest,
        predicateType: String,
        predicate: JSONValue = [:],
        annotatedType: String? = nil
    ) -> Digest {
        let envelope = blob(Self.envelope(of: image, predicateType: predicateType, predicate: predicate))
        let configuration = blob(["rootfs": ["type": "layers", "diff_ids": [JSONValue("\(envelope)")]]])
        let layer = descriptor(
            "application/vnd.dsse.envelope.v1+json",
            envelope,
            annotations: [
                "dev.cosignproject.cosign/signature": "",
                "predicateType": JSONValue(annotatedType ?? predicateType),
            ]
        )
        return blob(manifest(configuration, [layer]))
    }

    static func envelope(of image: Digest, predicateType: String, predicate: JSONValue, annotations: JSONValue = nil)
        -> JSONValue
    {
        let statement: JSONValue = [
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [
                ["name": "p", "digest": ["sha256": JSONValue(image.hex)], "annotations": annotations]
            ],
            "predicateType": JSONValue(predicateType),
            "predicate": predicate,
        ]
        return [
            "payloadType": "application/vnd.in-toto+json",
            "payload": JSONValue(Base64.encode(Array(statement.compact.utf8))),
            "signatures": [["sig": "AAAA"]],
        ]
    }

    // MARK: - Index

    /// Lists a blob in `index.json`.
    mutating func list(_ digest: Digest, type: String = LayoutWriter.manifestType, annotations: JSONValue? = nil) {
        entries.append(descriptor(type, digest, annotations: annotations))
    }

    /// Lists a descriptor as it is.
    mutating func list(_ descriptor: JSONValue) {
        entries.append(descriptor)
    }

    /// All members with `index.json`.
    var finished: [String: [UInt8]] {
        var all = members
        if all["index.json"] == nil { all["index.json"] = Array(index(entries).compact.utf8) }
        return all
    }

    /// Writes the layout into a folder.
    func write(to directory: TemporaryDirectory, _ name: String = "layout") throws -> String {
        for (path, bytes) in finished { try directory.write(bytes, to: "\(name)/\(path)") }
        return directory.path(name)
    }

    /// The layout as a tar archive.
    func archive(prefix: String = "") -> TarBytes {
        var tar = TarBytes()
        for (path, bytes) in finished.sorted(by: { $0.key < $1.key }) { tar.add(prefix + path, bytes) }
        return tar
    }
}
