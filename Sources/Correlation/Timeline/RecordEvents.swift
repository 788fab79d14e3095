internal import CaseIndex
internal import Cryptography

/// The moments that single records state.
enum RecordEvents {
    /// Of a commit.
    static func events(of commit: CommitRecord) -> [TimelineEvent] {
        let times: [(EventKind, GitPerson)] = [(.authored, commit.author), (.committed, commit.committer)]
        return times.compactMap { kind, person in
            person.time.map { time in
                TimelineEvent(
                    kind,
                    time,
                    record: "gitCommit:\(commit.name)",
                    basis: .git,
                    what: "\(commit.name.prefix(12)) \(commit.subject) (\(person.name) <\(person.mail)>)"
                )
            }
        }
    }

    /// Of a run.
    static func events(of pipeline: PipelineRecord) -> [TimelineEvent] {
        events(
            pipeline.times,
            (.pipelineCreated, .pipelineStarted, .pipelineFinished),
            record: "pipeline:\(pipeline.id)",
            what: [
                pipeline.origin.project ?? "", pipeline.number ?? pipeline.localNumber ?? "without a number",
                pipeline.ref ?? "", pipeline.user.map { "by \($0)" } ?? "",
            ]
        )
    }

    /// Of a job.
    static func events(of job: JobRecord) -> [TimelineEvent] {
        events(
            job.times,
            (.jobCreated, .jobStarted, .jobFinished),
            record: "job:\(job.id)",
            what: [
                job.origin.project ?? "", job.number ?? "without a number", job.name,
                (job.runnerName ?? job.runnerID).map { "on \($0)" } ?? "", job.user.map { "by \($0)" } ?? "",
            ]
        )
    }

    private static func events(
        _ times: RunTimes,
        _ kinds: (EventKind, EventKind, EventKind),
        record: String,
        what: [String]
    ) -> [TimelineEvent] {
        let text = what.filter { !$0.isEmpty }.joined(separator: " ")
        return [(kinds.0, times.createdAt), (kinds.1, times.startedAt), (kinds.2, times.finishedAt)].compactMap {
            kind,
            time in
            time.map { TimelineEvent(kind, $0, record: record, basis: .record, what: text) }
        }
    }

    /// Of an import.
    static func event(of source: SourceRecord) -> TimelineEvent {
        TimelineEvent(
            .imported,
            source.importedAt,
            record: "source:\(source.id)",
            basis: .custody,
            what: source.path
        )
    }

    /// Of a file of a layer.
    static func event(_ kind: EventKind, _ stored: StoredFileEntry) -> TimelineEvent {
        let fraction = (0..<1_000_000_000).contains(stored.entry.nanoseconds) ? stored.entry.nanoseconds : 0
        var event = TimelineEvent(
            kind,
            Timestamp(seconds: stored.entry.modified, nanoseconds: Int32(fraction)),
            record: "fileEntry:\(stored.id)",
            basis: .unsigned,
            what: "/" + String(decoding: stored.entry.path, as: UTF8.self)
        )
        event.file = stored
        return event
    }
}
