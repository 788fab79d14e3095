package import CaseIndex
internal import Cryptography

/// A signed document that names another digest than the image it is attached to.
package struct DigestContradiction: Rule {
    package let id = "digest-contradiction"
    package let severity = FindingSeverity.error
    package let explanation = """
        Storage attaches the signature to this image, but the signed document is about another digest: it says nothing \
        about this image.
        """
    package let guidance = RuleGuidance(
        summary: "A signed document that is attached to the image is about another digest.",
        examines: """
            The digest in the signed payload or the subjects of the statement beside the artifact that \
            storage attaches it to.
            """,
        innocentCause: """
            A copy between registries rewrote the manifest, and the signature was moved along with the tag.
            """,
        collect: "The artifact of the digest that the document names, and who pushed the signature's manifest."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let configurations = Set(subject.graph.configurations.map(\.target.description))
        let believed = subject.row(.imageDigest)?.conflicts.map(\.weaker) ?? []
        return (believed + misplaced(subject)).filter { !configurations.contains($0.value.normal) }.map { value in
            finding(
                subject,
                "\(value.speakerTitle) \(value.keyText) names \(value.valueText)",
                [.claim(value.claim.id)]
            )
        }
    }

    /// What good signatures of other artifacts say: they are not authentic here, and so nothing of theirs is compared.
    private func misplaced(_ subject: RuleSubject) -> [TracedValue] {
        let signatures = Set(subject.signatures.filter(\.failsOnlyBySubject).map(\.record.id))
        return subject.row(.imageDigest)?.values.filter { value in
            value.basis == .unverified && value.claim.signatureID.map(signatures.contains) ?? false
                && !value.value.normal.hasSameBytes(as: value.claim.subject.description)
        } ?? []
    }
}
