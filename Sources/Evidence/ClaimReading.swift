internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import OCI
internal import Sigstore
internal import StrictJSON

// What documents say, each with where it says it.

extension GraphReader {
    /// Notes what the material of a signature says.
    mutating func claim(
        _ speaker: Speaker,
        _ key: String,
        _ value: String,
        _ record: SignatureRecord,
        pointer: String
    ) {
        guard value.utf8.count <= limits.claimValueBytes else { return warnOfLongValue(value, record.payload) }
        // A bundle holds its own material; otherwise that stands in annotations of the carrier.
        let isInPayload =
            switch speaker {
            case .signedAnnotation, .statement, .payload, .signedAttribute, .unsignedAttribute: true
            case .carrierAnnotation: false
            default: record.kind != .simpleSigning && record.kind != .attestation
            }
        draft.add(
            ClaimRecord(
                subject: record.subject,
                signatureID: record.id,
                speaker: speaker,
                key: key,
                value: value,
                readFrom: isInPayload ? record.payload : record.carrier,
                pointer: pointer
            )
        )
    }

    /// Notes what a document says of an artifact.
    mutating func claim(
        _ speaker: Speaker,
        _ key: String,
        _ value: String,
        about subject: Digest,
        in document: Digest,
        pointer: String
    ) {
        guard value.utf8.count <= limits.claimValueBytes else { return warnOfLongValue(value, document) }
        draft.add(
            ClaimRecord(
                subject: subject,
                signatureID: nil,
                speaker: speaker,
                key: key,
                value: value,
                readFrom: document,
                pointer: pointer
            )
        )
    }

    // MARK: - Unsigned documents

    /// Notes the annotations of a manifest or index.
    mutating func claimAnnotations(_ annotations: Annotations, of document: Digest) {
        for pair in annotations.pairs {
            let pointer = "/annotations/\(JSONPointer.escaped(pair.key))"
            claim(.manifestAnnotation, pair.key, pair.value, about: document, in: document, pointer: pointer)
        }
    }

    /// Notes the annotations of a descriptor in an index: what they say is about its target.
    mutating func claimDescriptorAnnotations(_ descriptor: Descriptor, from document: Digest, _ position: Int) {
        for pair in descriptor.annotations.pairs {
            let pointer = "/manifests/\(position)/annotations/\(JSONPointer.escaped(pair.key))"
            claim(.manifestAnnotation, pair.key, pair.value, about: descriptor.digest, in: document, pointer: pointer)
        }
    }

    /// Notes labels and the members of a configuration that tell of its making.
    mutating func claim(_ configuration: ImageConfiguration, _ document: Digest, about manifest: Digest) {
        for label in configuration.labels.pairs {
            let pointer = "/config/Labels/\(JSONPointer.escaped(label.key))"
            claim(.label, label.key, label.value, about: manifest, in: document, pointer: pointer)
        }
        let members = [
            ("created", configuration.created), ("author", configuration.author),
            ("architecture", configuration.architecture), ("os", configuration.os),
        ]
        for case (let name, let value?) in members where !value.isEmpty {
            claim(.configuration, "/\(name)", value, about: manifest, in: document, pointer: "/\(name)")
        }
    }

    // MARK: - Signed content

    /// Notes what a payload or statement says.
    mutating func claimContent(_ content: SignedContent, _ record: SignatureRecord) {
        if let payload = content.payload { claim(payload, record) }
        if let statement = content.statement { claim(statement, record) }
        if let payload = content.notary?.payload { claim(payload, record) }
    }

    private mutating func claim(_ payload: SimpleSigningPayload, _ record: SignatureRecord) {
        let critical = [
            ("docker-reference", payload.dockerReference, "/critical/identity/docker-reference"),
            ("docker-manifest-digest", payload.manifestDigest, "/critical/image/docker-manifest-digest"),
            ("type", payload.type, "/critical/type"),
        ]
        for (key, value, pointer) in critical {
            claim(.payload, key, value, record, pointer: pointer)
        }
        claim(annotations: payload.optional, at: "/optional", record)
    }

    private mutating func claim(_ statement: Statement, _ record: SignatureRecord) {
        if statement.predicateType.hasSameBytes(as: SignatureRecord.cosignSignPredicate) {
            for (position, subject) in statement.subjects.enumerated() {
                guard let annotations = subject.annotations else { continue }
                claim(annotations: annotations, at: "/subject/\(position)/annotations", record)
            }
        }
        let flat = FlatJSON(statement.json, limit: limits.claimsPerStatement)
        warnIfCut(flat, [], record.payload)
        for (pointer, value) in flat.scalars {
            claim(.statement, pointer, value, record, pointer: pointer)
        }
    }

    /// Notes the signer's annotations; one that is no text is noted as its JSON.
    private mutating func claim(annotations: JSONObject, at base: String, _ record: SignatureRecord) {
        for member in annotations.members {
            let value = member.value.string ?? member.value.compact
            let pointer = "\(base)/\(JSONPointer.escaped(member.name.text))"
            claim(.signedAnnotation, member.name.text, value, record, pointer: pointer)
        }
    }

    /// Notes the annotations of the layer that carries a signature, other than its material, which is kept as such.
    mutating func claimCarrierAnnotations(_ annotations: Annotations, _ record: SignatureRecord) {
        let material = [
            CosignAnnotation.signature, CosignAnnotation.certificate, CosignAnnotation.chain, CosignAnnotation.bundle,
            CosignAnnotation.timestamp,
        ]
        for pair in annotations.pairs where !material.contains(pair.key) {
            let pointer = "/layers/\(record.position)/annotations/\(JSONPointer.escaped(pair.key))"
            claim(.carrierAnnotation, pair.key, pair.value, record, pointer: pointer)
        }
    }

    private mutating func warnOfLongValue(_ value: String, _ document: Digest) {
        guard reported.insert(Reported(code: .limitClaims, digest: document, size: nil)).inserted else { return }
        draft.warn(
            .limitClaims,
            [],
            document,
            "a value of \(value.utf8.count) bytes, more than the limit of \(limits.claimValueBytes) (--limit "
                + "claim-value-bytes=…); this and others like it are kept but not listed"
        )
    }

    mutating func warnIfCut(_ flat: FlatJSON, _ path: [UInt8], _ digest: Digest) {
        guard flat.isCut else { return }
        draft.warn(
            .limitClaims,
            path,
            digest,
            "\(flat.count) claims; those beyond the limit of \(limits.claimsPerStatement) are kept but not listed "
                + "(--limit claims-per-statement=…)"
        )
    }
}
