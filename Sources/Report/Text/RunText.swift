internal import CaseIndex
internal import Correlation
internal import Cryptography

/// What CI services recorded of the jobs and runs that an image's documents name.
enum RunText {
    static func lines(_ runs: [TracedRun], _ style: TextStyle) -> [String] {
        var table = TextTable(["CI RECORD", "", "", "BASIS"])
        for run in runs {
            for (index, row) in rows(run).enumerated() {
                table.add([
                    TextCell(evidence: index == 0 ? title(run) : "", .strong), TextCell(row.0, .quiet),
                    TextCell(evidence: row.1), index == 0 ? TextCell(run.basis.rawValue, run.basis.tone) : TextCell(""),
                ])
            }
        }
        return table.lines(style)
    }

    static func title(_ run: TracedRun) -> String {
        run.job.map { "job \($0.number ?? $0.name)" } ?? "run \(run.pipeline?.number ?? "")"
    }

    /// What is known of it, a line each.
    static func rows(_ run: TracedRun) -> [(String, String)] {
        let origin = run.job?.origin ?? run.pipeline?.origin
        let place = [origin?.server, origin?.project].compactMap(\.self).joined(separator: "/")
        let runner = [run.job?.runnerID, run.job?.runnerName].compactMap(\.self).joined(separator: " ")
        let rows: [(String, String?)] = [
            ("project", place.isEmpty ? origin?.projectID : place), ("name", run.job?.name),
            ("pipeline", run.job == nil ? nil : run.pipeline?.number ?? run.job?.pipelineNumber),
            ("commit", run.commitName), ("ref", run.ref), ("trigger", run.pipeline?.trigger),
            ("user", run.job?.user ?? run.pipeline?.user), ("runner", runner.isEmpty ? nil : runner),
            ("status", run.job?.status ?? run.pipeline?.status),
            ("began", (run.job?.times ?? run.pipeline?.times)?.startedAt?.description),
            ("ended", (run.job?.times ?? run.pipeline?.times)?.finishedAt?.description),
        ]
        return rows.compactMap { name, value in value.map { (name, $0) } }
    }
}
