package import CaseIndex
internal import Cryptography

/// A commit that says it was made after the image was built or signed.
package struct CommitAfterBuild: Rule {
    package let id = "commit-after-build"
    package let severity = FindingSeverity.error
    package let explanation = """
        The commit says that it was made later than the build or the signature that names it, by more than clocks \
        differ. One of the times is wrong; a commit's own time is the one that anybody can choose.
        """
    package let guidance = RuleGuidance(
        summary: "A commit says that it was made after the build or signature that names it.",
        examines: "The committer's time of the commit beside the times of the build and of the signature.",
        innocentCause: """
            The clock of the machine that committed was wrong, or the commit was rebased with a date given \
            by hand.
            """,
        collect: "The push events of the repository, which carry the server's time."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.compactMap { commit in
            guard let made = commit.record?.committer.time else { return nil }
            let signatures = Set(commit.values.compactMap(\.claim.signatureID))
            let times = subject.row(.time)?.values ?? []
            let earlier = times.first { time in
                guard time.basis != .unverified, time.claim.signatureID.map(signatures.contains) ?? false,
                    let moment = time.value.moment?.time
                else { return false }
                return moment.adding(seconds: FactValue.Moment.clockTolerance) < made
            }
            return earlier.map { time in
                finding(
                    subject,
                    "the commit \(commit.name) was made at \(made), after \(time.speakerTitle) \(time.keyText) "
                        + "(\(time.valueText))",
                    [.commit(commit.name), .claim(time.claim.id)]
                )
            }
        }
    }
}

extension FactValue.Moment {
    /// The point in time, whatever it dates.
    var time: Timestamp {
        switch self {
        case .build(let time), .signing(let time): time
        }
    }
}
