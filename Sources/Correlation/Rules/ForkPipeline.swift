package import CaseIndex

/// A run whose sources lie in another project than its configuration.
package struct ForkPipeline: Rule {
    package let id = "fork-pipeline"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The certificate names one project for the sources and another one for the configuration that signed: a merge \
        request from a fork, run in the project that it asks to change. Its commits are by somebody who may have no \
        right to push there.
        """
    package let guidance = RuleGuidance(
        summary: "Sources and signer are of different projects, as in a merge request from a fork.",
        examines: "Extension .12 beside the project in .18, of one certificate; without .18 nothing is compared.",
        innocentCause: """
            Projects that build contributions from forks with a reviewed pipeline; child pipelines that \
            another project triggers.
            """,
        collect: "The merge request and its approvals, the fork, and the commit in both repositories."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.authentic.compactMap { signature in
            let id = signature.record.id
            // A name of the signer alone may be that of a workflow which many projects share.
            let files = subject.attested(.workflow, by: id)
            guard let project = subject.attested(.project, by: id).first,
                let file = files.first(where: { $0.value.projectPath != nil }), !file.value.liesIn(project.value)
            else { return nil }
            let triggers = subject.attested(.trigger, by: id)
            let trigger = triggers.first.map { "; the run was started by \($0.valueText)" } ?? ""
            return finding(
                subject,
                "the sources are of \(project.valueText), the configuration is \(file.valueText)\(trigger)",
                [.claim(project.claim.id), .claim(file.claim.id)] + triggers.prefix(1).map { .claim($0.claim.id) }
            )
        }
    }
}
