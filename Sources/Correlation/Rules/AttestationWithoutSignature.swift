package import CaseIndex

/// An image with an authentic attestation and no signature, unlike the others of its project.
package struct AttestationWithoutSignature: Rule {
    package let id = "attestation-without-signature"
    package let severity = FindingSeverity.warning
    package let explanation = """
        Most images of the project come with both, an authentic signature and an authentic attestation; this one \
        lacks the signature. A step of the pipeline was left out, or somebody made the attestation outside of it.
        """
    package let guidance = RuleGuidance(
        summary: "The image has an authentic attestation and no signature, unlike most images of its project.",
        examines: """
            The authentic signatures and attestations of the image, beside those of the project's other \
            images; at least three of them must have both.
            """,
        innocentCause: """
            The signature failed and was not repeated, or it lies where the tool that copied the image did \
            not look.
            """,
        collect: "The referrers of the digest in the registry, and the log of the job that makes the signature."
    )

    package let needsContext = true

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.lacking("an attestation and no signature", where: { $0.isAttestation }).map { message, records in
            [finding(subject, message, records)]
        } ?? []
    }
}
