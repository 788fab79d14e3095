package import CaseIndex
internal import Cryptography

/// Signed annotations of which only the tag was compared.
package struct AnnotationsNotEnforced: Rule {
    package let id = "annotations-not-enforced"
    package let severity = FindingSeverity.note
    package let explanation = """
        The verdict rests on an expectation that names the annotation tag alone, as GitLab's tutorial does. The \
        other annotations that were signed, commit, project and job among them, are shown and compared with nothing \
        by such a check.
        """
    package let guidance = RuleGuidance(
        summary: "Of the signed annotations, the expectation compares the tag alone.",
        examines: "The annotations that the recorded expectation names, beside those that were signed.",
        innocentCause: """
            The identity that is expected pins the project already, and the tag was all that was to be \
            compared.
            """,
        collect: "Give verify the commit as well: -a com.gitlab.ci.commit.sha=… or --certificate-github-workflow-sha."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.authentic.compactMap { signature in
            guard let expectation = signature.expectation, !expectation.annotations.isEmpty,
                expectation.annotations.allSatisfy({ $0.hasSameBytes(as: "tag") })
            else { return nil }
            let others = subject.claims.filter { claim in
                claim.speaker == .signedAnnotation && claim.signatureID == signature.record.id
                    && !claim.key.hasSameBytes(as: "tag")
            }
            guard !others.isEmpty else { return nil }
            return finding(
                subject,
                "of \(others.count + 1) signed annotations the expectation compares the tag alone",
                [.signature(signature.record.id)] + others.prefix(20).map { .claim($0.id) }
            )
        }
    }
}
