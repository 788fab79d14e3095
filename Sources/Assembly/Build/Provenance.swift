internal import Cryptography
internal import OCI
internal import StrictJSON

/// An attestation of how an image was built, in the form in which BuildKit stores it beside the image.
///
/// It says what the Dockerfile, its arguments and its base images were, in the terms of SLSA provenance v1. Nobody has
/// signed it. It holds nothing that differs from day to day or from machine to machine.
struct Provenance {
    let request: BuildRequest
    let materials: [(name: String, digest: Digest)]
    let subject: WrittenDescriptor
    let platform: ImagePlatform

    static let predicateType = "https://slsa.dev/provenance/v1"

    /// The statement (in-toto attestation framework, Statement v1).
    var statement: [UInt8] {
        GoJSON.encode([
            "_type": "https://in-toto.io/Statement/v1",
            "predicateType": JSONValue(Self.predicateType),
            "subject": .array(subjects),
            "predicate": [
                "buildDefinition": [
                    "buildType": "urn:raireki:build:v1",
                    "externalParameters": externalParameters,
                    "internalParameters": ["platform": JSONValue(platform.description)],
                    "resolvedDependencies": .array(dependencies),
                ],
                "runDetails": ["builder": ["id": "urn:raireki:build"]],
            ],
        ])
    }

    private var subjects: [JSONValue] {
        let digest: JSONValue = ["sha256": JSONValue(subject.digest.hex)]
        let names = request.names.map { Self.packageURL($0.repository, $0.tag, platform) }
        return (names.isEmpty ? ["_"] : names).map { ["name": JSONValue($0), "digest": digest] }
    }

    /// purl-spec, type `docker`.
    private static func packageURL(_ repository: String, _ tag: String, _ platform: ImagePlatform) -> String {
        let escaped = platform.description.replacing("/", with: "%2F")
        return "pkg:docker/\(repository)@\(tag)?platform=\(escaped)"
    }

    private var externalParameters: JSONValue {
        var object = JSONObject()
        switch request.input {
        case .dockerfile(let input):
            object["configSource"] = [
                "path": JSONValue(input.name), "digest": ["sha256": JSONValue(Digest(hashing: input.bytes).hex)],
            ]
        case .rootFileSystem: object["configSource"] = ["path": "rootfs"]
        }
        var arguments = request.arguments.map { ("build-arg:\($0.name)", JSONValue($0.value)) }
        arguments += request.labels.map { ("label:\($0.name)", JSONValue($0.value)) }
        if let target = request.target { arguments.append(("target", JSONValue(target))) }
        object["request"] = ["args": .object(JSONObject(arguments))]
        return .object(object)
    }

    private var dependencies: [JSONValue] {
        materials.map { material in
            let normalized = ImageReference.normalized(material.name)
            let name = normalized.split(separator: "@")[0]
            let parts = name.split(separator: ":", omittingEmptySubsequences: false)
            let tag = parts.count > 1 ? String(parts[parts.count - 1]) : "latest"
            let repository = parts.count > 1 ? parts.dropLast().joined(separator: ":") : String(name)
            return [
                "uri": JSONValue(Self.packageURL(repository, tag, platform)),
                "digest": .object(
                    JSONObject([(material.digest.algorithm.rawValue, JSONValue(material.digest.hex))])
                ),
            ]
        }
    }

    /// Writes the statement and its manifest.
    ///
    /// - Returns: The manifest's descriptor, as an index lists it (BuildKit, attestation storage).
    func write(to blobs: BlobFolder) throws -> WrittenDescriptor {
        let layerBlob = try blobs.add(statement)
        var layer = layerBlob.descriptor(.inToto)
        layer.annotations = ["in-toto.io/predicate-type": Self.predicateType]
        let configuration: JSONValue = [
            "architecture": "unknown", "os": "unknown", "config": .object(JSONObject()),
            "rootfs": ["type": "layers", "diff_ids": [JSONValue(layerBlob.digest.description)]],
        ]
        let configurationBlob = try blobs.add(GoJSON.encode(configuration)).descriptor(.imageConfiguration)
        let manifest = ManifestDraft(configuration: configurationBlob, layers: [layer])
        var descriptor = try blobs.add(manifest.bytes).descriptor(.imageManifest)
        descriptor.platform = WrittenDescriptor.Platform(architecture: "unknown", os: "unknown")
        descriptor.annotations = [
            "vnd.docker.reference.digest": subject.digest.description,
            "vnd.docker.reference.type": "attestation-manifest",
        ]
        return descriptor
    }
}
