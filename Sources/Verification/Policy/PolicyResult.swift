/// What a policy came to for one image.
package struct PolicyResult: Sendable {
    /// The image with its names.
    package let target: PolicyTarget
    /// Every rule that names the image, with what it came to.
    package let rules: [RuleResult]

    /// Whether a rule names the image, and every such rule is met.
    package var isMet: Bool {
        !rules.isEmpty && rules.allSatisfy(\.isMet)
    }

    init(_ target: PolicyTarget, rules: [PolicyRule], signatures: [SignerFacts]) {
        self.target = target
        self.rules = rules.map { rule in
            RuleResult(name: rule.name, requirements: rule.requirements.map { RequirementResult($0, signatures) })
        }
    }
}

/// What one rule came to.
package struct RuleResult: Sendable {
    /// The rule's name.
    package let name: String
    /// Every requirement with what it came to.
    package let requirements: [RequirementResult]

    /// Whether every requirement is met.
    package var isMet: Bool {
        requirements.allSatisfy(\.isMet)
    }
}

/// What one requirement came to; every signature was compared with every signer.
package struct RequirementResult: Sendable {
    /// The requirement.
    package let requirement: PolicyRequirement
    /// For each of those who must all have signed, the signatures that are theirs.
    package let allOf: [SignerResult]
    /// The same for those of whom some must have signed.
    package let anyOf: [SignerResult]
    /// How many of `allOf` have signed, each another signer.
    package let allCount: Int
    /// How many of `anyOf` have signed, each another signer.
    package let anyCount: Int

    /// The signatures of this kind that count for nobody: they are not authentic, or not by one of these signers.
    package let others: [SignerFacts]

    /// Whether enough different signers have signed.
    package var isMet: Bool {
        allCount == allOf.count && (anyOf.isEmpty || anyCount >= max(requirement.minimum, 1))
            && !(allOf.isEmpty && anyOf.isEmpty)
    }

    init(_ requirement: PolicyRequirement, _ signatures: [SignerFacts]) {
        let counted = signatures.filter { $0.isAuthentic && requirement.kind.isSame(as: $0.kind) }
        let numbers = DistinctSigners(counted).numbers
        func judged(_ signers: [PolicySigner]) -> (results: [SignerResult], count: Int) {
            let accepted = signers.map { signer in counted.indices.filter { signer.accepts(counted[$0]) } }
            let results = zip(signers, accepted).map { SignerResult(signer: $0, signatures: $1.map { counted[$0] }) }
            return (results, DistinctSigners.assignable(accepted.map { Set($0.map { numbers[$0] }) }))
        }
        self.requirement = requirement
        others = signatures.filter { facts in
            requirement.kind.isSame(as: facts.kind)
                && !(facts.isAuthentic && requirement.signers.contains { $0.accepts(facts) })
        }
        (allOf, allCount) = judged(requirement.allOf)
        (anyOf, anyCount) = judged(requirement.anyOf)
    }
}

/// The signatures that one signer of a requirement has made.
package struct SignerResult: Sendable {
    /// The signer.
    package let signer: PolicySigner
    /// The authentic signatures that are theirs and say what they must.
    package let signatures: [SignerFacts]
}
