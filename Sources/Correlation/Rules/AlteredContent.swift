package import CaseIndex

/// Bytes that are not those that a descriptor names.
package struct AlteredContent: Rule {
    package let id = "altered-content"
    package let severity = FindingSeverity.error
    package let explanation = """
        A signature over an image covers its content only through digests. These bytes are not those that the digest \
        names: they were changed, or damaged, after the image was put together.
        """
    package let guidance = RuleGuidance(
        summary: "Bytes of the image are not those that a descriptor names.",
        examines: """
            Every descriptor that is reached from the image, beside the digest, size and diffID of the bytes \
            at its place.
            """,
        innocentCause: "A damaged disk or a broken copy changes bytes as well as an attacker does.",
        collect: "The same digest from the registry and from a backup; raireki diff shows what differs."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.graph.altered.map { descriptor in
            finding(subject, Self.message(descriptor), [.relationship(descriptor)])
        }
    }

    private static func message(_ descriptor: RelationshipRecord) -> String {
        let what = "the \(descriptor.kind.noun) \(descriptor.target)"
        switch descriptor.outcome {
        case .digestMismatch:
            let found = descriptor.observedDigest.map { "have the digest \($0)" } ?? "have another digest"
            return "the bytes at the place of \(what) \(found)"
        case .sizeMismatch:
            let found = descriptor.observedSize.map { "\($0) bytes" } ?? "another size"
            let stated = descriptor.size.map { "\($0)" } ?? "none"
            return "\(what) has \(found), and its descriptor states \(stated)"
        case .diffIDMismatch:
            let found = descriptor.observedDiffID.map { "\($0)" } ?? "something else"
            let stated = descriptor.claimedDiffID.map { "\($0)" } ?? "another diffID"
            return "\(what) expands to \(found), and the configuration states \(stated)"
        case .malformed, .matched, .missing, .unreadable:
            return "the descriptor of \(what) is not well formed"
        }
    }
}

extension RelationshipKind {
    /// What the descriptor names.
    var noun: String {
        switch self {
        case .entry, .child: "manifest"
        case .configuration: "configuration"
        case .layer: "layer"
        case .subject: "subject"
        }
    }
}
