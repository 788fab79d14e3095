package import CaseIndex

/// An image with an authentic signature and no attestation, unlike the others of its project.
package struct SignatureWithoutAttestation: Rule {
    package let id = "signature-without-attestation"
    package let severity = FindingSeverity.warning
    package let explanation = """
        Most images of the project come with both, an authentic signature and an authentic attestation; this one \
        lacks the attestation. A step of the pipeline was left out, or somebody made the signature outside of it.
        """
    package let guidance = RuleGuidance(
        summary: "The image has an authentic signature and no attestation, unlike most images of its project.",
        examines: """
            The authentic signatures and attestations of the image, beside those of the project's other \
            images; at least three of them must have both.
            """,
        innocentCause: """
            The attestation failed and was not repeated, or it lies where the tool that copied the image did \
            not look.
            """,
        collect: "The referrers of the digest in the registry, and the log of the job that makes the attestation."
    )

    package let needsContext = true

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.lacking("a signature and no attestation", where: { !$0.isAttestation }).map { message, records in
            [finding(subject, message, records)]
        } ?? []
    }
}
