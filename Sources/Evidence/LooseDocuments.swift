internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import Sigstore
internal import StrictJSON

/// Signatures and statements in files of their own: bundles, envelopes, what `cosign download` prints, attestations of
/// PEP 740, log entries, unsigned statements; one a file, or one a line.
///
/// They are known by their content, whatever they are called.
struct LooseDocuments: Arrangement {
    let root: [UInt8] = []
    /// The files that hold something known.
    let paths: Set<[UInt8]>
    private let documents: [(member: EvidenceMember, found: [LooseDocument])]
    /// The files that may hold something known, and are larger than is read.
    private let unread: [EvidenceMember]

    /// More documents than any file holds.
    private static let maximumCount = 10_000

    init(_ members: [EvidenceMember], _ container: any EvidenceContainer, _ limits: ImportLimits) throws {
        let store = BlobStore(members, root: [], container: container) { _ in nil }
        var documents: [(EvidenceMember, [LooseDocument])] = []
        var unread: [EvidenceMember] = []
        for member in store.sortedOthers {
            guard let measurement = member.measurement, measurement.looksLikeDocument else { continue }
            guard let bytes = try store.bytes(of: member, limit: limits.attestationBytes) else {
                unread.append(member)
                continue
            }
            let found = Self.documents(in: bytes)
            if found.contains(where: { $0.isKnown }) { documents.append((member, found)) }
        }
        self.documents = documents
        self.unread = unread
        paths = Set(documents.map(\.0.path) + unread.map(\.path))
    }

    /// The whole file, or each of its lines.
    private static func documents(in bytes: [UInt8]) -> [LooseDocument] {
        if let json = try? JSONValue(parsing: bytes) { return LooseDocument.all(in: json, bytes) }
        return bytes.split(separator: 0x0A).prefix(maximumCount).flatMap { line in
            let line = Array(line)
            return (try? JSONValue(parsing: line)).map { LooseDocument.all(in: $0, line) } ?? [.unknown]
        }
    }

    func kind(inArchive: Bool) -> String { "documents" }

    func owns(_ path: [UInt8]) -> Bool { paths.contains(path) }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        for (member, found) in documents {
            guard let measurement = member.measurement else { continue }
            graph.draft.add(
                ArtifactRecord(
                    digest: measurement.digest,
                    size: measurement.size,
                    mediaType: nil,
                    role: .signatureManifest
                )
            )
            graph.draft.add(graph.location(of: measurement.digest, member))
            for (position, document) in found.enumerated() {
                graph.add(document, measurement.digest, at: position, member.path)
            }
        }
        for member in unread { graph.note(unread: member) }
        graph.warnOfSignatures()
    }
}

/// One document of a file.
enum LooseDocument {
    /// A signature.
    case signature(LooseSignature)
    /// A statement that nobody signed.
    case statement([UInt8])
    /// An entry of a transparency log that leaves the signature in an envelope.
    case logEntry(RekorEntry, [UInt8])
    /// Something else.
    case unknown

    var isKnown: Bool { if case .unknown = self { false } else { true } }

    /// What one JSON text holds: mostly one document.
    static func all(in json: JSONValue, _ bytes: [UInt8]) -> [LooseDocument] {
        if let entries = RekorEntry.entries(in: json) { return entries.map { LooseDocument(logEntry: $0) } }
        if let attestations = PublishAttestation.attestations(inProvenance: json) {
            return attestations.map { LooseDocument($0, Array($0.compact.utf8)) }
        }
        if let bundles = wrapped(json) { return bundles.map { LooseDocument($0, Array($0.compact.utf8)) } }
        return [LooseDocument(json, bytes)]
    }

    /// The bundles that an interface for attestations hands out: `{"attestations":[{"bundle":…}]}`, or a list of
    /// `{"attestation":{"bundle":…}}` as its command line prints it; nil for any other document.
    private static func wrapped(_ json: JSONValue) -> [JSONValue]? {
        let list = json["attestations"]?.array ?? json.array ?? [json]
        guard list.count <= maximumBundles else { return nil }
        let bundles = list.compactMap { $0["bundle"] ?? $0["attestation"]?["bundle"] }.filter { !$0.isNull }
        return bundles.isEmpty ? nil : bundles
    }

    /// More bundles than a page holds.
    private static let maximumBundles = 10_000

    private init(logEntry json: JSONValue) {
        let bytes = Array(json.compact.utf8)
        guard let entry = try? RekorEntry(json) else {
            self = .unknown
            return
        }
        guard entry.entity == nil else {
            self = .signature(LooseSignature(kind: .logEntry, payload: bytes, storage: .looseFile))
            return
        }
        self = .logEntry(entry, bytes)
    }

    private init(_ json: JSONValue, _ bytes: [UInt8]) {
        if PublishAttestation.isOne(json) {
            self = .signature(LooseSignature(kind: .publishAttestation, payload: bytes, storage: .looseFile))
        } else if json["verificationMaterial"] != nil || json["verification_material"]?["tlogEntries"] != nil {
            self = .signature(LooseSignature(kind: .bundle, payload: bytes, storage: .looseFile))
        } else if json["payloadType"]?.string != nil, json["signatures"]?.array != nil {
            self = .signature(LooseSignature(kind: .attestation, payload: bytes, storage: .looseFile))
        } else if let signature = json["Base64Signature"]?.string,
            let payload = json["Payload"]?.string.flatMap({ Base64.decode($0) })
        {
            let annotations = Self.annotations(json, signature)
            self = .signature(
                LooseSignature(kind: .simpleSigning, payload: payload, annotations: annotations, storage: .looseFile)
            )
        } else if json["_type"]?.string != nil, json["predicateType"]?.string != nil, json["subject"]?.array != nil {
            self = .statement(bytes)
        } else {
            self = .unknown
        }
    }

    /// What `cosign download signature` prints, under the names of the annotations that it was read from.
    private static func annotations(_ json: JSONValue, _ signature: String) -> [String: String] {
        var result = [CosignAnnotation.signature: signature]
        if let der = certificate(json["Cert"]) { result[CosignAnnotation.certificate] = der }
        if let bundle = json["Bundle"], !bundle.isNull { result[CosignAnnotation.bundle] = bundle.compact }
        if let stamp = json["RFC3161Timestamp"], !stamp.isNull { result[CosignAnnotation.timestamp] = stamp.compact }
        return result
    }

    /// Go writes a parsed certificate with its DER under `Raw`.
    private static func certificate(_ json: JSONValue?) -> String? {
        if let text = json?.string, !text.isEmpty { return text }
        guard let der = json?["Raw"]?.string.flatMap({ Base64.decode($0) }) else { return nil }
        return PEMBlock(label: "CERTIFICATE", content: der).text
    }
}

extension GraphReader {
    /// Notes a file of which nobody knows whether it is evidence, for it is more than is read.
    fileprivate mutating func note(unread member: EvidenceMember) {
        guard let measurement = member.measurement else { return }
        draft.add(ArtifactRecord(digest: measurement.digest, size: measurement.size, mediaType: nil, role: .blob))
        draft.add(location(of: measurement.digest, member))
        let message =
            measurement.size > limits.attestationBytes
            ? "\(measurement.size) bytes, more than the limit of \(limits.attestationBytes) (--limit attestation-bytes=…)"
            : "\(measurement.size) bytes, for which no room was left (--limit retained-bytes=…)"
        draft.warn(.limitBytes, member.path, measurement.digest, message)
    }

    fileprivate mutating func add(_ document: LooseDocument, _ file: Digest, at position: Int, _ path: [UInt8]) {
        switch document {
        case .signature(let signature): add(signature, carrier: file, position: position, subjects: [], path)
        case .statement(let bytes): addUnsigned(bytes, path)
        case .logEntry(let entry, let bytes): note(entry, bytes, path)
        case .unknown:
            draft.warn(.documentUnknown, path, file, "document \(position + 1) is nothing that is known")
        }
    }

    /// Notes what a log entry says of the digests that it names; the signature itself is in an envelope elsewhere.
    private mutating func note(_ entry: RekorEntry, _ bytes: [UInt8], _ path: [UInt8]) {
        let digest = Digest(hashing: bytes)
        draft.add(content: bytes, of: digest)
        if entry.namedDigests.isEmpty {
            draft.warn(.signatureUnattached, path, digest, "the log entry names no digest that could be read")
        }
        let pointer = "/\(entry.uuid)"
        for subject in entry.namedDigests {
            claim(.logEntry, "logIndex", "\(entry.entry.logIndex)", about: subject, in: digest, pointer: pointer)
            claim(
                .logEntry,
                "kind",
                "\(entry.entry.kind) \(entry.entry.version)",
                about: subject,
                in: digest,
                pointer: pointer
            )
            guard entry.entry.integratedTime > 0 else { continue }
            let time = Timestamp(seconds: entry.entry.integratedTime)
            claim(.logEntry, "integratedTime", "\(time)", about: subject, in: digest, pointer: pointer)
        }
        // The log's copy of a statement has the digest that the entry names, or says nothing.
        if let statement = entry.attestation, entry.namedDigests.contains(Digest(hashing: statement)) {
            addUnsigned(statement, path)
        }
    }
}
