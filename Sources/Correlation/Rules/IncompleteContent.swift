package import CaseIndex

/// Content of an image that no source has, or that could not be read.
package struct IncompleteContent: Rule {
    package let id = "incomplete-content"
    package let severity = FindingSeverity.warning
    package let explanation = """
        Some of the image's content is not in the evidence, so that nobody can say whether it is what was signed.
        """
    package let guidance = RuleGuidance(
        summary: "Some of the image's content is not in the evidence.",
        examines: "Every descriptor that is reached from the image for which no source has bytes.",
        innocentCause: """
            The image was collected for one platform, or without layers that a registry does not hand out.
            """,
        collect: "The missing digests from the registry, its storage, or a host that ran the image."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.graph.absent.map { descriptor in
            let state = descriptor.outcome == .unreadable ? "could not be read to its end" : "is not in the evidence"
            return finding(
                subject,
                "the \(descriptor.kind.noun) \(descriptor.target) \(state)",
                [.relationship(descriptor)]
            )
        }
    }
}
