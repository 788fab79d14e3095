internal import Cryptography
internal import Notary
internal import Patterns
internal import Presentation
internal import Sigstore
internal import StrictJSON
internal import Verification

/// A policy in plain sentences.
enum PolicyExplanation {
    static func text(_ policy: ImagePolicy) -> String {
        let rules = policy.rules.map { (["rule \(shown($0.name))"] + lines($0)).joined(separator: "\n") }
        let notes = PolicyNotes(policy).sentences.map { "note: \($0)\n" }.joined()
        return rules.joined(separator: "\n\n") + "\n\n" + notes
    }

    static func json(_ policy: ImagePolicy) -> JSONValue {
        [
            "schema": "urn:raireki:policy:1",
            "name": JSONValue(policy.name),
            "digest": JSONValue("\(policy.digest)"),
            "rules": .array(
                policy.rules.map { rule in
                    [
                        "name": JSONValue(rule.name),
                        "images": .array(rule.images.map { ["\($0.word)": JSONValue($0.text)] }),
                        "requirements": .array(rule.requirements.map(json)),
                        "sentences": .array(lines(rule).map { JSONValue(String($0.drop { $0 == " " })) }),
                    ]
                }
            ),
            "notes": .array(PolicyNotes(policy).sentences.map { JSONValue($0) }),
        ]
    }

    private static func json(_ requirement: PolicyRequirement) -> JSONValue {
        var type: String?
        if case .attestation(let predicateType) = requirement.kind { type = predicateType }
        return [
            "kind": JSONValue(type == nil ? "signature" : "attestation"),
            "predicateType": JSONValue(type),
            "allOf": .array(requirement.allOf.map(\.json)),
            "anyOf": .array(requirement.anyOf.map(\.json)),
            "minimum": requirement.anyOf.isEmpty ? .null : JSONValue(requirement.minimum),
        ]
    }

    private static func lines(_ rule: PolicyRule) -> [String] {
        let images = rule.images.map { "    \($0.sentence)" }
        let requirements = rule.requirements.flatMap { requirement in
            groups(requirement).flatMap { title, signers in
                ["  \(title)"] + signers.map { "    \(sentence($0))" }
            }
        }
        return ["  An image is meant when it is one of:"] + images + requirements
    }

    private static func groups(_ requirement: PolicyRequirement) -> [(String, [PolicySigner])] {
        let what = what(requirement.kind)
        var groups: [(String, [PolicySigner])] = []
        if !requirement.allOf.isEmpty { groups.append(("It must have \(what) by each of:", requirement.allOf)) }
        if !requirement.anyOf.isEmpty {
            let number = requirement.minimum == 1 ? "at least one" : "at least \(requirement.minimum) different ones"
            groups.append(("It must have \(what) by \(number) of:", requirement.anyOf))
        }
        return groups
    }

    /// What must be there.
    static func what(_ kind: SignedKind) -> String {
        switch kind {
        case .signature: "a signature"
        case .attestation(let type): "an attestation of type \(shown(type))"
        }
    }

    /// Who a signer is.
    static func sentence(_ signer: PolicySigner) -> String {
        var parts: [String]
        switch signer.who {
        case .key(let key, let file): parts = ["the key in \(shown(file)) (\(key.identifier))"]
        case .notary(let identity):
            let who = identity.attributes.isEmpty ? "anybody whom the trust store vouches for" : shown("\(identity)")
            parts = ["in the Notary Project's format, \(who)"]
        case .openPGP(let fingerprint): parts = ["in OpenPGP, the key \(fingerprint)"]
        case .certificate(let name, let issuer, let extensions):
            parts = [name.map { "identity \(words($0))" } ?? "any identity"]
            parts.append(issuer.map { "issuer \(words($0))" } ?? "any issuer")
            parts += extensions.sorted { $0.key.rawValue < $1.key.rawValue }.map { known, value in
                "\(known.name) \(shown(value))"
            }
        }
        if let reference = signer.reference { parts.append("signed for a name like \(shown(reference.source))") }
        parts += signer.annotations.map { "annotation \(shown($0.key))=\(shown($0.value))" }
        return parts.joined(separator: ", ")
    }

    private static func words(_ pattern: TextPattern) -> String {
        switch pattern {
        case .exactly(let text): shown(text)
        case .like(let pattern): "like \(shown(pattern.source))"
        case .matching(let pattern): "matching the whole of /\(shown(pattern.source))/"
        }
    }

    private static func shown(_ text: String) -> String {
        EscapedText(text, limit: 1_000).text
    }
}

extension ImagePattern {
    fileprivate var word: String {
        switch self {
        case .digest: "digest"
        case .name: "name"
        }
    }

    fileprivate var text: String {
        switch self {
        case .digest(let digest): "\(digest)"
        case .name(let pattern): pattern.source
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .digest: "the digest \(text), or a manifest below it"
        case .name: "a name like \(EscapedText(text, limit: 1_000))"
        }
    }
}
