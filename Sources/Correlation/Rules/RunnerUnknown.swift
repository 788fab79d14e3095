package import CaseIndex
internal import Cryptography

/// A machine of somebody's own that nothing names.
package struct RunnerUnknown: Rule {
    package let id = "runner-unknown"
    package let severity = FindingSeverity.note
    package let explanation = """
        The certificate says that the job ran on a self-hosted machine, and neither a statement nor a record of the \
        CI service says on which. A certificate names the class of machines alone.
        """
    package let guidance = RuleGuidance(
        summary: "A job ran on a self-hosted machine that nothing in the case names.",
        examines: "Extension .11 of authentic signatures, beside runners in statements and in the records of jobs.",
        innocentCause: "Nobody collected the records of the jobs.",
        collect: "The jobs from the CI service's interface, and the runner's provenance among the job's artifacts."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        let isNamed =
            subject.runs.contains { $0.job?.runnerID != nil }
            || subject.row(.runner)?.values.contains { $0.value.aspect == .itself } == true
        guard !isNamed else { return [] }
        let classes = subject.authentic.flatMap { subject.attested(.runner, .environment, by: $0.record.id) }
        return classes.filter { $0.value.normal.hasSameBytes(as: Self.selfHosted) }.prefix(1).map { value in
            finding(
                subject,
                "the certificate (\(value.keyText)) says \(value.valueText), and nothing names the machine",
                [.claim(value.claim.id)]
            )
        }
    }

    /// The word of Fulcio's extension 1.3.6.1.4.1.57264.1.11 for it, whatever the service.
    private static let selfHosted = "self-hosted"
}
