package import CaseIndex
internal import Cryptography
internal import Presentation

/// What a CI service recorded of a job is not what was signed in it.
package struct RecordContradiction: Rule {
    package let id = "ci-record-contradiction"
    package let severity = FindingSeverity.error
    package let explanation = """
        The CI service recorded another project, commit, branch or trigger of this job than the certificate or the signer states. \
        Records can be edited and nobody signs them; but both cannot be right.
        """
    package let guidance = RuleGuidance(
        summary: "What the CI service recorded of a run is not what was signed in it.",
        examines: """
            Project, commit, reference and trigger of the job's and the pipeline's records beside the same \
            facts of the signature.
            """,
        innocentCause: "Records of another server or of a restored database were imported under this server's name.",
        collect: "The same records from the service itself, and its audit log of edits."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        elsewhere(subject)
            + subject.runs.flatMap { run -> [FindingRecord] in
                let recorded: [(Fact, String?)] = [
                    (.commit, run.commitName), (.ref, run.ref), (.trigger, run.pipeline?.trigger),
                ]
                return recorded.flatMap { fact, text -> [FindingRecord] in
                    guard let text else { return [] }
                    return stated(fact, with: run, subject).filter { !$0.value.saysSame(text, fact) }.prefix(1).map {
                        value in
                        finding(
                            subject,
                            """
                            \(run.noun) was recorded with the \(fact.rawValue) \(EscapedText(text, limit: 200)), but \
                            \(value.speakerTitle) \(value.keyText) says \(value.valueText)
                            """,
                            run.citations + [.claim(value.claim.id)]
                        )
                    }
                }
            }
    }

    /// Jobs and runs that the server recorded under the numbers that are named, in other projects.
    ///
    /// A merge request from a fork runs in the project that it asks to change; that is another rule's finding.
    private func elsewhere(_ subject: RuleSubject) -> [FindingRecord] {
        subject.foreignRuns.compactMap { run in
            guard let project = run.origin?.project,
                let value = stated(.project, with: run, subject).first,
                !isForked(run, project, subject)
            else { return nil }
            return finding(
                subject,
                """
                \(run.noun) was recorded with the project \(EscapedText(project, limit: 200)), but \
                \(value.speakerTitle) \(value.keyText) says \(value.valueText)
                """,
                run.citations + [.claim(value.claim.id)]
            )
        }
    }

    private func isForked(_ run: TracedRun, _ project: String, _ subject: RuleSubject) -> Bool {
        guard let signature = run.value.claim.signatureID else { return false }
        let files = subject.attested(.workflow, by: signature) + subject.attested(.workflow, .builder, by: signature)
        return files.contains { $0.value.projectPath?.hasSameBytes(as: project) ?? false }
    }

    /// What the same signature says of a fact.
    private func stated(_ fact: Fact, with run: TracedRun, _ subject: RuleSubject) -> [TracedValue] {
        subject.row(fact)?.values.filter { value in
            value.value.aspect == .itself && value.basis != .unverified
                && value.claim.signatureID == run.value.claim.signatureID
        } ?? []
    }
}

extension FactValue {
    /// Whether a record says the same: services write branches of merge requests and tags in their own ways.
    fileprivate func saysSame(_ text: String, _ fact: Fact) -> Bool {
        let other = fact == .ref ? FactValue.ref(text).normal : text
        return normal.hasSameBytes(as: other)
    }
}

extension TracedRun {
    /// What it is, for sentences.
    var noun: String {
        job.map { "the job \(EscapedText($0.number ?? $0.name, limit: 80))" }
            ?? "the run \(EscapedText(pipeline?.number ?? "", limit: 80))"
    }

    /// Of which project it is.
    var origin: RunOrigin? { job?.origin ?? pipeline?.origin }

    /// The records.
    var citations: [Citation] {
        [job.map { .job($0.id) }, pipeline.map { .pipeline($0.id) }].compactMap(\.self)
    }
}
