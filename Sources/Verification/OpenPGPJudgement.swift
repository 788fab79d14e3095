internal import CaseIndex
internal import OpenPGP
internal import Sigstore

extension SignatureJudge {
    /// Judges a signed OpenPGP message around a simple-signing payload (containers/image).
    func judge(_ record: SignatureRecord, openPGP bytes: [UInt8], _ content: ContentCheck) -> SignatureVerification {
        let message: OpenPGPMessage
        do throws(OpenPGPError) {
            message = try OpenPGPMessage(parsing: bytes)
        } catch {
            return unreadable(record, reason: "material.malformed", detail: error.description, content: content)
        }
        let report = OpenPGPReport(message, bytes, trust.openPGP)
        let claim = SubjectClaim(simpleSigning: message.content, image: record.subject)
        var checks = CheckList(signatureID: record.id)
        for check in report.checks { checks.add(check) }
        checks.add("statement", claim.form)
        checks.add("subject", claim.subject)
        checks.add("image-content", content)
        let isAuthentic =
            report.isAuthentic && !claim.form.isObstacle && !claim.subject.isObstacle && content.outcome != .failed
        let payload = try? SimpleSigningPayload(parsing: message.content)
        let facts = SignerFacts(
            record,
            foreign: .openPGP(fingerprint: report.fingerprint),
            annotations: payload?.annotations ?? [],
            references: payload.map { [$0.dockerReference] } ?? [],
            isAuthentic: isAuthentic
        )
        let isExpected = standard.judge(openPGP: facts, into: &checks)
        let verdict = VerdictRecord(
            signatureID: record.id,
            subject: record.subject,
            isAuthentic: isAuthentic,
            isTrusted: standard.isTrusted(isAuthentic: isAuthentic, isExpected: isExpected),
            identity: report.fingerprint.map { "OpenPGP key \($0)" },
            identityIssuer: nil,
            signedAt: nil,
            strength: report.fingerprint == nil ? ProofStrength.none.rawValue : ProofStrength.keyOnly.rawValue,
            trustedRoot: trust.openPGP?.label ?? "no OpenPGP keyring",
            policy: policyText
        )
        return SignatureVerification(verdict: verdict, checks: checks.records, facts: facts)
    }
}

extension SignerStandard {
    /// Adds the checks of the signer of an OpenPGP message: whoever holds a key of the keyring is expected.
    fileprivate func judge(openPGP facts: SignerFacts, into checks: inout CheckList) -> Bool {
        let expectation: SignatureExpectation
        switch self {
        case .expectation(let expected): expectation = expected
        case .rules(let rules, _): return Self.judge(foreign: facts, by: rules, into: &checks)
        }
        let annotations = AnnotationCheck(expectation.annotations, signed: facts.annotations).outcome
        let isExpected = expectation.expectsOpenPGPKey || !expectation.namesAnySigner
        if isExpected {
            checks.add("identity", CheckOutcome.notApplicable("the keys of the keyring are all that is asked for"))
        } else {
            checks.addUnexpectedKind("no signer with an OpenPGP signature is expected")
        }
        checks.add("annotations", annotations)
        return isExpected && !annotations.isObstacle
    }
}

/// What GnuPG's verifier says of a message, check by check.
private struct OpenPGPReport {
    private(set) var checks: [CheckRecord] = []
    /// The fingerprint of the primary key that signed, when the signature holds.
    private(set) var fingerprint: String?

    var isAuthentic: Bool {
        checks.allSatisfy { $0.outcome == .passed || $0.outcome == .notApplicable }
    }

    init(_ message: OpenPGPMessage, _ bytes: [UInt8], _ trust: OpenPGPTrust?) {
        let isSingle = message.signatures.count == 1 && message.signatures[0].type == 0
        if isSingle {
            add("form", .passed, nil, "one signature over a binary document")
        } else {
            let what = "\(message.signatures.count) signatures, the first of type \(message.signatures[0].type)"
            add("form", .failed, "openpgp.signature-count", what)
        }
        guard let trust else {
            lack("openpgp.keyring-not-given", "no OpenPGP keyring was given")
            return
        }
        guard let verifier = trust.verifier else {
            lack("openpgp.no-verifier", "gpgv is not in \(GPGV.folders.joined(separator: ", "))")
            return
        }
        do throws(GPGVError) {
            judge(try verifier.verify(bytes, with: trust.keyring), message)
        } catch {
            lack("openpgp.no-verifier", "gpgv could not be asked: \(error)")
        }
    }

    private mutating func judge(_ result: GPGVResult, _ message: OpenPGPMessage) {
        switch result.verdicts.first {
        case .valid(let signer, let primary) where result.verdicts.count == 1:
            // What the verifier read is what was read here, or its word is about something else.
            guard result.content == message.content else {
                add("signature", .failed, "openpgp.content-mismatch", "gpgv reads other content in the message")
                return add("key-validity", .notPerformed, "earlier-check-failed", "the signature does not hold")
            }
            fingerprint = primary
            add("signature", .passed, nil, "gpgv: the signature of key \(signer) holds")
            judgeValidity(result)
            return
        case .noKey(let identifier) where result.verdicts.count == 1:
            add("signature", .notPerformed, "key.not-given", "the keyring has no key \(identifier)")
        case .error, nil: add("signature", .failed, "signature.invalid", "gpgv cannot verify it (\(result.status))")
        case .bad, .valid, .noKey: add("signature", .failed, "signature.invalid", "gpgv: the signature does not hold")
        }
        add("key-validity", .notPerformed, "earlier-check-failed", "the signature does not hold")
    }

    private mutating func judgeValidity(_ result: GPGVResult) {
        if result.isKeyRevoked {
            add("key-validity", .failed, "openpgp.key-revoked", "the key was revoked")
        } else if result.isKeyExpired {
            add("key-validity", .failed, "openpgp.key-expired", "the key has expired")
        } else if result.isSignatureExpired {
            add("key-validity", .failed, "openpgp.signature-expired", "the signature has expired")
        } else {
            add("key-validity", .passed, nil, "neither key nor signature has expired, by the machine's clock")
        }
    }

    private mutating func lack(_ reason: String, _ detail: String) {
        add("signature", .notPerformed, reason, detail)
        add("key-validity", .notPerformed, reason, detail)
    }

    private mutating func add(_ name: String, _ outcome: CheckOutcomeWord, _ reason: String?, _ detail: String) {
        checks.append(
            CheckRecord(signatureID: "", position: 0, name: name, outcome: outcome, reason: reason, detail: detail)
        )
    }
}
