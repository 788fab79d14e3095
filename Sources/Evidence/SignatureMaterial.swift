internal import CaseIndex
internal import Cryptography
internal import OCI
internal import Presentation
internal import Sigstore
internal import StrictJSON

extension GraphReader {
    /// Reads what came with a signature: certificate, log entries, timestamps, and what all of it says.
    mutating func readMaterial(
        of record: SignatureRecord,
        _ annotations: Annotations,
        _ bytes: [UInt8]?,
        _ content: SignedContent?,
        _ path: [UInt8]
    ) {
        if let content { claimContent(content, record) }
        claimCarrierAnnotations(annotations, record)
        if let envelope = content?.notary?.envelope { note(envelope, record, path) }
        if let message = content?.message { note(message, record) }
        let entity: SignedEntity
        do {
            guard let read = try Self.entity(record, annotations, bytes, content) else { return }
            entity = read
        } catch {
            let reason = EscapedText("\(error)", limit: 400)
            draft.warn(
                .signatureMaterial,
                path,
                record.carrier,
                "the material of a signature cannot be read: \(reason)"
            )
            return
        }
        if case .certificate(let der, _) = entity.keyMaterial { note(certificate: der, record, path) }
        for (position, entry) in entity.logEntries.enumerated() { note(entry, position, record) }
        for (position, response) in entity.timestamps.enumerated() {
            guard let token = try? TimestampToken(response: response) else { continue }
            claim(.timestamp, "genTime", "\(token.generatedAt)", record, pointer: "/timestamps/\(position)")
        }
    }

    private static func entity(
        _ record: SignatureRecord,
        _ carried: Annotations,
        _ bytes: [UInt8]?,
        _ content: SignedContent?
    ) throws -> SignedEntity? {
        var annotations: [String: String] = [:]
        for pair in carried.pairs { annotations[pair.key] = pair.value }
        switch record.kind {
        case .simpleSigning: return try SignedEntity(simpleSigningAnnotations: annotations)
        case .attestation: return try bytes.map { try SignedEntity(attestation: $0, annotations: annotations) }
        case .bundle, .publishAttestation: return content?.bundle.map { SignedEntity($0) }
        case .logEntry: return content?.logEntry?.entity
        case .notaryJWS, .notaryCOSE, .openPGP: return nil
        }
    }

    private mutating func note(certificate der: [UInt8], _ record: SignatureRecord, _ path: [UInt8]) {
        do {
            let certificate = try Certificate(der: der)
            let identity = try CertificateIdentity(certificate)
            draft.add(
                CertificateRecord(
                    signatureID: record.id,
                    digest: certificate.digest,
                    der: der,
                    subjectAlternativeName: identity.name,
                    identityIssuer: identity.issuer,
                    issuer: certificate.issuerName,
                    serial: Hexadecimal.encode(certificate.fields.serial),
                    notBefore: certificate.fields.notBefore,
                    notAfter: certificate.fields.notAfter
                )
            )
            for name in identity.names {
                guard let text = name.text else { continue }
                claim(.certificate, "subjectAlternativeName", text, record, pointer: "2.5.29.17")
            }
            for known in FulcioExtension.allCases {
                guard let value = identity.extensions[known] else { continue }
                claim(.certificate, known.identifier, value, record, pointer: known.identifier)
            }
        } catch {
            let reason = EscapedText("\(error)", limit: 400)
            draft.warn(.signatureMaterial, path, record.carrier, "the certificate cannot be read: \(reason)")
        }
    }

    private mutating func note(_ entry: TransparencyLogEntry, _ position: Int, _ record: SignatureRecord) {
        // cosign's annotation leaves kind and version to the body.
        let body = try? JSONValue(parsing: entry.canonicalizedBody)
        let integratedTime = entry.integratedTime > 0 ? Timestamp(seconds: entry.integratedTime) : nil
        draft.add(
            LogEntryRecord(
                signatureID: record.id,
                position: position,
                logID: Hexadecimal.encode(entry.logID),
                logIndex: entry.logIndex,
                integratedTime: integratedTime,
                kind: entry.kind.isEmpty ? body?["kind"]?.string ?? "" : entry.kind,
                version: entry.version.isEmpty ? body?["apiVersion"]?.string ?? "" : entry.version,
                hasPromise: entry.inclusionPromise != nil,
                hasProof: entry.inclusionProof != nil
            )
        )
        let pointer = "/logEntries/\(position)"
        if let integratedTime { claim(.logEntry, "integratedTime", "\(integratedTime)", record, pointer: pointer) }
        claim(.logEntry, "logIndex", "\(entry.logIndex)", record, pointer: pointer)
    }
}
