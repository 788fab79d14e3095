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
        let conflicts = subject.row(.imageDigest)?.conflicts.filter { !configurations.contains($0.weaker.value.normal) }
        return (conflicts ?? []).map { conflict in
            finding(
                subject,
                "\(conflict.weaker.speakerTitle) \(conflict.weaker.keyText) names \(conflict.weaker.valueText)",
                [.claim(conflict.weaker.claim.id)]
            )
        }
    }
}
