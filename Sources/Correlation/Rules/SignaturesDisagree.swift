package import CaseIndex

/// Authentic signatures of one image that name different sources.
package struct SignaturesDisagree: Rule {
    package let id = "signatures-disagree"
    package let severity = FindingSeverity.warning
    package let explanation = """
        Two authentic signatures state different things of where the image comes from. An image has one origin: one of \
        them was made for another build, or later from another checkout.
        """
    package let guidance = RuleGuidance(
        summary: "Authentic signatures of one image state different sources.",
        examines: "Commit, reference, project and tag in all authentic signatures of the image.",
        innocentCause: "The same bytes were built twice, reproducibly, from two commits or under two names.",
        collect: "The jobs behind both signatures; a promotion pipeline often signs again."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.rows.flatMap { row in
            row.conflicts.filter(Self.concernsTwoSignatures).map { conflict in
                finding(
                    subject,
                    """
                    signatures state different values of \(row.fact.rawValue): \(conflict.stronger.valueText) and \
                    \(conflict.weaker.valueText)
                    """,
                    [.claim(conflict.stronger.claim.id), .claim(conflict.weaker.claim.id)]
                )
            }
        }
    }

    private static func concernsTwoSignatures(_ conflict: FactRow.Conflict) -> Bool {
        guard let one = conflict.stronger.claim.signatureID, let other = conflict.weaker.claim.signatureID
        else { return false }
        return one != other
    }
}
