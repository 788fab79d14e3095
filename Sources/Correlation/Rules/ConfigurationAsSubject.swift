package import CaseIndex
internal import Cryptography

/// A signed document about the image's configuration rather than its manifest.
package struct ConfigurationAsSubject: Rule {
    package let id = "configuration-as-subject"
    package let severity = FindingSeverity.note
    package let explanation = """
        The subject of the document is the digest of the image's configuration, which docker inspect gives as the \
        image's identifier. It covers what the image holds, through the diffIDs, but not its manifest; verifiers \
        that know the manifest's digest alone refuse it.
        """
    package let guidance = RuleGuidance(
        summary: "The subject of a signed document is the image's configuration, not its manifest.",
        examines: "The subjects of signed documents beside the configurations that the image's manifests name.",
        innocentCause: "An example of GitLab's documentation takes the identifier that docker inspect gives.",
        collect: "The job that attests; it should take the digest that the push gives."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let configurations = subject.graph.configurations.filter { $0.target != subject.image }
        return configurations.firstOfEachTarget.flatMap { configuration -> [FindingRecord] in
            let signatures = subject.signatures.filter { $0.record.subject == configuration.target }
            let claims = subject.row(.imageDigest)?.values.filter { value in
                value.value.normal.hasSameBytes(as: configuration.target.description)
            }
            let cited = signatures.map { Citation.signature($0.record.id) } + (claims ?? []).map { .claim($0.claim.id) }
            guard !cited.isEmpty else { return [] }
            let message = "a signed document is about the configuration \(configuration.target), not the manifest"
            return [finding(subject, message, cited + [.relationship(configuration)])]
        }
    }
}

extension ImageGraph {
    /// The descriptors of configurations.
    var configurations: [RelationshipRecord] {
        descriptors.filter { $0.kind == .configuration }
    }
}

extension [RelationshipRecord] {
    /// One descriptor for each target, whatever source it is from.
    var firstOfEachTarget: [RelationshipRecord] {
        var seen: Set<Digest> = []
        return filter { seen.insert($0.target).inserted }
    }
}
