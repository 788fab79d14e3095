internal import CaseIndex
internal import Cryptography

/// An event on its way into a timeline, with what it hangs together with.
struct DatedEvent {
    var event: TimelineEvent
    /// The signatures in whose material it stands, or that name it.
    var signatures: Set<String> = []
    /// The runs and jobs that it belongs to, by their records.
    var runs: Set<String> = []

    init(_ event: TimelineEvent, signatures: Set<String> = [], runs: Set<String> = []) {
        self.event = event
        self.signatures = signatures
        self.runs = runs
    }
}

/// That one thing cannot happen after another.
struct ClockRule {
    /// A stable word.
    let code: String
    /// What is wrong, for people.
    let words: String
    /// What comes first.
    let first: Set<EventKind>
    /// What comes later.
    let later: Set<EventKind>
    /// What two events must have in common before they are compared.
    let link: Link
    /// How far the clocks may be apart, in seconds.
    var tolerance: Int64 = FactValue.Moment.clockTolerance

    enum Link {
        case record, run, signature, image
    }

    private static let signing: Set<EventKind> = [.certificateNotBefore, .timestamped, .logged]

    /// Every order that is kept.
    static let all: [ClockRule] = [
        ClockRule(
            code: "author-after-committer",
            words: "written after it was committed",
            first: [.authored],
            later: [.committed],
            link: .record
        ),
        ClockRule(
            code: "end-before-beginning",
            words: "ended before it began",
            first: [.jobCreated, .jobStarted],
            later: [.jobStarted, .jobFinished],
            link: .record
        ),
        ClockRule(
            code: "end-before-beginning",
            words: "ended before it began",
            first: [.pipelineCreated, .pipelineStarted],
            later: [.pipelineStarted, .pipelineFinished],
            link: .record
        ),
        ClockRule(
            code: "job-before-pipeline",
            words: "the job began before its pipeline was made",
            first: [.pipelineCreated],
            later: [.jobStarted],
            link: .run
        ),
        ClockRule(
            code: "commit-after-pipeline",
            words: "the commit was made after the pipeline that ran on it",
            first: [.committed],
            later: [.pipelineCreated, .jobStarted],
            link: .run
        ),
        ClockRule(
            code: "commit-after-signature",
            words: "the commit was made after it was signed as built",
            first: [.committed],
            later: signing,
            link: .signature
        ),
        ClockRule(
            code: "commit-after-build",
            words: "the commit was made after it was built",
            first: [.committed],
            later: [.buildStarted, .buildFinished, .buildStated, .imageCreated],
            link: .image
        ),
        ClockRule(
            code: "build-end-before-beginning",
            words: "the build ended before it began",
            first: [.buildStarted],
            later: [.buildFinished],
            link: .signature
        ),
        ClockRule(
            code: "signed-before-job",
            words: "signed before the job that signed began",
            first: [.jobStarted],
            later: signing,
            link: .signature
        ),
        ClockRule(
            code: "signed-after-job",
            words: "signed after the job that signed had ended",
            first: signing,
            later: [.jobFinished],
            link: .signature
        ),
        ClockRule(
            code: "outside-certificate",
            words: "outside the time in which the certificate was valid",
            first: [.certificateNotBefore],
            later: [.timestamped, .logged],
            link: .signature,
            tolerance: 0
        ),
        ClockRule(
            code: "outside-certificate",
            words: "outside the time in which the certificate was valid",
            first: [.timestamped, .logged],
            later: [.certificateNotAfter],
            link: .signature,
            tolerance: 0
        ),
        ClockRule(
            code: "created-after-signature",
            words: "the image says it was created after it was signed",
            first: [.imageCreated, .historyStep, .buildStarted, .buildFinished, .buildStated],
            later: signing,
            link: .image
        ),
        ClockRule(
            code: "step-after-image",
            words: "a step of the history is younger than the image",
            first: [.historyStep],
            later: [.imageCreated],
            link: .image
        ),
        ClockRule(
            code: "file-after-signature",
            words: "a file is younger than the signature over it",
            first: [.fileOldest, .fileNewest, .fileModified],
            later: signing,
            link: .image
        ),
        ClockRule(
            code: "file-after-image",
            words: "a file is younger than the image that holds it",
            first: [.fileOldest, .fileNewest, .fileModified],
            later: [.imageCreated],
            link: .image
        ),
        ClockRule(
            code: "after-import",
            words: "dated after the evidence came into the case",
            first: Set(EventKind.allCases).subtracting([.imported, .certificateNotAfter]),
            later: [.imported],
            link: .image
        ),
    ]
}

extension ClockRule {
    /// Marks the events of one image, or of one run or commit, that break a rule: each with the one it breaks it with
    /// by the most, and that one with it.
    static func mark(_ events: inout [DatedEvent]) {
        for rule in all {
            let later = events.indices.filter { rule.later.contains(events[$0].event.kind) }.filter {
                !events[$0].event.isPlaceholder
            }
            guard !later.isEmpty else { continue }
            // Evidence is collected piece by piece: only what is younger than the last piece is too young for certain.
            let isLastCounted = rule.later == [.imported]
            for index in events.indices where rule.first.contains(events[index].event.kind) {
                let candidates = later.filter { $0 != index && rule.links(events[index], events[$0]) }
                let times = candidates.map { (events[$0].event.time, $0) }
                guard let bound = isLastCounted ? times.max(by: <) : times.min(by: <),
                    bound.0.adding(seconds: rule.tolerance) < events[index].event.time
                else { continue }
                rule.note(index, bound.1, &events)
            }
        }
    }

    private func note(_ one: Int, _ other: Int, _ events: inout [DatedEvent]) {
        for (from, to) in [(one, other), (other, one)] {
            let conflict = ClockConflict(other: events[to].event.id, code: code, words: words)
            if !events[from].event.conflicts.contains(conflict) { events[from].event.conflicts.append(conflict) }
        }
    }

    private func links(_ one: DatedEvent, _ other: DatedEvent) -> Bool {
        switch link {
        case .record: one.event.record == other.event.record && one.event.kind != other.event.kind
        case .run: !one.runs.isDisjoint(with: other.runs)
        case .signature: !one.signatures.isDisjoint(with: other.signatures)
        case .image: true
        }
    }
}
