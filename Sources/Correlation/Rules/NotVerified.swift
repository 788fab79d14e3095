package import CaseIndex

/// A signature that nobody has verified yet.
package struct NotVerified: Rule {
    package let id = "signature-not-verified"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The signature has no verdict in this case: verify has not run since it was imported.
        """
    package let guidance = RuleGuidance(
        summary: "A signature has not been verified.",
        examines: "Signatures of the image without a verdict in this case.",
        innocentCause: "Evidence was imported after the last run of verify.",
        collect: "Run raireki verify, with the trusted root of the authority that signed."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.signatures.filter { $0.verdict == nil }.map { signature in
            finding(
                subject,
                "the \(signature.noun) \(signature.record.id.prefix(12)) has not been verified",
                [.signature(signature.record.id)]
            )
        }
    }
}
