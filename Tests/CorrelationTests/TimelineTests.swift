import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// What happened to an image in one stream; each contradiction of clocks beside the stream that has none.
@Suite struct TimelineTests {
    private static let time = CaseFixture.time

    /// An image of the tutorial, with its job, pipeline and commit, changed as a test wants.
    private static func timeline(
        built: String? = nil,
        _ change: (inout JobRecord, inout PipelineRecord, inout CommitRecord) -> Void = { _, _, _ in }
    ) throws -> (timeline: Timeline, image: Digest) {
        let fixture = try CaseFixture()
        let (image, _) = try fixture.addTutorialImage()
        if let built { try fixture.addClaim(image, .configuration, "/created", built) }
        try fixture.addRun(change)
        let timeline = try fixture.caseFile.read { try Timeline(of: image, in: $0) }
        return (timeline, image)
    }

    @Test func putsEveryClockIntoOneStream() throws {
        let (timeline, image) = try Self.timeline(built: "2024-03-19T17:26:00Z")
        #expect(
            Set(timeline.events.map(\.kind)) == [
                .authored, .committed, .pipelineCreated, .jobStarted, .jobFinished, .imageCreated, .logged, .imported,
                .certificateNotBefore, .certificateNotAfter,
            ]
        )
        #expect(zip(timeline.events, timeline.events.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(timeline.conflictCount == 0)
        #expect(timeline.events.allSatisfy { $0.images == [image] })
        let logged = try #require(timeline.events.first { $0.kind == .logged })
        #expect(logged.basis == .logAttested && logged.record.hasPrefix("claim:"))
        let committed = try #require(timeline.events.first { $0.kind == .committed })
        #expect(committed.basis == .git && committed.record == "gitCommit:\(CaseFixture.commit)")
        #expect(timeline.events.first { $0.kind == .imageCreated }?.basis == .unsigned)
        #expect(timeline.events.first { $0.kind == .jobStarted }?.basis == .record)
        #expect(timeline.events.first { $0.kind == .imported }?.basis == .custody)
    }

    @Test(arguments: [
        ("commit-after-signature", 0), ("job-before-pipeline", 1), ("end-before-beginning", 2),
        ("signed-before-job", 3), ("signed-after-job", 4), ("author-after-committer", 5),
    ])
    func marksClocksThatContradictOneAnother(code: String, change: Int) throws {
        let (timeline, _) = try Self.timeline { job, pipeline, commit in
            switch change {
            case 0: commit.committer.time = Self.time.adding(seconds: 1000)
            case 1: job.times.startedAt = Self.time.adding(seconds: -2000)
            case 2: job.times.finishedAt = Self.time.adding(seconds: -1000)
            case 3: job.times.startedAt = Self.time.adding(seconds: 1000)
            case 4: job.times.finishedAt = Self.time.adding(seconds: -310)
            default: commit.author.time = Self.time.adding(seconds: -1)
            }
        }
        let marked = timeline.events.filter { event in event.conflicts.contains { $0.code == code } }
        #expect(!marked.isEmpty)
        // Each of the two names the other.
        for event in marked {
            for conflict in event.conflicts {
                let other = try #require(timeline.event(conflict.other))
                #expect(other.conflicts.contains { $0.other == event.id && $0.code == conflict.code })
            }
        }
    }

    @Test(arguments: [
        ("2024-03-19T17:26:00Z", false), ("2024-03-19T17:45:00Z", true), ("1970-01-01T00:00:00Z", false),
    ])
    func marksAnImageThatWasCreatedAfterItsSignature(created: String, isMarked: Bool) throws {
        let (timeline, _) = try Self.timeline(built: created)
        let event = try #require(timeline.events.first { $0.kind == .imageCreated })
        #expect(event.conflicts.contains { $0.code == "created-after-signature" } == isMarked)
        // What was set rather than measured says nothing of a commit either.
        #expect(!event.conflicts.contains { $0.code == "commit-after-build" })
    }

    @Test func showsTheEndsOfALayersFilesOrAllOfThem() throws {
        let fixture = try CaseFixture()
        func file(_ path: String, _ time: Int64) -> FileEntryRecord {
            var file = FileEntryRecord.file(path, path)
            file.modified = time
            return file
        }
        let layer = try fixture.addLayer(
            "files",
            [
                file("b", Self.time.seconds - 5), file("a", 1_600_000_000), file("c", Self.time.seconds + 9999),
                .folder("d"),
            ]
        )
        let image = try fixture.addImage(
            "app",
            layers: [layer],
            configuration:
                #"{"created":"2024-03-19T17:00:00Z","history":[{"created":"2024-03-19T16:00:00Z","created_by":"RUN make"},{"created":"soon"}]}"#
        )
        try fixture.addClaim(image, .configuration, "/created", "2024-03-19T17:00:00Z")
        try fixture.caseFile.read { reader in
            let ends = try Timeline(of: image, in: reader)
            #expect(ends.events.filter { $0.file != nil }.map(\.what) == ["/a", "/c"])
            #expect(ends.events.filter { $0.kind == .historyStep }.map(\.what) == ["RUN make"])
            #expect(ends.events.last { $0.file != nil }?.conflicts.map(\.code).contains("file-after-image") == true)
            #expect(ends.events.first { $0.file != nil }?.conflicts.isEmpty == true)
            let all = try Timeline(of: image, in: reader, files: .all)
            #expect(all.events.filter { $0.kind == .fileModified }.map(\.what) == ["/a", "/b", "/c"])
            let none = try Timeline(of: image, in: reader, files: TimelineFiles.none)
            #expect(none.events.allSatisfy { $0.file == nil })
        }
    }

    @Test func keepsToAWindow() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addRun { _, _, _ in }
        func events(_ first: Timestamp?, _ last: Timestamp?) throws -> [TimelineEvent] {
            try fixture.caseFile.read {
                try Timeline(ofCase: fixture.caseFile, $0, within: TimeWindow(from: first, to: last)).events
            }
        }
        let end = Self.time.adding(seconds: 60)
        let part = try events(Self.time, end)
        #expect(part.map(\.kind).contains(.logged) && !part.map(\.kind).contains(.committed))
        let whole = try events(nil, nil)
        #expect(whole.map(\.kind).contains(.committed))
        #expect(part == whole.filter { Self.time <= $0.time && $0.time <= end })
    }

    @Test func holdsWhatNoImageSpeaksOfInTheStreamOfTheWholeCase() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addRun { _, _, _ in }
        try fixture.addRun { job, pipeline, commit in
            (job.number, pipeline.number, commit.name) = ("99", "98", CaseFixture.otherCommit)
            job.pipelineNumber = "98"
        }
        let timeline = try fixture.caseFile.read { try Timeline(ofCase: fixture.caseFile, $0) }
        #expect(timeline.events.filter { $0.kind == .jobStarted }.map(\.images.count) == [1, 0])
        #expect(timeline.events.filter { $0.kind == .committed }.count == 2)
        #expect(Set(timeline.events.map(\.id)).count == timeline.events.count)
    }
}
