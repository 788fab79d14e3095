package import CaseIndex
internal import Cryptography
internal import Presentation

/// A runner of another class than the certificate attests.
package struct RunnerClassContradiction: Rule {
    package let id = "runner-class-contradiction"
    package let severity = FindingSeverity.error
    package let explanation = """
        The certificate authority attested that the job ran on one class of machines, hosted or self-hosted; the \
        signer, or the CI service's record of the job, says the other. A job that was lured onto somebody's own \
        machine looks like this.
        """
    package let guidance = RuleGuidance(
        summary: "A job ran on another class of machines than the certificate attests.",
        examines: """
            Extension .11 beside the class in signed statements of the same signature, and beside the class \
            of the runner that the CI service recorded of the job.
            """,
        innocentCause: """
            The runner was registered anew under another kind after the job, or the record is of a retried \
            job.
            """,
        collect: "The runner's registration and its history, the job's log, and the runner's host itself."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        stated(subject) + recorded(subject)
    }

    /// What the signer says against the certificate of the same signature.
    private func stated(_ subject: RuleSubject) -> [FindingRecord] {
        let conflicts = subject.row(.runner)?.conflicts.filter(\.concernsOneSignature) ?? []
        return conflicts.firstOfEachWeaker.map { conflict in
            finding(
                subject,
                """
                \(conflict.weaker.speakerTitle) \(conflict.weaker.keyText) says \(conflict.weaker.valueText), but the \
                certificate (\(conflict.stronger.keyText)) says \(conflict.stronger.valueText)
                """,
                [.claim(conflict.weaker.claim.id), .claim(conflict.stronger.claim.id)]
            )
        }
    }

    /// What the record of the job says against the certificate that names the job.
    private func recorded(_ subject: RuleSubject) -> [FindingRecord] {
        subject.runs.compactMap { run in
            guard let recorded = run.job?.runnerClass, let signature = run.value.claim.signatureID,
                let attested = subject.attested(.runner, .environment, by: signature).first,
                !attested.value.normal.hasSameBytes(as: recorded)
            else { return nil }
            return finding(
                subject,
                "\(run.noun) was recorded on a \(EscapedText(recorded, limit: 80)) runner, but the certificate "
                    + "(\(attested.keyText)) says \(attested.valueText)",
                run.citations + [.claim(attested.claim.id)]
            )
        }
    }
}
