package import CaseIndex
internal import Cryptography

/// A job that ran before its run was made.
package struct JobOutsidePipeline: Rule {
    package let id = "job-outside-pipeline"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The CI service recorded that the job began before the run that it belongs to was made. One of the records was \
        changed, or they do not belong together.
        """
    package let guidance = RuleGuidance(
        summary: "A job began before its pipeline was made.",
        examines: "The times that the CI service recorded of the job and of its pipeline.",
        innocentCause: "The records were joined by a script, or a job was moved into a new pipeline by a restore.",
        collect: "The same records from the service's database or its audit log."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.runs.compactMap { run in
            guard let started = run.job?.times.startedAt, let created = run.pipeline?.times.createdAt,
                started.adding(seconds: FactValue.Moment.clockTolerance) < created
            else { return nil }
            return finding(
                subject,
                "\(run.noun) began at \(started), before its run was made at \(created)",
                run.citations
            )
        }
    }
}
