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
