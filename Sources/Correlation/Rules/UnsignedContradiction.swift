package import CaseIndex

/// Something that nobody signed contradicts what a signature says.
package struct UnsignedContradiction: Rule {
    package let id = "unsigned-contradiction"
    package let severity = FindingSeverity.warning
    package let explanation = """
        A label, a configuration or an unsigned statement says something else than the signed material. Builds often \
        copy labels from their base image, so this is worth a look rather than a proof.
        """
    package let guidance = RuleGuidance(
        summary: "Something unsigned contradicts what is signed.",
        examines: """
            Labels, configuration and unsigned statements beside the signed and attested values of the same \
            fact.
            """,
        innocentCause: "Labels were inherited from the base image, which is the usual reason.",
        collect: "The Dockerfile and its base image; raireki lineage tells which labels the base has."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.rows.filter { $0.fact != .imageDigest }.flatMap { row in
            let conflicts = row.conflicts.filter { $0.weaker.basis == .unsigned && $0.stronger.basis != .unsigned }
            return conflicts.firstOfEachWeaker.map { conflict in
                finding(
                    subject,
                    """
                    \(conflict.weaker.speakerTitle) \(conflict.weaker.keyText) says \(conflict.weaker.valueText), but \
                    \(conflict.stronger.speakerTitle) \(conflict.stronger.keyText) says \(conflict.stronger.valueText)
                    """,
                    [.claim(conflict.weaker.claim.id), .claim(conflict.stronger.claim.id)]
                )
            }
        }
    }
}
