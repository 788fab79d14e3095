package import CaseIndex
package import Cryptography
internal import Foundation

/// A case in a temporary file, filled record by record; the file goes with the last reference.
package final class CaseFixture: Sendable {
    /// The case.
    package let caseFile: CaseFile
    /// Its path.
    package let path: String
    /// The one piece of evidence that everything is said to come from.
    package let sourceID: Int64
    /// A time that every record of the fixture uses where none is given.
    package static let time = Timestamp(seconds: 1_710_869_186)

    package init() throws {
        path = NSTemporaryDirectory() + "raireki-fixture-\(UUID().uuidString).raireki"
        caseFile = try CaseFile.openOrCreate(path)
        sourceID = try caseFile.write { writer in
            let id = try writer.insert(
                SourceRecord(
                    kind: "oci-layout",
                    path: "evidence/layout",
                    digest: Self.digest("source"),
                    importedAt: Self.time,
                    isComplete: true
                )
            )
            writer.appendActivity(
                verb: "import",
                arguments: "[\"evidence/layout\"]",
                toolVersion: "0.0.0",
                startedAt: Self.time,
                result: "{\"sources\":1}"
            )
            return id
        }
    }

    deinit {
        try? caseFile.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    /// A digest that stands for content with this name.
    package static func digest(_ name: String) -> Digest {
        Digest(hashing: Array(name.utf8))
    }

    /// Stores an image of one configuration and one layer under a name; answers its digest.
    @discardableResult
    package func addImage(_ name: String, layer outcome: DescriptorOutcome = .matched) throws -> Digest {
        let image = Self.digest("image \(name)")
        try caseFile.write { writer in
            try writer.insert(
                ArtifactRecord(
                    digest: image,
                    size: 500,
                    mediaType: "application/vnd.oci.image.manifest.v1+json",
                    role: .imageManifest
                )
            )
            try writer.insert(LocationRecord(digest: image, sourceID: sourceID, path: "blobs/sha256/\(image.hex)"))
            try writer.insert(
                ReferenceRecord(
                    name: name,
                    digest: image,
                    sourceID: sourceID,
                    key: "org.opencontainers.image.ref.name"
                )
            )
            try insert(.entry, Self.digest("index.json"), image, .matched, writer)
            try insert(.configuration, image, Self.digest("configuration \(name)"), .matched, writer)
            try insert(.layer, image, Self.digest("layer \(name)"), outcome, writer)
        }
        return image
    }

    private func insert(
        _ kind: RelationshipKind,
        _ origin: Digest,
        _ target: Digest,
        _ outcome: DescriptorOutcome,
        _ writer: CaseWriter
    ) throws {
        let position = kind == .entry ? try writer.reader.relationships(from: origin).count : 0
        var record = RelationshipRecord(
            sourceID: sourceID,
            origin: origin,
            kind: kind,
            position: position,
            target: target,
            mediaType: nil,
            size: 500,
            outcome: outcome
        )
        if outcome == .digestMismatch { record.observedDigest = Self.digest("other bytes") }
        try writer.insert(record)
    }
}

extension CaseFixture {
    /// Stores a signature over an image with its certificate and its log entry, and a verdict unless `authentic` is nil;
    /// answers its id.
    @discardableResult
    package func addSignature(
        _ image: Digest,
        named name: String = "signature",
        kind: SignatureKind = .simpleSigning,
        authentic: Bool? = true,
        trusted: Bool? = nil,
        predicateType: String? = nil,
        payload: [UInt8]? = nil,
        annotations: String = "{}"
    ) throws -> String {
        let content = payload ?? Array(#"{"critical":{},"optional":null}"#.utf8)
        let record = SignatureRecord(
            kind: kind,
            subject: image,
            carrier: Self.digest("carrier of \(name)"),
            position: 0,
            payload: Digest(hashing: content),
            annotations: annotations,
            predicateType: predicateType
        )
        try caseFile.write { writer in
            try writer.insert(content: content, digest: record.payload)
            _ = try writer.insert(record)
            try writer.insert(SightingRecord(signatureID: record.id, sourceID: sourceID, storage: .tagName))
            try writer.insert(Self.certificate(record.id))
            try writer.insert(Self.logEntry(record.id))
            if let authentic {
                try writer.replace(
                    Self.verdict(record, authentic, trusted),
                    checks: Self.checks(record.id, authentic: authentic)
                )
            }
        }
        return record.id
    }

    /// Stores what a document says of an image.
    package func addClaim(
        _ image: Digest,
        _ speaker: Speaker,
        _ key: String,
        _ value: String,
        signature: String? = nil
    ) throws {
        try caseFile.write { writer in
            try writer.insert(
                ClaimRecord(
                    subject: image,
                    signatureID: signature,
                    speaker: speaker,
                    key: key,
                    value: value,
                    readFrom: Self.digest("document of \(speaker.rawValue) in \(signature ?? "nothing")"),
                    pointer: key
                )
            )
        }
    }
}

// MARK: - Records

extension CaseFixture {
    /// The identity that signs.
    package static let identity = "https://git.example/group/app//.gitlab-ci.yml@refs/heads/main"
    /// Who vouches for it.
    package static let issuer = "https://git.example"

    private static func certificate(_ id: String) -> CertificateRecord {
        CertificateRecord(
            signatureID: id,
            digest: digest("certificate of \(id)"),
            der: [0x30, 0x00],
            subjectAlternativeName: identity,
            identityIssuer: issuer,
            issuer: "CN=sigstore-intermediate,O=sigstore.dev",
            serial: "0a1b2c",
            notBefore: time,
            notAfter: time.adding(seconds: 600)
        )
    }

    private static func logEntry(_ id: String) -> LogEntryRecord {
        LogEntryRecord(
            signatureID: id,
            position: 0,
            logID: digest("log").hex,
            logIndex: 79_571_823,
            integratedTime: time.adding(seconds: 2),
            kind: "hashedrekord",
            version: "0.0.1",
            hasPromise: true,
            hasProof: false
        )
    }

    private static func verdict(_ record: SignatureRecord, _ authentic: Bool, _ trusted: Bool?) -> VerdictRecord {
        VerdictRecord(
            signatureID: record.id,
            subject: record.subject,
            isAuthentic: authentic,
            isTrusted: trusted,
            identity: identity,
            identityIssuer: issuer,
            signedAt: time.adding(seconds: 2),
            strength: "inclusion-promise",
            trustedRoot: "public good",
            policy: "{}"
        )
    }

    private static func checks(_ id: String, authentic: Bool) -> [CheckRecord] {
        let rows: [(String, CheckOutcomeWord, String?, String)] = [
            ("inclusion-promise", .passed, nil, "the log's signed entry timestamp holds"),
            ("inclusion-proof", .notApplicable, nil, "the entry carries no inclusion proof"),
            ("certificate-path", .passed, nil, "the certificate leads to an authority of the trusted root"),
            authentic
                ? ("signature", .passed, nil, "the signature holds over the payload")
                : ("signature", .failed, "signature.invalid", "the signature does not hold over the payload"),
        ]
        return rows.enumerated().map { position, row in
            CheckRecord(
                signatureID: id,
                position: position,
                name: row.0,
                outcome: row.1,
                reason: row.2,
                detail: row.3
            )
        }
    }
}

extension CaseFixture {
    /// Stores one more name of an image.
    package func addReference(_ name: String, _ digest: Digest, key: String) throws {
        try caseFile.write { writer in
            try writer.insert(ReferenceRecord(name: name, digest: digest, sourceID: sourceID, key: key))
        }
    }
}
