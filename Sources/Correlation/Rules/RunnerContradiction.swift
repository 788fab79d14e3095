package import CaseIndex
internal import Cryptography
internal import Presentation

/// A runner other than the one that the CI service recorded.
package struct RunnerContradiction: Rule {
    package let id = "runner-contradiction"
    package let severity = FindingSeverity.warning
    package let explanation = """
        A provenance statement names the machine that ran the job, and the CI service recorded another one for the \
        same job. The statement is of another job, or one of them was changed.
        """
    package let guidance = RuleGuidance(
        summary: "A statement names another runner than the CI service recorded of the job.",
        examines: """
            The runner in provenance statements beside the runner in the record of the job that the same \
            document names.
            """,
        innocentCause: "The job was retried on another machine, and the record is of the later attempt.",
        collect: "All attempts of the job, and the runner's own log."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.runs.compactMap { run in
            guard let recorded = run.job?.runnerID else { return nil }
            let named = subject.row(.runner)?.values.first { value in
                value.value.aspect == .itself && value.basis != .unverified && value.isStated(with: run.value)
                    && !value.value.normal.hasSameBytes(as: recorded)
            }
            return named.map { value in
                finding(
                    subject,
                    "\(value.speakerTitle) \(value.keyText) names the runner \(value.valueText), but \(run.noun) was "
                        + "recorded on the runner \(EscapedText(recorded, limit: 80))",
                    run.citations + [.claim(value.claim.id)]
                )
            }
        }
    }
}
