package import CaseIndex

/// A signed document that names another digest than the image it is attached to.
package struct DigestContradiction: Rule {
    package let id = "digest-contradiction"
    package let severity = FindingSeverity.error
    package let explanation = """
        Storage attaches the signature to this image, but the signed document is about another digest: it says nothing \
        about this image.
        """

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.row(.imageDigest)?.conflicts.map { conflict in
            finding(
                subject,
                "\(conflict.weaker.speakerTitle) \(conflict.weaker.keyText) names \(conflict.weaker.valueText)",
                [.claim(conflict.weaker.claim.id)]
            )
        } ?? []
    }
}
