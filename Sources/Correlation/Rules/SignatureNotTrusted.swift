package import CaseIndex
internal import Presentation

/// An image whose authentic signatures are all by somebody else than was expected.
package struct SignatureNotTrusted: Rule {
    package let id = "signature-not-trusted"
    package let severity = FindingSeverity.error
    package let explanation = """
        No authentic signature of the image is as expected. This one does not meet the expectation that was given: another identity, another \
        issuer, or other annotations.
        """
    package let guidance = RuleGuidance(
        summary: "No authentic signature of the image is as expected.",
        examines: "The verdicts of the authentic signatures beside the expectation that was given to verify.",
        innocentCause: """
            The expectation names a branch, a path of the configuration or an issuer that has changed since.
            """,
        collect: "Who the signer is, and whether the expectation was right at the time of signing."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let authentic = subject.signatures.filter(\.isAuthentic)
        // Further signatures by other people do not spoil one that is as expected.
        guard authentic.allSatisfy({ $0.verdict?.isTrusted == false }) else { return [] }
        return authentic.map { signature in
            let signer = signature.verdict?.identity.map { ", by \(EscapedText($0, limit: 200))" } ?? ""
            return finding(
                subject,
                "the \(signature.noun) \(signature.record.id.prefix(12)) is not as expected\(signer)",
                [.signature(signature.record.id)]
            )
        }
    }
}
