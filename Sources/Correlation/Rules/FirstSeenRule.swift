internal import CaseIndex
internal import Cryptography
internal import Presentation

/// A rule on one trait: no earlier signature of the project has the value of this one.
protocol FirstSeenRule: Rule {
    /// The trait.
    var trait: Trait { get }
    /// The fact whose claim states it.
    var fact: Fact { get }
    /// What it is, for sentences.
    var noun: String { get }
}

extension FirstSeenRule {
    package var needsContext: Bool { true }

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        guard let context = subject.context else { return [] }
        return subject.authentic.flatMap { signature in
            context.novelties(of: signature.record.id, trait).map { novelty in
                let claims = subject.row(fact)?.values.filter { value in
                    value.claim.signatureID == signature.record.id && value.claim.value.hasSameBytes(as: novelty.value)
                }
                return finding(
                    subject,
                    """
                    \(EscapedText(novelty.value, limit: 200)) is a new \(noun) in \
                    \(EscapedText(novelty.project, limit: 200)), whose \(novelty.earlier) earlier signatures have others
                    """,
                    [.signature(signature.record.id)] + (claims ?? []).map { .claim($0.claim.id) }
                )
            }
        }
    }
}
