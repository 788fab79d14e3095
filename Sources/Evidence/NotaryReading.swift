internal import CaseIndex
internal import Cryptography
internal import Notary
internal import OCI
internal import Presentation

/// An envelope of the Notary Project with the payload in it, read without believing either.
struct NotaryContent {
    let envelope: NotaryEnvelope
    /// The payload; nil when it is not what the specification gives.
    let payload: NotaryPayload?

    init(_ bytes: [UInt8], _ format: NotaryEnvelope.Format) throws {
        envelope = try NotaryEnvelope(parsing: bytes, format: format)
        payload = try? NotaryPayload(parsing: envelope.payload)
    }
}

extension GraphReader {
    /// Notes what the signed payload of an envelope says.
    mutating func claim(_ payload: NotaryPayload, _ record: SignatureRecord) {
        let members = [("mediaType", payload.mediaType), ("digest", payload.digest), ("size", "\(payload.size)")]
        for (name, value) in members {
            claim(.payload, "/targetArtifact/\(name)", value, record, pointer: "/targetArtifact/\(name)")
        }
        for (key, value) in payload.annotations {
            let pointer = "/targetArtifact/annotations/\(JSONPointer.escaped(key))"
            claim(.signedAnnotation, key, value, record, pointer: pointer)
        }
    }

    /// Notes the signed and unsigned attributes of an envelope, the signer's certificate and the timestamp.
    mutating func note(_ envelope: NotaryEnvelope, _ record: SignatureRecord, _ path: [UInt8]) {
        for attribute in envelope.header.attributes.prefix(limits.claimsPerStatement) {
            claim(.signedAttribute, attribute.label, attribute.value, record, pointer: "/protected")
        }
        if let agent = envelope.signingAgent {
            claim(.unsignedAttribute, "io.cncf.notary.signingAgent", agent, record, pointer: "/header")
        }
        if let token = envelope.timestampToken.flatMap({ try? TimestampToken(token: $0) }) {
            claim(.timestamp, "genTime", "\(token.generatedAt)", record, pointer: "/timestamps/0")
        }
        do {
            guard let der = envelope.certificates.first else { return }
            let certificate = try Certificate(der: der)
            note(certificate, record)
        } catch {
            let reason = EscapedText("\(error)", limit: 400)
            draft.warn(.signatureMaterial, path, record.carrier, "the signer's certificate cannot be read: \(reason)")
        }
    }

    private mutating func note(_ certificate: Certificate, _ record: SignatureRecord) {
        draft.add(
            CertificateRecord(
                signatureID: record.id,
                digest: certificate.digest,
                der: certificate.der,
                subjectAlternativeName: nil,
                identityIssuer: nil,
                issuer: certificate.issuerName,
                serial: Hexadecimal.encode(certificate.fields.serial),
                notBefore: certificate.fields.notBefore,
                notAfter: certificate.fields.notAfter
            )
        )
        claim(.certificate, "subject", certificate.subjectName, record, pointer: "subject")
    }
}
