package import CaseIndex
package import Cryptography

/// Which files a timeline shows.
package enum TimelineFiles: String, Hashable, Sendable, CaseIterable {
    /// The oldest and the newest of each layer.
    case ends
    /// Every file.
    case all
    /// No file.
    case none
}

/// What happened, in the order of the clocks that say so, and where these clocks contradict one another.
package struct Timeline: Sendable {
    /// Every event, the earliest first.
    package private(set) var events: [TimelineEvent]

    /// How many events contradict another.
    package var conflictCount: Int {
        events.count { !$0.conflicts.isEmpty }
    }

    /// The event of an id.
    package func event(_ id: String) -> TimelineEvent? {
        events.first { $0.id == id }
    }

    /// What happened to one image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - reader: The case.
    ///   - files: Which files are shown.
    /// - Throws: ``CaseError``.
    package init(of image: Digest, in reader: CaseReader, files: TimelineFiles = .ends) throws {
        var merged = MergedEvents(nil)
        let own = try Self.events(of: image, RepositoryHistories(reader), reader, files: files)
        for event in own { merged.merge(event) }
        events = merged.sorted
    }

    /// What happened to one image, in no order, each event with what it contradicts.
    fileprivate static func events(
        of image: Digest,
        _ histories: RepositoryHistories,
        _ reader: CaseReader,
        files: TimelineFiles
    ) throws -> [TimelineEvent] {
        let trace = try Trace(of: image, in: reader, histories, depth: .records)
        var dated = try ImageEvents(trace, reader, files: files).dated
        ClockRule.mark(&dated)
        return dated.map(\.event)
    }

    /// What happened to one image that was traced already.
    ///
    /// - Throws: ``CaseError``.
    package init(of trace: Trace, in reader: CaseReader, files: TimelineFiles = .ends) throws {
        var dated = try ImageEvents(trace, reader, files: files).dated
        ClockRule.mark(&dated)
        events = dated.map(\.event).sorted(by: TimelineEvent.precedes)
    }

    /// What happened to some images, in one stream.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - caseFile: The case.
    ///   - reader: The state of it that is read.
    ///   - files: Which files are shown.
    ///   - window: Which times are shown, both ends included; contradictions with events outside stay marked.
    ///   - progress: Told how many images are done.
    /// - Throws: ``CaseError``.
    package init(
        of images: [Digest],
        _ caseFile: CaseFile,
        _ reader: CaseReader,
        files: TimelineFiles = .ends,
        within window: TimeWindow? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws {
        var merged = MergedEvents(window)
        try merged.add(images, caseFile, reader, files: files, progress: progress)
        events = merged.sorted
    }

    /// What happened in the whole case: to every image, and every commit, run, job and import of which no image speaks.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - reader: The state of it that is read.
    ///   - files: Which files are shown.
    ///   - window: Which times are shown, both ends included; contradictions with events outside stay marked.
    ///   - progress: Told how many images are done.
    /// - Throws: ``CaseError``.
    package init(
        ofCase caseFile: CaseFile,
        _ reader: CaseReader,
        files: TimelineFiles = .ends,
        within window: TimeWindow? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws {
        var merged = MergedEvents(window)
        try merged.add(try reader.imageDigests(), caseFile, reader, files: files, progress: progress)
        try reader.forEachCommit { merged.add(RecordEvents.events(of: $0)) }
        try reader.forEachPipeline { merged.add(RecordEvents.events(of: $0)) }
        try reader.forEachJob { merged.add(RecordEvents.events(of: $0)) }
        for source in try reader.sources() { merged.add([RecordEvents.event(of: source)]) }
        events = merged.sorted
    }
}

/// Events of several images, each once.
private struct MergedEvents {
    private let window: TimeWindow?
    private var events: [TimelineEvent] = []
    private var places: [String: Int] = [:]
    /// The images of events that concern several: an import may concern all.
    private var images: [Int: Set<Digest>] = [:]

    /// Those within a window; what lies outside it is not kept.
    init(_ window: TimeWindow?) {
        self.window = window
    }

    var sorted: [TimelineEvent] {
        var whole = events
        for (place, images) in images { whole[place].images = images.sorted() }
        whole.sort(by: TimelineEvent.precedes)
        return whole
    }

    mutating func add(
        _ images: [Digest],
        _ caseFile: CaseFile,
        _ reader: CaseReader,
        files: TimelineFiles,
        progress: (Int) -> Void
    ) throws {
        var done = 0
        try caseFile.forEach(
            of: images,
            in: reader,
            begin: { ($0, try RepositoryHistories($0)) },
            work: { try Timeline.events(of: $0, $1.1, $1.0, files: files) },
            deliver: {
                for event in $0 { merge(event) }
                done += 1
                progress(done)
            }
        )
    }

    /// Events of one record of which images may have spoken already; they are compared with one another alone.
    mutating func add(_ own: [TimelineEvent]) {
        guard own.contains(where: { places[$0.id] == nil }) else { return }
        var dated = own.map { DatedEvent($0) }
        ClockRule.mark(&dated)
        for event in dated.map(\.event) { merge(event) }
    }

    mutating func merge(_ event: TimelineEvent) {
        guard window?.contains(event.time) ?? true else { return }
        guard let place = places[event.id] else {
            places[event.id] = events.count
            events.append(event)
            return
        }
        if event.images != events[place].images {
            images[place, default: Set(events[place].images)].formUnion(event.images)
        }
        for conflict in event.conflicts where !events[place].conflicts.contains(conflict) {
            events[place].conflicts.append(conflict)
        }
    }
}
