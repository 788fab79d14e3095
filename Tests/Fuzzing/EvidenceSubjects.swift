internal import Archive
internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Foundation
internal import Notary
internal import OCI
internal import OpenPGP
internal import Signing
internal import Sigstore
internal import StrictCBOR
internal import StrictJSON
internal import TestSupport

/// Whole pieces of evidence, and documents inside them, through the whole import into a case.
///
/// What import refuses it refuses by an error; everything else ends in the case, with warnings.
struct EvidenceSubjects {
    private let layout: [(path: String, bytes: [UInt8])]
    private let image: Digest

    /// Every kind, by name.
    static func all() throws -> [Subject] {
        let subjects = try EvidenceSubjects()
        return try subjects.archives() + subjects.documents() + formats()
    }

    private init() throws {
        var signed = try SignedLayout(storage: .legacy)
        try signed.sign(signed.image.digest, storage: .bundle)
        image = signed.image.digest
        let directory = try TemporaryDirectory()
        let root = try signed.write(to: directory)
        layout = try (FileManager.default.subpathsOfDirectory(atPath: root)).sorted().compactMap { path in
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory),
                !isDirectory.boolValue
            else { return nil }
            return (path, [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)"))))
        }
    }

    // MARK: - Archives

    private func archives() throws -> [Subject] {
        [
            try subject("evidence-oci-archive", [Self.tar(layout)]),
            try subject("evidence-docker-archive", [Self.tar(docker)]),
            try subject("evidence-dir-archive", [Self.tar(copy)]),
            try subject("evidence-registry-archive", [Self.tar(registry)]),
            try subject("evidence-content-store", [Self.tar(contentStore)]),
            try subject("evidence-gzip-archive", [StoredCompression.gzip(Self.tar(layout))]),
        ]
    }

    private static func tar(_ files: [(path: String, bytes: [UInt8])]) -> [UInt8] {
        var tar = TarBytes()
        for (path, bytes) in files {
            if path.utf8.count > 99 { tar.addExtendedHeader("path", Array(path.utf8)) }
            tar.add(String(path.suffix(99)), bytes)
        }
        return tar.finished
    }

    private var blobs: [(digest: Digest, bytes: [UInt8])] {
        layout.filter { $0.path.hasPrefix("blobs/") }.map { (Digest(hashing: $0.bytes), $0.bytes) }
    }

    private var docker: [(path: String, bytes: [UInt8])] {
        let layer = Array("layer".utf8)
        let configuration = Array(
            (["rootfs": ["diff_ids": [JSONValue("\(Digest(hashing: layer))")]]] as JSONValue).compact.utf8
        )
        let name = "\(Digest(hashing: configuration).hex).json"
        let list: JSONValue = [["Config": JSONValue(name), "RepoTags": ["app:1"], "Layers": ["l/layer.tar"]]]
        return [
            (name, configuration), ("l/layer.tar", layer), ("manifest.json", Array(list.compact.utf8)),
            ("repositories", Array(#"{"app":{"1":"l"}}"#.utf8)),
        ]
    }

    private var copy: [(path: String, bytes: [UInt8])] {
        let manifest = blobs.first { $0.digest == image }?.bytes ?? []
        let signature: JSONValue = [
            "mimeType": "application/vnd.dev.cosign.simplesigning.v1+json", "payload": "e30=",
            "annotations": ["dev.cosignproject.cosign/signature": "AAAA"],
        ]
        return [
            ("version", Array("Directory Transport Version: 1.1\n".utf8)), ("manifest.json", manifest),
            ("signature-1", Array("\0sigstore-json\n".utf8) + Array(signature.compact.utf8)),
            ("signature-2", Self.message),
        ] + blobs.map { ($0.digest.hex, $0.bytes) }
    }

    private var registry: [(path: String, bytes: [UInt8])] {
        let root = "./docker/registry/v2"
        let links = [
            "_manifests/tags/1/current", "_manifests/tags/1/index/sha256/\(image.hex)",
            "_manifests/revisions/sha256/\(image.hex)",
        ]
        return blobs.map { ("\(root)/blobs/sha256/\($0.digest.hex.prefix(2))/\($0.digest.hex)/data", $0.bytes) }
            + links.map { ("\(root)/repositories/acme/app/\($0)/link", Array("\(image)".utf8)) }
    }

    private var contentStore: [(path: String, bytes: [UInt8])] {
        blobs.map { ("io.containerd.content.v1.content/blobs/sha256/\($0.digest.hex)", $0.bytes) }
    }

    // MARK: - Documents inside a layout

    /// Documents that are damaged while everything around them stays whole and agrees with them.
    private func documents() throws -> [Subject] {
        let others = layout.filter { $0.path != "index.json" }
        let index = layout.first { $0.path == "index.json" }?.bytes ?? []
        let manifest = blobs.first { $0.digest == image }?.bytes ?? []
        let manifestType = "application/vnd.oci.image.manifest.v1+json"
        return [
            try subject("evidence-index", [index]) { Self.tar(others + [("index.json", $0)]) },
            try subject("evidence-manifest", [manifest]) { bytes in
                let digest = Digest(hashing: bytes)
                let list: JSONValue = [
                    "schemaVersion": 2,
                    "manifests": [
                        [
                            "mediaType": JSONValue(manifestType), "digest": JSONValue("\(digest)"),
                            "size": JSONValue(bytes.count),
                        ]
                    ],
                ]
                let rest = others + [("index.json", Array(list.compact.utf8))]
                return Self.tar(rest + [("blobs/sha256/\(digest.hex)", bytes)])
            },
            try subject("evidence-docker-list", [docker[2].bytes]) { bytes in
                Self.tar(docker.filter { $0.path != "manifest.json" } + [("manifest.json", bytes)])
            },
            try subject("evidence-documents", looseDocuments()),
        ]
    }

    private func looseDocuments() throws -> [[UInt8]] {
        var sigstore = try VirtualSigstore()
        let bundle = try sigstore.attested().bytes
        let statement = Array(
            #"{"_type":"https://in-toto.io/Statement/v1","predicateType":"p","subject":[{"digest":{"sha256":"00"}}]}"#
                .utf8
        )
        let entry = Array(
            #"{"\#(String(repeating: "ab", count: 32))":{"body":"e30=","integratedTime":1,"logID":"00","logIndex":1}}"#
                .utf8
        )
        return [bundle, bundle + [0x0A] + statement, entry]
    }

    /// One piece of evidence, written and imported into a case that many pieces share.
    private func subject(
        _ name: String,
        _ seeds: [[UInt8]],
        around wrap: @escaping ([UInt8]) -> [UInt8] = { $0 }
    ) throws -> Subject {
        let place = try SharedCase()
        return Subject(name: name, seeds: seeds) { try place.add(wrap($0)) }
    }

    /// A case for many imports, made anew now and then.
    private final class SharedCase {
        private let directory: TemporaryDirectory
        private var file: CaseFile?
        private var count = 0

        init() throws {
            directory = try TemporaryDirectory()
        }

        func add(_ bytes: [UInt8]) throws {
            count += 1
            let path = try directory.write(bytes, to: "evidence")
            if file == nil || count.isMultiple(of: 500) {
                file = try CaseFile.openOrCreate(directory.path("case-\(count).raireki"))
            }
            guard let file else { return }
            var limits = ImportLimits.standard
            // A size that a damaged header states is a promise that nobody keeps.
            limits.expandedBytes = 64 << 20
            _ = try Importer(caseFile: file, limits: limits).run(path: path, at: Timestamp(seconds: 0))
        }
    }

    // MARK: - Formats

    /// A signed OpenPGP message that nobody signed.
    private static let message: [UInt8] =
        [0xCB, 16, 0x62, 0, 0, 0, 0, 0] + Array(#"{"a":1234}"#.utf8)
        + [0xC2, 17, 4, 0, 22, 8, 0, 6, 5, 2, 0x65, 0, 0, 0, 0, 0, 0xAB, 0xCD, 1]

    private static func formats() throws -> [Subject] {
        let signer = try NotarySigner(key: SigningKey(seed: "fuzz", kind: .p256))
        let artifact = Digest(hashing: [1])
        let draft = NotaryDraft(signer, artifact, annotations: ["a": "b"])
        let trust = NotaryTrustStore(authorities: [try Certificate(der: signer.chain[2])])
        let verifier = NotaryVerifier(trust: trust, at: NotaryDraft.time)
        let envelopes = try NotaryEnvelope.Format.allCases.map { format in
            Subject(name: "notary-\(format.rawValue)", seeds: [try draft.envelope(format)]) { bytes in
                let envelope = try NotaryEnvelope(parsing: bytes, format: format)
                let report = verifier.verify(envelope, of: NotarySubject(digest: artifact))
                guard report.isAuthentic else { throw Refused(reasons: []) }
                // What stays authentic says what was signed.
                guard envelope.payload == draft.payload else { throw Contradiction() }
            }
        }
        return envelopes + [
            Subject(name: "cbor", seeds: [try draft.envelope(.cose)]) { bytes in
                let value = try CBORValue(parsing: bytes)
                guard value.encoding == bytes || value.containsFloat else { throw Contradiction() }
            },
            Subject(name: "openpgp", seeds: [message, [0xA3, 0] + message]) { _ = try OpenPGPMessage(parsing: $0) },
            Subject(name: "tar-headers", seeds: [archive]) { bytes in
                var observer = TarHeaderObserver(comparesNames: true)
                bytes.withUnsafeBytes { observer.consume($0) }
                observer.finish()
                guard observer.oddities.isEmpty else { throw Refused(reasons: []) }
            },
        ]
    }

    private static let archive: [UInt8] = {
        var tar = TarBytes()
        tar.addDirectory("a/")
        tar.addExtendedHeader("path", Array("a/b".utf8))
        tar.add("x", [UInt8](repeating: 1, count: 600))
        tar.addRecords("L", Array("a/long\0".utf8))
        tar.addLink("y", to: "b")
        return tar.finished
    }()
}

extension CBORValue {
    /// Whether a number in it may be written in another precision.
    fileprivate var containsFloat: Bool {
        switch self {
        case .float: true
        case .array(let elements): elements.contains(where: \.containsFloat)
        case .map(let pairs): pairs.contains { $0.key.containsFloat || $0.value.containsFloat }
        case .tag(_, let value): value.containsFloat
        default: false
        }
    }
}
