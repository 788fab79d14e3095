package import CaseIndex

/// A signature that cosign finds only when it is asked for referrers.
package struct ReferrerOnly: Rule {
    package let id = "referrer-only"
    package let severity = FindingSeverity.note
    package let explanation = """
        The signature is stored as a referrer of the image alone, as GitLab's tutorial has it, and under no tag. \
        cosign 2 looks at referrers only with --experimental-oci11 and says otherwise that there are no signatures.
        """
    package let guidance = RuleGuidance(
        summary: "A signature is stored where cosign 2 looks only when it is told to.",
        examines: "Every place where each plain signature was found: as a referrer, or under a tag sha256-….sig.",
        innocentCause: "The tutorial stores signatures so, with --registry-referrers-mode oci-1-1.",
        collect: """
            Nothing: the signature is judged like any other. Verify with --experimental-oci11 where cosign 2 \
            is used.
            """
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let signatures = subject.signatures.filter { signature in
            signature.record.kind == .simpleSigning && !signature.storages.isEmpty
                && signature.storages.allSatisfy { [.subject, .fallbackIndex, .orphan].contains($0) }
        }
        guard !signatures.isEmpty else { return [] }
        let noun = signatures.count == 1 ? "a signature is" : "\(signatures.count) signatures are"
        return [
            finding(
                subject,
                "\(noun) stored as a referrer alone, where cosign 2 looks with --experimental-oci11 only",
                signatures.map { .signature($0.record.id) }
            )
        ]
    }
}
