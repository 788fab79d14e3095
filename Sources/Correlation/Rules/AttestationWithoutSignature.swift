package import CaseIndex
internal import Presentation

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
        let own = subject.authentic.filter { $0.record.subject == subject.image }
        guard !own.isEmpty, own.allSatisfy({ $0.isAttestation }), let context = subject.context else { return [] }
        let projects = own.flatMap { subject.attested(.project, by: $0.record.id) }.map(\.value.place)
        guard let project = projects.first, let custom = context.custom(of: project), custom.expectsBoth
        else { return [] }
        return [
            finding(
                subject,
                "an attestation and no signature; \(custom.both) other images of "
                    + "\(EscapedText(project, limit: 200)) have both",
                own.map { .signature($0.record.id) }
            )
        ]
    }
}
