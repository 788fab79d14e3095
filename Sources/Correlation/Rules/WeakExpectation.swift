package import CaseIndex

/// An expectation that more identities meet than were meant.
package struct WeakExpectation: Rule {
    package let id = "weak-expectation"
    package let severity = FindingSeverity.note
    package let explanation = """
        The verdict rests on a regular expression that is not closed at both ends, or that begins or ends with \
        anything at all, or on an identity without its issuer. cosign looks for a match anywhere in the identity, so \
        that https://attacker.example/?https://git.example/group/app meets it; here an expression must match the \
        whole text, and still admits what its wildcards admit.
        """
    package let guidance = RuleGuidance(
        summary: "The expectation that verify was given admits more signers than one.",
        examines: "The expectation that is recorded with each verdict.",
        innocentCause: "A first look at unknown evidence, with an expression that is meant to match much.",
        collect: "Run verify again with the whole identity and its issuer."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        var seen: Set<[UInt8]> = []
        return subject.signatures.compactMap { signature in
            guard let expectation = signature.expectation, let weakness = expectation.weakness,
                seen.insert(Array(weakness.utf8)).inserted
            else { return nil }
            return finding(subject, weakness, [.signature(signature.record.id)])
        }
    }
}
