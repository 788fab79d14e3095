package import CaseIndex
internal import Presentation

/// An expectation without the two slashes before the path of GitLab's configuration.
package struct ExpectedSeparator: Rule {
    package let id = "expected-separator"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The identity that was expected differs from the signer's in its slashes alone: GitLab separates the project \
        from the path of the configuration by two.
        """
    package let guidance = RuleGuidance(
        summary: "The expected identity lacks the two slashes before the path of the configuration.",
        examines: """
            The identity of the recorded expectation beside the certificate's name, where the signature was \
            not as expected.
            """,
        innocentCause: "The two slashes look like a mistake and were mended.",
        collect: "Expect the identity with two slashes."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.nearMisses { $0.differsInSlashes(from: $1) }.map { signature, expected, actual in
            finding(
                subject,
                "expected \(EscapedText(expected, limit: 200)), signed by \(EscapedText(actual, limit: 200)): they "
                    + "differ in its slashes alone",
                [.signature(signature.record.id)]
            )
        }
    }
}
