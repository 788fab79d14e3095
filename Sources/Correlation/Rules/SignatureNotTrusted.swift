package import CaseIndex
internal import Presentation

/// An authentic signature by somebody else than was expected.
package struct SignatureNotTrusted: Rule {
    package let id = "signature-not-trusted"
    package let severity = FindingSeverity.error
    package let explanation = """
        The signature is authentic, but it does not meet the expectation that was given: another identity, another \
        issuer, or other annotations.
        """

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.signatures.filter { $0.isAuthentic && $0.verdict?.isTrusted == false }.map { signature in
            let signer = signature.verdict?.identity.map { ", by \(EscapedText($0, limit: 200))" } ?? ""
            return finding(
                subject,
                "the \(signature.noun) \(signature.record.id.prefix(12)) is not as expected\(signer)",
                [.signature(signature.record.id)]
            )
        }
    }
}
