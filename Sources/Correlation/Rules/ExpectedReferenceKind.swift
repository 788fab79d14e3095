package import CaseIndex
internal import Presentation

/// An expectation that names a branch where the signer names a tag, or the reverse.
package struct ExpectedReferenceKind: Rule {
    package let id = "expected-ref-kind"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The identity that was expected differs from the signer's in refs/heads/ against refs/tags/ alone. GitLab's \
        tutorial writes refs/heads/ for every pipeline; the pipeline of a tag has refs/tags/.
        """
    package let guidance = RuleGuidance(
        summary: "The expected identity names a branch where the signer's names a tag, or the reverse.",
        examines: """
            The identity of the recorded expectation beside the certificate's name, where the signature was \
            not as expected.
            """,
        innocentCause: "The pipeline ran for a tag, and the expectation was written for branches.",
        collect: "Decide whether a build of that tag was meant; then expect https://$CI_CONFIG_REF_URI."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.nearMisses { $0.differsInReferenceKind(from: $1) }.map { signature, expected, actual in
            finding(
                subject,
                "expected \(EscapedText(expected, limit: 200)), signed by \(EscapedText(actual, limit: 200)): they "
                    + "differ in the kind of reference alone",
                [.signature(signature.record.id)]
            )
        }
    }
}
