package import CaseIndex
internal import Cryptography
internal import Presentation

/// A name that stands, or stood, for another image too.
package struct TagMoved: Rule {
    package let id = "tag-moved"
    package let severity = FindingSeverity.note
    package let explanation = """
        The same name stands for other digests in the history of the registry's tags, or in evidence of another day. \
        Whoever pulled by that name got one or the other.
        """
    package let guidance = RuleGuidance(
        summary: "A name of the image stands, or stood, for other digests.",
        examines: """
            The names of the image beside the same names in all evidence, and the digests that a registry's \
            storage kept of each tag.
            """,
        innocentCause: "Tags such as latest are meant to move.",
        collect: "The digests that were pulled under the name, from hosts and caches, and the time of each push."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        var seen: Set<[UInt8]> = []
        return subject.names.filter { seen.insert(Array($0.currentName.utf8)).inserted }.compactMap { record in
            let others = subject.namesakes.filter { $0.currentName.hasSameBytes(as: record.currentName) }
            let digests = Set(others.map(\.digest)).sorted()
            guard let first = digests.first else { return nil }
            let more = digests.count > 1 ? " and \(digests.count - 1) more" : ""
            let was = record.isEarlier ? "stood" : "stands"
            return finding(
                subject,
                "\(EscapedText(record.currentName, limit: 200)) \(was) for this image, and elsewhere or at another "
                    + "time for \(first)\(more)",
                [.reference(record)] + others.prefix(20).map { .reference($0) }
            )
        }
    }
}
