/// The address of a job or run, in the shapes of the two services whose tokens Fulcio accepts.
enum RunAddress {
    /// `…/-/jobs/ID` and `…/-/pipelines/ID` (GitLab), `…/actions/runs/ID[/attempts/N]` (GitHub).
    static func readings(_ text: String) -> [Reading] {
        if let job = FactValue.numbered(text, marker: "/-/jobs/"), !text.isDecimal { return [Reading(.job, job)] }
        if let pipeline = FactValue.numbered(text, marker: "/-/pipelines/"), !text.isDecimal {
            return [Reading(.pipeline, pipeline)]
        }
        guard let run = FactValue.numbered(text, marker: "/actions/runs/"), !text.isDecimal else { return [] }
        guard let attempt = text.splitOnce(at: "/attempts/")?.after, attempt.isDecimal
        else { return [Reading(.pipeline, run)] }
        return [
            Reading(.pipeline, run),
            Reading(.pipeline, FactValue(attempt, scope: run.normal, aspect: .attempt)),
        ]
    }
}
