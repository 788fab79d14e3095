internal import Cryptography
internal import Presentation
internal import Sigstore
internal import StrictJSON
internal import Verification

/// What a policy came to, image by image.
struct PolicyResultPage {
    private let policy: ImagePolicy
    private let results: [PolicyResult]

    init(_ policy: ImagePolicy, _ results: [PolicyResult]) {
        self.policy = policy
        self.results = results
    }

    /// Whether every image meets the policy.
    var isMet: Bool { results.allSatisfy(\.isMet) }

    /// Rules that name none of the images: perhaps a slip of the pen.
    var unusedRules: [String] {
        let used = Set(results.flatMap(\.rules).map(\.name))
        return policy.rules.map(\.name).filter { !used.contains($0) }
    }

    /// For people, in a line.
    var sentence: String {
        let met = results.count(where: \.isMet)
        let without = results.count { $0.rules.isEmpty }
        let unnamed = without == 0 ? "" : ", \(without) named by no rule"
        return "policy: \(met) of \(counted(results.count, "image")) met\(unnamed)"
    }

    /// For the custody log.
    var result: [(String, JSONValue)] {
        [("policy", JSONValue("\(policy.digest)")), ("policyMet", .bool(isMet))]
    }

    var text: String {
        var lines = ["policy \(shown(policy.name)) (\(policy.digest))"]
        for result in results {
            let name = result.target.names.first.map { " \(shown($0))" } ?? ""
            lines += ["", "  \(Self.mark(result.isMet)) \(result.target.image)\(name)"]
            if result.rules.isEmpty { lines.append("    ✗ no rule names the image") }
            for rule in result.rules {
                lines.append("    \(Self.mark(rule.isMet)) rule \(shown(rule.name)): \(rule.isMet ? "met" : "not met")")
                lines += rule.requirements.flatMap(requirement)
            }
        }
        if !unusedRules.isEmpty {
            lines += ["", "  rules that name none of the images: \(unusedRules.map(shown).joined(separator: ", "))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func requirement(_ result: RequirementResult) -> [String] {
        let what = PolicyExplanation.what(result.requirement.kind)
        var lines: [String] = []
        if !result.allOf.isEmpty {
            let isMet = result.allCount == result.allOf.count
            lines.append("      \(Self.mark(isMet)) \(what) by each: \(result.allCount) of \(result.allOf.count)")
            lines += result.allOf.map(signer)
        }
        if !result.anyOf.isEmpty {
            let minimum = result.requirement.minimum
            let isMet = result.anyCount >= minimum
            lines.append(
                "      \(Self.mark(isMet)) \(what) by at least \(minimum): \(result.anyCount) different signers"
            )
            lines += result.anyOf.map(signer)
        }
        return lines + result.others.map { "        · not counted: \($0.signatureID.prefix(12)), \(why($0))" }
    }

    private func why(_ facts: SignerFacts) -> String {
        let format =
            switch facts.foreign {
            case nil: ""
            case .notary: "in the Notary Project's format, "
            case .openPGP: "in OpenPGP, "
            }
        guard facts.isAuthentic else { return format + "not authentic" }
        switch facts.foreign {
        case .notary(let certificate): return format + "by \(shown(certificate?.subjectName ?? "nobody"))"
        case .openPGP(let fingerprint): return format + "by key \(fingerprint ?? "unknown")"
        case nil: break
        }
        guard let certificate = facts.certificate else { return "by another key, or other annotations" }
        return "by \(shown(certificate.name ?? "nobody")), issuer \(shown(certificate.issuer ?? "none"))"
    }

    private func signer(_ result: SignerResult) -> String {
        let mark = result.signatures.isEmpty ? "·" : "✓"
        let signatures = result.signatures.map { String($0.signatureID.prefix(12)) }.joined(separator: ", ")
        let found = result.signatures.isEmpty ? "none" : signatures
        return "        \(mark) \(PolicyExplanation.sentence(result.signer)): \(found)"
    }

    var json: JSONValue {
        [
            "name": JSONValue(policy.name),
            "digest": JSONValue("\(policy.digest)"),
            "met": .bool(isMet),
            "images": .array(results.map(Self.json)),
            "unusedRules": .array(unusedRules.map { JSONValue($0) }),
        ]
    }

    private static func json(_ result: PolicyResult) -> JSONValue {
        [
            "digest": JSONValue("\(result.target.image)"),
            "indexes": .array(result.target.indexes.map { JSONValue("\($0)") }),
            "names": .array(result.target.names.map { JSONValue($0) }),
            "outcome": JSONValue(result.rules.isEmpty ? "no-rule" : result.isMet ? "met" : "not-met"),
            "rules": .array(
                result.rules.map { rule in
                    [
                        "name": JSONValue(rule.name), "met": .bool(rule.isMet),
                        "requirements": .array(rule.requirements.map(json)),
                    ]
                }
            ),
        ]
    }

    private static func json(_ result: RequirementResult) -> JSONValue {
        var type: String?
        if case .attestation(let predicateType) = result.requirement.kind { type = predicateType }
        return [
            "kind": JSONValue(type == nil ? "signature" : "attestation"),
            "predicateType": JSONValue(type),
            "met": .bool(result.isMet),
            "allOf": .array(result.allOf.map(json)),
            "allCount": JSONValue(result.allCount),
            "anyOf": .array(result.anyOf.map(json)),
            "anyCount": JSONValue(result.anyCount),
            "minimum": result.anyOf.isEmpty ? .null : JSONValue(result.requirement.minimum),
            "notCounted": .array(result.others.map(json)),
        ]
    }

    private static func json(_ facts: SignerFacts) -> JSONValue {
        [
            "id": JSONValue(facts.signatureID), "subject": JSONValue("\(facts.subject)"),
            "authentic": .bool(facts.isAuthentic), "format": JSONValue(facts.format),
        ]
    }

    private static func json(_ result: SignerResult) -> JSONValue {
        [
            "signer": result.signer.json,
            "signatures": .array(
                result.signatures.map { ["id": JSONValue($0.signatureID), "subject": JSONValue("\($0.subject)")] }
            ),
        ]
    }

    private static func mark(_ isMet: Bool) -> String {
        isMet ? "✓" : "✗"
    }

    private func shown(_ text: String) -> String {
        EscapedText(text, limit: 1_000).text
    }
}

extension SignerFacts {
    /// The format's name, for other programs.
    fileprivate var format: String {
        switch foreign {
        case nil: "sigstore"
        case .notary: "notary"
        case .openPGP: "openpgp"
        }
    }
}
