package import CaseIndex
internal import Cryptography

/// A build configuration of another commit than the sources.
package struct WorkflowNotFromSource: Rule {
    package let id = "workflow-not-from-source"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The certificate names one commit of the repository for the sources and another one for the build \
        configuration, although both lie in the same repository. What was built was not built by the configuration \
        that lies beside it.
        """
    package let guidance = RuleGuidance(
        summary: "Sources and build configuration come from different commits of one repository.",
        examines: "Extensions .13 and .19 of one certificate, where .18 lies in the project of .12.",
        innocentCause: "Events such as pull_request_target take the configuration from the target branch by design.",
        collect: "Both commits, the difference of the configuration between them, and the trigger of the run."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.authentic.compactMap { signature in
            let id = signature.record.id
            guard let configuration = subject.attested(.workflow, .configurationCommit, by: id).first,
                let commit = subject.attested(.commit, by: id).first,
                !configuration.value.normal.hasSameBytes(as: commit.value.normal),
                let project = subject.attested(.project, by: id).first?.value,
                subject.attested(.workflow, by: id).contains(where: { $0.value.liesIn(project) })
            else { return nil }
            return finding(
                subject,
                "the build configuration is of the commit \(configuration.valueText), the sources of "
                    + "\(commit.valueText)",
                [.claim(configuration.claim.id), .claim(commit.claim.id)]
            )
        }
    }
}

extension FactValue {
    /// The project that a file lies in: the path of its scope, without the reference; nil when none is stated.
    var projectPath: String? {
        guard let scope else { return nil }
        let place = scope.splitOnce(at: "@")?.before ?? scope
        return place.splitOnce(at: "/")?.after
    }

    /// Whether a file lies in a project; hosts are not compared, for the public authority writes some of them wrong.
    func liesIn(_ project: FactValue) -> Bool {
        projectPath.map { $0.hasSameBytes(as: project.normal) } ?? false
    }
}
