package import CaseIndex
internal import Presentation

/// A signature for which a cryptographic check failed or could not be made.
package struct SignatureNotAuthentic: Rule {
    package let id = "signature-not-authentic"
    package let severity = FindingSeverity.error
    package let explanation = """
        A signature that is attached to the image does not hold, so that nothing in its material is to be believed.
        """
    package let guidance = RuleGuidance(
        summary: "A signature of the image does not hold.",
        examines: "Every cryptographic check of every signature's verdict.",
        innocentCause: "The trusted root does not hold the authority or log that signed, or their keys of that time.",
        collect: "The trusted root of that authority and time; the reason code says what is missing."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.signatures.filter { $0.verdict?.isAuthentic == false }.map { signature in
            let failed = signature.checks.first { $0.outcome == .failed || $0.outcome == .notPerformed }
            let reason = failed.map { ": \(EscapedText($0.name, limit: 80)): \($0.detail)" } ?? ""
            return finding(
                subject,
                "the \(signature.noun) \(signature.record.id.prefix(12)) is not authentic\(reason)",
                [.signature(signature.record.id)]
            )
        }
    }
}

extension TracedSignature {
    /// What it is, for sentences.
    var noun: String {
        record.predicateType == nil ? "signature" : "attestation"
    }
}
