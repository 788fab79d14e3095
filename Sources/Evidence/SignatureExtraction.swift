internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import OCI
internal import Sigstore
internal import StrictJSON

extension GraphReader {
    /// Makes records of every signature in the manifests that carry them.
    mutating func extractSignatures() throws {
        let attached = Dictionary(grouping: attachments, by: \.carrier)
        for (carrier, manifest) in carriers.sorted(by: { $0.key < $1.key }) {
            let found = attached[carrier] ?? []
            // Listed, but nothing says for which artifact: as lost as a manifest that nothing lists.
            let stated = found.isEmpty ? [Attachment(carrier: carrier, subject: nil, storage: .orphan)] : found
            try extract(from: manifest, carrier, Set(stated))
        }
        warnOfSignatures()
    }

    /// Whether a signature is within the limit of its subject; those beyond are counted.
    mutating func hasRoom(for record: SignatureRecord) -> Bool {
        guard countedSignatures.insert(record.id).inserted else { return draft.signatures[record.id] != nil }
        let count = signaturesBySubject[record.subject, default: 0] + 1
        signaturesBySubject[record.subject] = count
        return count <= limits.signaturesPerSubject
    }

    /// Says which subjects have more signatures than the limit.
    mutating func warnOfSignatures() {
        let limit = limits.signaturesPerSubject
        for (subject, count) in signaturesBySubject.sorted(by: { $0.key < $1.key }) where count > limit {
            let message = "\(count) signatures of one artifact; those beyond the limit of \(limit) were not examined"
            draft.warn(.limitSignatures, [], subject, message)
        }
    }

    private mutating func extract(
        from manifest: ImageManifest,
        _ carrier: Digest,
        _ attachments: Set<Attachment>
    ) throws {
        let path = MemberPath.joined(store.root, store.place(carrier))
        var layers: [(position: Int, descriptor: Descriptor)] = []
        let isNotary = manifest.artifactType == .notarySignature
        for (position, reading) in manifest.layers.enumerated() {
            guard let descriptor = try? reading.get(), let type = descriptor.mediaType else { continue }
            if type.carriesSignature || (isNotary && type.isNotaryEnvelope) {
                layers.append((position, descriptor))
            }
        }
        if layers.isEmpty {
            draft.warn(.signatureUnsupported, path, carrier, "a signature in a format that is not read")
        }
        let limit = limits.signaturesPerCarrier
        if layers.count > limit {
            draft.warn(
                .limitSignatures,
                path,
                carrier,
                "\(layers.count) signatures; those beyond the limit of \(limit) were not examined"
            )
        }
        for (position, descriptor) in layers.prefix(limit) {
            try extract(descriptor, at: position, carrier, path, attachments, manifest.annotations)
        }
    }

    private mutating func extract(
        _ descriptor: Descriptor,
        at position: Int,
        _ carrier: Digest,
        _ path: [UInt8],
        _ attachments: Set<Attachment>,
        _ annotations: Annotations
    ) throws {
        guard let mediaType = descriptor.mediaType else { return }
        let kind = SignatureKind(mediaType)
        let member = store[descriptor.digest]
        let payload = member?.measurement?.digest ?? descriptor.digest
        let limit = kind == .attestation ? limits.attestationBytes : limits.payloadBytes
        let bytes = try member.flatMap { try self.bytes(of: $0, limit: limit) }
        if let bytes { draft.add(content: bytes, of: payload) }
        let content = bytes.map { SignedContent($0, kind) }
        if let problem = content?.problem {
            draft.warn(.signaturePayload, member?.path ?? path, payload, problem)
        }
        let lies = content?.lies(in: annotations, descriptor.annotations) ?? []
        for name in lies { draft.warn(.annotationMismatch, path, carrier, "\(name) is not what was signed") }
        let resolved = Set(attachments.compactMap { $0.resolved(by: content) }).sorted {
            ($0.subject, $0.storage.rawValue) < ($1.subject, $1.storage.rawValue)
        }
        for attachment in resolved {
            let record = SignatureRecord(
                kind: kind,
                subject: attachment.subject,
                carrier: carrier,
                position: position,
                payload: payload,
                annotations: descriptor.annotations.json.canonical,
                predicateType: content?.statement?.predicateType
            )
            guard hasRoom(for: record) else { continue }
            let isNew = draft.signatures[record.id] == nil
            draft.add(record, storage: attachment.storage)
            if isNew { readMaterial(of: record, descriptor.annotations, bytes, content, path) }
        }
        if resolved.isEmpty {
            let problem = content?.subjectProblem ?? "nothing says which artifact the signature is about"
            draft.warn(.signatureUnattached, path, carrier, problem)
        }
    }
}

extension SignatureKind {
    /// The form of a signature in a layer of a type that carries one.
    init(_ mediaType: MediaType) {
        if mediaType == .simpleSigning {
            self = .simpleSigning
        } else if mediaType == .dsseEnvelope {
            self = .attestation
        } else if mediaType == .notaryJWS {
            self = .notaryJWS
        } else if mediaType == .notaryCOSE {
            self = .notaryCOSE
        } else {
            self = .bundle
        }
    }
}

/// An attachment whose artifact is known.
private struct ResolvedAttachment: Hashable {
    let subject: Digest
    let storage: SignatureStorage
}

extension Attachment {
    /// The attachment with its artifact: what storage says, else what the signed content itself names.
    fileprivate func resolved(by content: SignedContent?) -> ResolvedAttachment? {
        (subject ?? content?.namedDigest).map { ResolvedAttachment(subject: $0, storage: storage) }
    }
}
