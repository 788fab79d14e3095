internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// A signature that came in a file of its own instead of in a manifest.
struct LooseSignature {
    let kind: SignatureKind
    /// The payload, envelope or bundle.
    let payload: [UInt8]
    /// What stands beside it, under the names that cosign's annotations have.
    var annotations: [String: String] = [:]
    let storage: SignatureStorage
}

extension GraphReader {
    /// Makes records of a signature for every artifact that it is about.
    ///
    /// - Parameters:
    ///   - signature: The signature.
    ///   - carrier: The digest of the file that holds it.
    ///   - position: Its place in that file.
    ///   - subjects: What storage says it is about; when empty, its own content says.
    ///   - path: Where the file lies.
    mutating func add(
        _ signature: LooseSignature,
        carrier: Digest,
        position: Int,
        subjects: [Digest],
        _ path: [UInt8]
    ) {
        let digest = Digest(hashing: signature.payload)
        draft.add(content: signature.payload, of: digest)
        draft.add(
            ArtifactRecord(digest: digest, size: Int64(signature.payload.count), mediaType: nil, role: .payload)
        )
        let content = SignedContent(signature.payload, signature.kind)
        if let problem = content.problem { draft.warn(.signaturePayload, path, digest, problem) }
        let about = subjects.isEmpty ? content.namedDigests : subjects
        if about.isEmpty {
            draft.warn(.signatureUnattached, path, carrier, content.subjectProblem)
        }
        let pairs = signature.annotations.sorted { $0.key < $1.key }.map {
            Annotations.Pair(key: $0.key, value: $0.value)
        }
        let annotations = Annotations(pairs)
        for subject in about {
            let record = SignatureRecord(
                kind: signature.kind,
                subject: subject,
                carrier: carrier,
                position: position,
                payload: digest,
                annotations: annotations.json.canonical,
                predicateType: content.statement?.predicateType
            )
            guard hasRoom(for: record) else { continue }
            let isNew = draft.signatures[record.id] == nil
            draft.add(record, storage: signature.storage)
            if isNew { readMaterial(of: record, annotations, signature.payload, content, path) }
        }
    }
}
