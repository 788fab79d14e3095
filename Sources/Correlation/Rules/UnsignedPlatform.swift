package import CaseIndex
internal import Cryptography
internal import Presentation

/// A platform's image that is covered by the signature of its index alone.
package struct UnsignedPlatform: Rule {
    package let id = "unsigned-platform"
    package let severity = FindingSeverity.note
    package let explanation = """
        The index is signed, and manifests that it lists are not. Whoever pulls one of them by its own digest finds \
        no signature; verifiers that look at the index find one. GitLab's tutorial signs what the build pushed, \
        which is an index when the builder is buildx.
        """
    package let guidance = RuleGuidance(
        summary: "An index is signed, and images of single platforms below it are not.",
        examines: """
            The manifests that a signed index lists for platforms, and the signatures that storage attaches \
            to each.
            """,
        innocentCause: "Signing the index alone is common; cosign signs what lies below it only with --recursive.",
        collect: "Nothing, unless platforms are deployed by their own digests."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        guard subject.authentic.contains(where: { $0.record.subject == subject.image }) else { return [] }
        let children = subject.graph.descriptors.filter { descriptor in
            descriptor.kind == .child && descriptor.origin == subject.image
                && descriptor.platform.map { !$0.hasSameBytes(as: Self.noPlatform) } ?? false
        }.firstOfEachTarget
        let signed = Set(subject.signatures.map(\.record.subject))
        let unsigned = children.filter { !signed.contains($0.target) }
        guard let first = unsigned.first else { return [] }
        let platforms = unsigned.prefix(4).map { EscapedText($0.platform ?? "", limit: 40).text }
        let more = unsigned.count > platforms.count ? " and \(unsigned.count - platforms.count) more" : ""
        return [
            finding(
                subject,
                "the index is signed, and \(first.target) and others below it are not: "
                    + platforms.joined(separator: ", ") + more,
                unsigned.prefix(20).map { .relationship($0) }
            )
        ]
    }

    /// What builders write for attestations, which run nowhere.
    private static let noPlatform = "unknown/unknown"
}
