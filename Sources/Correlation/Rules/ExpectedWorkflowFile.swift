package import CaseIndex
internal import Presentation

/// An expectation that names another configuration file of the same project.
package struct ExpectedWorkflowFile: Rule {
    package let id = "expected-workflow-file"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The identity that was expected differs from the signer's in the path of the configuration alone. Projects of \
        GitLab may keep it elsewhere than in .gitlab-ci.yml, and the signer's identity then names that file; so does \
        an attacker's file in the same project.
        """
    package let guidance = RuleGuidance(
        summary: "The expected identity names another configuration file of the same project and reference.",
        examines: """
            The identity of the recorded expectation beside the certificate's name, where the signature was \
            not as expected.
            """,
        innocentCause: "The project's setting for the path of its configuration was changed.",
        collect: "The project's setting, and both files at the commit that was built."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.nearMisses { $0.differsInFile(from: $1) }.map { signature, expected, actual in
            finding(
                subject,
                "expected \(EscapedText(expected, limit: 200)), signed by \(EscapedText(actual, limit: 200)): they "
                    + "differ in the path of the configuration alone",
                [.signature(signature.record.id)]
            )
        }
    }
}
