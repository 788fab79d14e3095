package import CaseIndex
internal import Cryptography

/// A signature that was made when its job had long ended.
package struct SignatureAfterJob: Rule {
    package let id = "signature-after-job"
    package let severity = FindingSeverity.warning
    package let explanation = """
        A job's identity can be used while the job runs. This signature was made later than the CI service recorded the \
        job's end, or before its beginning, by more than clocks differ: somebody kept the identity, or the record is wrong.
        """
    package let guidance = RuleGuidance(
        summary: "A signature was made when its job had ended, or before it began.",
        examines: """
            The attested time of the signature beside the start and end that the CI service recorded of the \
            job.
            """,
        innocentCause: "The clock of the CI service was wrong, or the record was taken before the job ended.",
        collect: "The job's log with its times, the log entry, and who could read the job's identity token."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.runs.compactMap { run in
            guard let times = run.job?.times, run.value.basis == .certificateAttested else { return nil }
            let signed = subject.row(.time)?.values.first { value in
                value.claim.signatureID == run.value.claim.signatureID && value.basis.isAttested
                    && isOutside(value.value.moment, times)
            }
            return signed.map { value in
                finding(
                    subject,
                    "the signature was made at \(value.value.normal); \(run.noun) ran from "
                        + "\(text(times.startedAt)) to \(text(times.finishedAt))",
                    run.citations + [.claim(value.claim.id)]
                )
            }
        }
    }

    private func isOutside(_ moment: FactValue.Moment?, _ times: RunTimes) -> Bool {
        guard case .signing(let signed)? = moment else { return false }
        let tolerance = FactValue.Moment.clockTolerance
        let isLate = times.finishedAt.map { $0.adding(seconds: tolerance) < signed } ?? false
        let isEarly = times.startedAt.map { signed.adding(seconds: tolerance) < $0 } ?? false
        return isLate || isEarly
    }

    private func text(_ time: Timestamp?) -> String {
        time.map { "\($0)" } ?? "an unknown time"
    }
}
