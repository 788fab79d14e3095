package import CaseIndex
internal import Cryptography
internal import Presentation

/// A signed tag that the image does not carry.
package struct ImageTagContradiction: Rule {
    package let id = "image-tag-contradiction"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The signer named the tag under which the image was pushed, and none of the names that the evidence gives the \
        image has that tag. An old image under a new tag, which is how a fixed flaw comes back, looks like this; its \
        signature holds.
        """
    package let guidance = RuleGuidance(
        summary: "The signed tag is none of those that the image carries.",
        examines: """
            The annotation tag, or what else signed documents call the tag, beside the tags by which \
            evidence names the image.
            """,
        innocentCause: "The image was given further tags, or was collected under the name of a copy.",
        collect: "The registry's history of both tags, and the image that carries the signed one."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let names = subject.names.compactMap { record in
            StatedName(record).flatMap(\.tag).map { (record: record, tag: $0) }
        }
        guard !names.isEmpty else { return [] }
        let signed = subject.row(.tag)?.values.filter { value in
            value.claim.signatureID != nil && value.basis != .unverified && value.claim.subject == subject.image
        }
        var seen: Set<[UInt8]> = []
        return (signed ?? []).filter { value in
            !names.contains { $0.tag.hasSameBytes(as: value.value.normal) }
                && seen.insert(Array(value.value.normal.utf8)).inserted
        }.map { value in
            let tags = names.prefix(3).map { EscapedText($0.tag, limit: 128).text }.joined(separator: ", ")
            return finding(
                subject,
                "\(value.speakerTitle) \(value.keyText) says \(value.valueText), and the image carries \(tags)",
                [.claim(value.claim.id)] + names.prefix(3).map { .reference($0.record) }
            )
        }
    }
}
