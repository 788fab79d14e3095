internal import CaseIndex
internal import Cryptography
internal import Notary
internal import Sigstore

extension SignatureJudge {
    /// Judges an envelope of the Notary Project, about an artifact of which more may be known than its digest.
    func judge(
        _ record: SignatureRecord,
        notary bytes: [UInt8],
        _ format: NotaryEnvelope.Format,
        _ content: ContentCheck,
        _ artifact: ArtifactRecord?
    ) -> SignatureVerification {
        let envelope: NotaryEnvelope
        do throws(NotaryError) {
            envelope = try NotaryEnvelope(parsing: bytes, format: format)
        } catch {
            return unreadable(record, reason: "material.malformed", detail: error.description, content: content)
        }
        let subject = NotarySubject(digest: record.subject, size: artifact?.size, mediaType: artifact?.mediaType)
        let verifier = NotaryVerifier(trust: trust.notary?.store, at: time ?? trust.presentTime)
        let report = verifier.verify(envelope, of: subject)
        var checks = CheckList(signatureID: record.id)
        for check in report.checks { checks.add(check.name, check.outcome) }
        checks.add("image-content", content)
        let isAuthentic = report.isAuthentic && content.outcome != .failed
        let proof = report.proof
        let facts = SignerFacts(
            record,
            foreign: .notary(proof.certificate),
            annotations: (try? NotaryPayload(parsing: envelope.payload))?.annotations ?? [],
            references: [],
            isAuthentic: isAuthentic
        )
        let isExpected = standard.judge(report, facts, into: &checks)
        let verdict = VerdictRecord(
            signatureID: record.id,
            subject: record.subject,
            isAuthentic: isAuthentic,
            isTrusted: standard.isTrusted(isAuthentic: isAuthentic, isExpected: isExpected),
            identity: proof.certificate?.subjectName,
            identityIssuer: proof.certificate?.issuerName,
            signedAt: proof.time,
            strength: proof.strength,
            trustedRoot: trust.notary?.label ?? "no trust store",
            policy: policyText
        )
        return SignatureVerification(verdict: verdict, checks: checks.records, facts: facts)
    }
}

extension NotaryProof {
    /// How strong the proof is, in one word.
    fileprivate var strength: String {
        guard certificate != nil else { return "none" }
        guard time != nil else { return "certificate-without-time" }
        return isTimestamped ? "certificate-with-timestamp" : "signing-authority"
    }
}

extension SignerStandard {
    /// Adds the checks of the signer of a Notary Project signature.
    ///
    /// - Returns: Whether the signer is as expected.
    fileprivate func judge(
        _ report: NotaryReport,
        _ facts: SignerFacts,
        into checks: inout CheckList
    ) -> Bool {
        let expectation: SignatureExpectation
        switch self {
        case .expectation(let expected): expectation = expected
        case .rules(let rules, _): return Self.judge(foreign: facts, by: rules, into: &checks)
        }
        let annotations = AnnotationCheck(expectation.annotations, signed: facts.annotations).outcome
        let isExpected = Self.judge(report.proof.certificate, expectation, into: &checks)
        checks.add("annotations", annotations)
        return isExpected && !annotations.isObstacle
    }

    private static func judge(
        _ certificate: Certificate?,
        _ expectation: SignatureExpectation,
        into checks: inout CheckList
    ) -> Bool {
        guard !expectation.notaryIdentities.isEmpty else {
            guard !expectation.namesAnySigner else {
                checks.addUnexpectedKind("no signer with a Notary Project signature is expected")
                return false
            }
            checks.add("identity", NotaryOutcome.notApplicable("no signer is expected"))
            return true
        }
        guard let certificate else {
            checks.add("identity", NotaryOutcome.notPerformed(.earlierFailure, "the certificate cannot be read"))
            return false
        }
        guard let accepted = expectation.notaryIdentities.first(where: { $0.accepts(certificate) }) else {
            checks.add("identity", NotaryOutcome.failed(.identity, "the signer is \(certificate.subjectName)"))
            return false
        }
        checks.add("identity", NotaryOutcome.passed("\(certificate.subjectName), as expected by \(accepted)"))
        return true
    }
}

extension CheckList {
    /// Adds what a check of a Notary Project signature came to.
    mutating func add(_ name: String, _ outcome: NotaryOutcome) {
        let (word, reason, detail): (CheckOutcomeWord, String?, String) =
            switch outcome {
            case .passed(let text): (.passed, nil, text)
            case .failed(let failure, let text): (.failed, failure.rawValue, text)
            case .notApplicable(let text): (.notApplicable, nil, text)
            case .notPerformed(let missing, let text): (.notPerformed, missing.rawValue, text)
            }
        add(CheckRecord(signatureID: "", position: 0, name: name, outcome: word, reason: reason, detail: detail))
    }

    /// Adds that signers of this format are not the ones who are expected.
    mutating func addUnexpectedKind(_ detail: String) {
        let reason = "identity.kind"
        add(
            CheckRecord(
                signatureID: "",
                position: 0,
                name: "identity",
                outcome: .failed,
                reason: reason,
                detail: detail
            )
        )
    }
}
