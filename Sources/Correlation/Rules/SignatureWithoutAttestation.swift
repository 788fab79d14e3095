package import CaseIndex
internal import Presentation

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
        let own = subject.authentic.filter { $0.record.subject == subject.image }
        guard !own.isEmpty, own.allSatisfy({ !$0.isAttestation }), let context = subject.context else { return [] }
        let projects = own.flatMap { subject.attested(.project, by: $0.record.id) }.map(\.value.place)
        guard let project = projects.first, let custom = context.custom(of: project), custom.expectsBoth
        else { return [] }
        return [
            finding(
                subject,
                "a signature and no attestation; \(custom.both) other images of "
                    + "\(EscapedText(project, limit: 200)) have both",
                own.map { .signature($0.record.id) }
            )
        ]
    }
}
