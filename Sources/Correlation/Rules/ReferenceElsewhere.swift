package import CaseIndex
internal import Cryptography
internal import Presentation

/// A signed reference to another repository than those that hold the image.
package struct ReferenceElsewhere: Rule {
    package let id = "reference-elsewhere"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The signed payload names the repository for which the image was signed, and the evidence has the image in \
        others alone. Most verifiers do not compare the two. In GitLab's tutorial the name is the first that docker \
        inspect lists, which may be that of another registry.
        """
    package let guidance = RuleGuidance(
        summary: "The signed reference names another repository than those that hold the image.",
        examines: """
            docker-reference in authentic payloads, beside the names with a repository that evidence gives \
            the image.
            """,
        innocentCause: "The image was promoted or mirrored into another repository with its signatures.",
        collect: "The repository that was signed for, and the record of the copy."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let places = subject.names.filter { record in
            guard let name = StatedName(record) else { return false }
            return name.host != nil || name.path.utf8.contains(UInt8(ascii: "/"))
        }
        guard !places.isEmpty else { return [] }
        let authentic = Set(subject.authentic.map(\.record.id))
        var seen: Set<[UInt8]> = []
        return subject.claims.filter { claim in
            claim.speaker == .payload && claim.key.hasSameBytes(as: "docker-reference")
                && claim.subject == subject.image && claim.signatureID.map(authentic.contains) ?? false
                && !claim.value.isEmpty
                && !places.contains { place in
                    StatedName(place)?.isSameRepository(as: StatedName(claim.value)) ?? false
                }
                && seen.insert(Array(claim.value.utf8)).inserted
        }.map { claim in
            let names = places.prefix(3).map { EscapedText($0.name, limit: 200).text }.joined(separator: ", ")
            return finding(
                subject,
                "signed for \(EscapedText(claim.value, limit: 200)), found as \(names)",
                [.claim(claim.id)] + places.prefix(3).map { .reference($0) }
            )
        }
    }
}
