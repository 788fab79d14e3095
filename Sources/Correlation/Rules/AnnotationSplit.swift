package import CaseIndex
internal import Presentation

/// An annotation that a comma cut in two.
package struct AnnotationSplit: Rule {
    package let id = "annotation-split"
    package let severity = FindingSeverity.note
    package let explanation = """
        The option that gives annotations to cosign is split at commas. A user whose name holds one signs the part \
        before it under the name's key, and the rest as an annotation of its own.
        """
    package let guidance = RuleGuidance(
        summary: "A signed annotation was cut at a comma.",
        examines: """
            The keys of signed annotations, and the signed user's name beside the names in commits and in \
            records of runs.
            """,
        innocentCause: "A person's name or a project's title with a comma, which is all that it takes.",
        collect: "Nothing: read the whole name from the record of the run."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        keys(subject) + names(subject)
    }

    /// The rest of a value stands where a key does: no honest key begins with a blank.
    private func keys(_ subject: RuleSubject) -> [FindingRecord] {
        subject.claims.filter { claim in
            claim.speaker == .signedAnnotation && claim.key.utf8.first == UInt8(ascii: " ")
        }.map { claim in
            finding(
                subject,
                "the signed annotation \"\(EscapedText(claim.key, limit: 120))\" is the rest of a value with a comma",
                [.claim(claim.id)]
            )
        }
    }

    /// The name that was signed is what precedes the comma in the name that others recorded.
    private func names(_ subject: RuleSubject) -> [FindingRecord] {
        let known = subject.commits.compactMap(\.record).flatMap { [$0.author.name, $0.committer.name] }
        let recorded = known + subject.runs.compactMap { $0.pipeline?.user ?? $0.job?.user }
        let signed = subject.row(.user)?.values.filter { value in
            value.claim.speaker == .signedAnnotation && value.value.aspect == .name && !value.value.normal.isEmpty
        }
        return (signed ?? []).compactMap { value in
            let whole = recorded.first { $0.afterPrefix(value.value.normal + ",") != nil }
            return whole.map { name in
                finding(
                    subject,
                    "the signed annotation \(value.keyText) says \(value.valueText), cut from "
                        + "\(EscapedText(name, limit: 200))",
                    [.claim(value.claim.id)]
                )
            }
        }
    }
}
