internal import Cryptography
internal import Sigstore
internal import StrictJSON

/// What signers are compared with.
package enum VerificationStandard: Sendable {
    /// One expectation for every image.
    case expectation(SignatureExpectation)
    /// A policy with rules for many images.
    case policy(ImagePolicy)
}

/// What the signers of one image are compared with.
enum SignerStandard {
    /// An expectation.
    case expectation(SignatureExpectation)
    /// The rules of a policy that name the image.
    case rules([PolicyRule], of: ImagePolicy)

    /// What the library compares the signer with.
    func identity(for entity: SignedEntity) -> IdentityExpectation? {
        switch self {
        case .expectation(let expectation): return expectation.identityExpectation
        case .rules:
            // The rules do the comparing; a certificate's key is not to be looked for among theirs.
            guard case .certificate = entity.keyMaterial else { return nil }
            return IdentityExpectation(name: .anything, issuer: .anything)
        }
    }

    /// Adds the checks of the signer.
    ///
    /// - Returns: Whether the signer is as expected.
    func judge(
        _ report: VerificationReport,
        _ evidence: SignatureEvidence,
        _ facts: SignerFacts,
        into checks: inout CheckList
    ) -> Bool {
        switch self {
        case .expectation(let expectation):
            let annotations = AnnotationCheck(expectation.annotations, signed: evidence.annotations).outcome
            guard !expectation.namesOnlyOthers else {
                checks.addUnexpectedKind("the signers that are expected sign in another format")
                checks.add("annotations", annotations)
                return false
            }
            checks.add("identity", report.identity)
            checks.add("annotations", annotations)
            return !report.identity.isObstacle && !annotations.isObstacle
        case .rules(let rules, _):
            checks.add("identity", report.identity)
            let outcome = Self.policyOutcome(rules, facts)
            checks.add("policy", outcome)
            return !report.identity.isObstacle && !outcome.isObstacle
        }
    }

    /// Whether a rule asks for a signature in a format that is not Sigstore's.
    static func judge(foreign facts: SignerFacts, by rules: [PolicyRule], into checks: inout CheckList) -> Bool {
        let outcome = policyOutcome(rules, facts)
        checks.add("identity", CheckOutcome.notApplicable("the rules of the policy say who is expected"))
        checks.add("policy", outcome)
        return !outcome.isObstacle
    }

    private static func policyOutcome(_ rules: [PolicyRule], _ facts: SignerFacts) -> CheckOutcome {
        guard !rules.isEmpty else { return .notApplicable("no rule of the policy names the image") }
        let asking = rules.filter { rule in
            rule.requirements.contains { requirement in
                requirement.kind.isSame(as: facts.kind) && requirement.signers.contains { $0.accepts(facts) }
            }
        }
        guard asking.isEmpty else {
            return .passed("asked for by rule \(asking.map(\.name).joined(separator: ", "))")
        }
        let names = rules.map(\.name).joined(separator: ", ")
        return .failed(.init(code: .policySigner, detail: "no requirement of rule \(names) is met by \(facts.what)"))
    }

    /// Whether a signature is trusted; nil when nobody was asked for.
    func isTrusted(isAuthentic: Bool, isExpected: Bool) -> Bool? {
        switch self {
        case .expectation(let expectation):
            guard !expectation.isEmpty else { return nil }
            guard isAuthentic, isExpected else { return false }
            return expectation.namesSigner ? true : nil
        case .rules(let rules, _): return rules.isEmpty ? nil : isAuthentic && isExpected
        }
    }

    /// As it is recorded with a verdict.
    func json(time: Timestamp?) -> JSONValue {
        let at = JSONValue(time?.description)
        switch self {
        case .expectation(let expectation): return ["expectation": expectation.json, "at": at]
        case .rules(let rules, let policy):
            let document: JSONValue = [
                "name": JSONValue(policy.name), "digest": JSONValue("\(policy.digest)"),
                "rules": .array(rules.map { JSONValue($0.name) }),
            ]
            return ["policy": document, "at": at]
        }
    }
}

extension SignerFacts {
    /// What kind of signature it is, for messages.
    fileprivate var what: String {
        switch foreign {
        case nil: "it"
        case .notary: "this Notary Project signature; only notaryIdentity names such signers"
        case .openPGP: "this OpenPGP signature; only openPGPKey names such signers"
        }
    }
}
