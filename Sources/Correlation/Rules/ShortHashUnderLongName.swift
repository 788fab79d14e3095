package import CaseIndex

/// A Git commit of SHA-1 under the name of SHA-256.
package struct ShortHashUnderLongName: Rule {
    package let id = "sha1-under-sha256"
    package let severity = FindingSeverity.note
    package let explanation = """
        The provenance gives a commit of 40 digits under the key sha256, as GitLab's runner does. It is taken for the \
        Git commit that it is, not for a SHA-256 of anything.
        """
    package let guidance = RuleGuidance(
        summary: "A Git commit of 40 digits stands under the name of SHA-256.",
        examines: "Commit digests in provenance statements and the name of their algorithm.",
        innocentCause: """
            GitLab's runner writes it so: it takes the name of the algorithm from the specification's \
            example.
            """,
        collect: "Nothing: the commit is looked up like any other."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let values = subject.row(.commit)?.values.filter { value in
            value.value.normal.utf8.count == 40 && value.claim.key.beforeSuffix("/digest/sha256") != nil
        }
        return values?.map { value in
            finding(
                subject,
                "\(value.speakerTitle) \(value.keyText) names the Git commit \(value.valueText) as a SHA-256",
                [.claim(value.claim.id)]
            )
        } ?? []
    }
}
