internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import Notary
internal import Presentation
internal import Sigstore
internal import StrictJSON

/// Judges one signature of the case and turns the library's report into records.
struct SignatureJudge {
    private let verifier: Verifier
    let trust: TrustMaterial
    let time: Timestamp?
    /// What signers are compared with.
    var standard: SignerStandard

    init(trust: TrustMaterial, standard: SignerStandard, time: Timestamp?) {
        verifier = Verifier(root: trust.root)
        self.trust = trust
        self.standard = standard
        self.time = time
    }

    func judge(
        _ record: SignatureRecord,
        payload: [UInt8]?,
        isPayloadAltered: Bool,
        content: ContentCheck,
        artifact: ArtifactRecord? = nil
    ) -> SignatureVerification {
        guard let payload else {
            let reason = isPayloadAltered ? "payload.altered" : "payload.missing"
            let what = isPayloadAltered ? "is not what its descriptor names" : "is not in the evidence"
            return unreadable(record, reason: reason, detail: "the signed content \(what)", content: content)
        }
        switch record.kind {
        case .notaryJWS: return judge(record, notary: payload, .jws, content, artifact)
        case .notaryCOSE: return judge(record, notary: payload, .cose, content, artifact)
        case .openPGP: return judge(record, openPGP: payload, content)
        case .simpleSigning, .attestation, .bundle, .publishAttestation, .logEntry: break
        }
        let evidence: SignatureEvidence
        do {
            evidence = try SignatureEvidence(record, payload: payload)
        } catch {
            return unreadable(record, reason: "material.malformed", detail: "\(error)", content: content)
        }
        let report = verifier.verify(
            evidence.entity,
            of: evidence.artifact,
            claim: evidence.claim,
            policy: policy(for: evidence.entity)
        )
        return verification(record, report: report, evidence: evidence, content: content)
    }

    /// A key's signature needs no log, a certificate's does; how much either proves is said by its strength.
    private func policy(for entity: SignedEntity) -> VerificationPolicy {
        var policy = trust.policy
        policy.identity = standard.identity(for: entity)
        policy.referenceTime = time
        if case .certificate = entity.keyMaterial { return policy }
        policy.logThreshold = 0
        return policy
    }

    private func verification(
        _ record: SignatureRecord,
        report: VerificationReport,
        evidence: SignatureEvidence,
        content: ContentCheck
    ) -> SignatureVerification {
        var checks = CheckList(signatureID: record.id)
        for check in report.cryptographicChecks { checks.add(check.name, check.outcome) }
        checks.add("image-content", content)
        let isAuthentic = report.isAuthentic && content.outcome != .failed
        let facts = SignerFacts(record, proof: report.proof, evidence: evidence, isAuthentic: isAuthentic)
        let isExpected = standard.judge(report, evidence, facts, into: &checks)
        let verdict = VerdictRecord(
            signatureID: record.id,
            subject: record.subject,
            isAuthentic: isAuthentic,
            isTrusted: standard.isTrusted(isAuthentic: isAuthentic, isExpected: isExpected),
            identity: report.proof.identity ?? Self.keyName(report),
            identityIssuer: report.proof.identityIssuer,
            signedAt: report.proof.times.first?.time,
            strength: report.proof.strength.rawValue,
            trustedRoot: trust.label,
            policy: policyText
        )
        return SignatureVerification(verdict: verdict, checks: checks.records, facts: facts)
    }

    /// The key by which a signature holds; one that was only tried made nothing.
    private static func keyName(_ report: VerificationReport) -> String? {
        report.signature.isObstacle ? nil : report.proof.publicKey.map { "key \($0.identifier)" }
    }

    func unreadable(
        _ record: SignatureRecord,
        reason: String,
        detail: String,
        content: ContentCheck
    ) -> SignatureVerification {
        var checks = CheckList(signatureID: record.id)
        checks.add(.init(signatureID: "", position: 0, name: "form", outcome: .failed, reason: reason, detail: detail))
        checks.add("image-content", content)
        let verdict = VerdictRecord(
            signatureID: record.id,
            subject: record.subject,
            isAuthentic: false,
            isTrusted: standard.isTrusted(isAuthentic: false, isExpected: false),
            identity: nil,
            identityIssuer: nil,
            signedAt: nil,
            strength: ProofStrength.none.rawValue,
            trustedRoot: trust.label,
            policy: policyText
        )
        return SignatureVerification(verdict: verdict, checks: checks.records, facts: nil)
    }

    var policyText: String {
        standard.json(time: time).canonical
    }
}

/// The library's input for one signature record.
struct SignatureEvidence {
    let entity: SignedEntity
    let artifact: Artifact
    let claim: SubjectClaim?
    /// The annotations that the signer signed; nil for an attestation, which has none.
    let annotations: [(key: String, value: String)]?
    /// The names that the signed content gives the artifact.
    let references: [String]

    init(_ record: SignatureRecord, payload: [UInt8]) throws {
        switch record.kind {
        case .simpleSigning:
            entity = try SignedEntity(simpleSigningAnnotations: try Self.annotations(record))
            artifact = .bytes(payload)
            claim = SubjectClaim(simpleSigning: payload, image: record.subject)
            let read = try? SimpleSigningPayload(parsing: payload)
            annotations = read?.annotations ?? []
            references = read.map { [$0.dockerReference] } ?? []
        case .attestation:
            entity = try SignedEntity(attestation: payload, annotations: try Self.annotations(record))
            artifact = .digest(record.subject)
            claim = nil
            annotations = Self.annotations(of: entity, image: record.subject)
            references = Self.references(in: entity, to: record.subject)
        case .bundle:
            entity = SignedEntity(try SigstoreBundle(parsing: payload))
            artifact = .digest(record.subject)
            claim = nil
            annotations = Self.annotations(of: entity, image: record.subject)
            references = Self.references(in: entity, to: record.subject)
        case .publishAttestation:
            entity = SignedEntity(try SigstoreBundle(publishAttestation: payload))
            artifact = .digest(record.subject)
            claim = nil
            annotations = Self.annotations(of: entity, image: record.subject)
            references = Self.references(in: entity, to: record.subject)
        case .logEntry:
            guard let held = try RekorEntry(JSONValue(parsing: payload)).entity else {
                throw FormatError.malformed(path: "body", expected: "an entry that holds a signature")
            }
            entity = held
            artifact = .digest(record.subject)
            claim = nil
            annotations = nil
            references = []
        case .notaryJWS, .notaryCOSE, .openPGP: throw FormatError.malformed(path: "", expected: "a format of Sigstore")
        }
    }

    /// The names of the statement's subjects that are the artifact.
    private static func references(in entity: SignedEntity, to artifact: Digest) -> [String] {
        guard case .envelope(let envelope, _) = entity.content,
            let statement = try? Statement(parsing: envelope.payload)
        else { return [] }
        return statement.subjects.filter { $0.names(algorithm: artifact.algorithm.rawValue, hex: artifact.hex) }
            .compactMap(\.name)
    }

    private static func annotations(_ record: SignatureRecord) throws -> [String: String] {
        let json = try JSONValue(parsing: Array(record.annotations.utf8))
        var result: [String: String] = [:]
        for member in json.object?.members ?? [] {
            result[member.name.text] = member.value.string
        }
        return result
    }

    /// cosign 3 puts the annotations of a signature into the statement's subject.
    private static func annotations(of entity: SignedEntity, image: Digest) -> [(key: String, value: String)]? {
        guard case .envelope(let envelope, _) = entity.content,
            let statement = try? Statement(parsing: envelope.payload),
            statement.predicateType.hasSameBytes(as: "https://sigstore.dev/cosign/sign/v1")
        else { return nil }
        let subject = statement.subjects.first { $0.names(algorithm: image.algorithm.rawValue, hex: image.hex) }
        return subject?.annotations?.members.compactMap { member in
            member.value.string.map { (member.name.text, $0) }
        } ?? []
    }
}

/// Whether the signer signed every annotation that is expected.
struct AnnotationCheck {
    let outcome: CheckOutcome

    /// Compares with the annotations that were signed; nil stands for a signature that has none.
    init(_ expected: [(key: String, value: String)], signed: [(key: String, value: String)]?) {
        guard !expected.isEmpty else {
            outcome = .notApplicable("no annotation is expected")
            return
        }
        guard let signed else {
            outcome = .notApplicable("an attestation carries no annotations")
            return
        }
        for wanted in expected {
            guard let found = signed.first(where: { $0.key.hasSameBytes(as: wanted.key) }) else {
                outcome = .failed(.init(code: .annotationMissing, detail: "\(wanted.key) was not signed"))
                return
            }
            guard found.value.hasSameBytes(as: wanted.value) else {
                let detail = "\(wanted.key) is \"\(found.value)\", expected \"\(wanted.value)\""
                outcome = .failed(.init(code: .annotationMismatch, detail: detail))
                return
            }
        }
        outcome = .passed("\(expected.count) as expected")
    }
}

/// Collects check records in order.
struct CheckList {
    /// Characters of a detail that are kept.
    private static let maximumDetail = 4096

    let signatureID: String
    private(set) var records: [CheckRecord] = []

    init(signatureID: String) {
        self.signatureID = signatureID
    }

    mutating func add(_ name: String, _ outcome: CheckOutcome) {
        let word: CheckOutcomeWord
        let reason: String?
        let detail: String
        switch outcome {
        case .passed(let text): (word, reason, detail) = (.passed, nil, text)
        case .failed(let failure): (word, reason, detail) = (.failed, failure.code.rawValue, failure.detail)
        case .notApplicable(let text): (word, reason, detail) = (.notApplicable, nil, text)
        case .notPerformed(let missing): (word, reason, detail) = (.notPerformed, missing.code.rawValue, missing.detail)
        }
        add(.init(signatureID: "", position: 0, name: name, outcome: word, reason: reason, detail: detail))
    }

    mutating func add(_ name: String, _ content: ContentCheck) {
        add(
            .init(
                signatureID: "",
                position: 0,
                name: name,
                outcome: content.outcome,
                reason: content.reason,
                detail: content.detail
            )
        )
    }

    mutating func add(_ record: CheckRecord) {
        var record = record
        record.signatureID = signatureID
        // Details quote evidence; what is stored is safe to show.
        record.detail = EscapedText(record.detail, limit: Self.maximumDetail).text
        record.position = records.count
        records.append(record)
    }
}
