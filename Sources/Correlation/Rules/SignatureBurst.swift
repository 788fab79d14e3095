package import CaseIndex
internal import Presentation

/// One of many images that one identity signed within minutes.
package struct SignatureBurst: Rule {
    package let id = "signature-burst"
    package let severity = FindingSeverity.warning
    package let explanation = """
        One identity signed at least twenty different images within ten minutes. Who holds a stolen credential uses \
        it while it lasts; in an attack of 2026, 84 versions were published in six minutes, each with a valid \
        signature.
        """
    package let guidance = RuleGuidance(
        summary: "One identity signed many images within ten minutes.",
        examines: "The verified times of all authentic signatures of the case, by identity and issuer.",
        innocentCause: """
            A release of many images at once, or a job that signs a whole registry after a change of keys.
            """,
        collect: "The jobs behind the signatures, and what the identity signed on other days."
    )

    package let needsContext = true

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        guard let context = subject.context else { return [] }
        var seen: Set<[UInt8]> = []
        return subject.authentic.compactMap { signature in
            let signer = signature.verdict?.identity ?? ""
            guard let burst = context.burst(of: signature.record.id), seen.insert(Array(signer.utf8)).inserted
            else { return nil }
            return finding(
                subject,
                """
                \(EscapedText(signer, limit: 200)) signed this and other images, \(burst.images) in all, within \
                \(burst.seconds) seconds
                """,
                [.signature(signature.record.id)]
            )
        }
    }
}
