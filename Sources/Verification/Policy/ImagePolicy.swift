package import Cryptography
package import Patterns
package import Sigstore

/// What images must be signed by, for many images at once.
package struct ImagePolicy: Sendable {
    /// The document's name, for people.
    package let name: String
    /// The digest of the document.
    package let digest: Digest
    /// The rules, in the document's order; every one that names an image holds for it.
    package let rules: [PolicyRule]

    package init(name: String, digest: Digest, rules: [PolicyRule]) {
        self.name = name
        self.digest = digest
        self.rules = rules
    }

    /// Every key that a rule names, each once.
    package var keys: [ManagedKey] {
        var seen: Set<PublicKey> = []
        return everySigner.compactMap { signer in
            guard case .key(let key, _) = signer.who, seen.insert(key).inserted else { return nil }
            return ManagedKey(publicKey: key)
        }
    }

    /// Whether a rule asks for a signature of the Notary Project.
    package var asksForNotary: Bool {
        everySigner.contains { if case .notary = $0.who { true } else { false } }
    }

    /// Whether a rule asks for an OpenPGP signature.
    package var asksForOpenPGP: Bool {
        everySigner.contains { if case .openPGP = $0.who { true } else { false } }
    }

    private var everySigner: [PolicySigner] { rules.flatMap(\.requirements).flatMap(\.signers) }

    /// The rules that name an image.
    func rules(for target: PolicyTarget) -> [PolicyRule] {
        rules.filter { rule in rule.images.contains { $0.names(target) } }
    }
}

/// What each image that a pattern names must have.
package struct PolicyRule: Sendable {
    /// The rule's name, unique in its document.
    package let name: String
    /// Which images it is about.
    package let images: [ImagePattern]
    /// What they must have, all of it.
    package let requirements: [PolicyRequirement]

    package init(name: String, images: [ImagePattern], requirements: [PolicyRequirement]) {
        self.name = name
        self.images = images
        self.requirements = requirements
    }
}

/// Which images a rule is about.
package enum ImagePattern: Sendable {
    /// The image with this digest, and the manifests below it.
    case digest(Digest)
    /// Images with a name like this. Names come from evidence and are signed by nobody.
    case name(SegmentPattern)

    func names(_ target: PolicyTarget) -> Bool {
        switch self {
        case .digest(let digest): target.digests.contains(digest)
        case .name(let pattern): target.names.contains { pattern.matches($0) }
        }
    }
}

/// Signatures, or attestations of one type, that must be there, and by whom.
package struct PolicyRequirement: Sendable {
    /// What must be there.
    package let kind: SignedKind
    /// Each of these must have signed, each another.
    package let allOf: [PolicySigner]
    /// As many of these as the minimum says must have signed, each another.
    package let anyOf: [PolicySigner]
    /// At least 1; means nothing without `anyOf`.
    package let minimum: Int

    package init(kind: SignedKind, allOf: [PolicySigner], anyOf: [PolicySigner], minimum: Int) {
        self.kind = kind
        self.allOf = allOf
        self.anyOf = anyOf
        self.minimum = minimum
    }

    /// Everybody who is named.
    package var signers: [PolicySigner] { allOf + anyOf }
}

/// What a signature is of.
package enum SignedKind: Hashable, Sendable {
    /// The image itself.
    case signature
    /// A predicate of this type about the image.
    case attestation(predicateType: String)
}
