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

    /// The events within a window, both ends included; contradictions with events outside stay marked.
    package func between(_ first: Timestamp?, _ last: Timestamp?) -> Timeline {
        var part = self
        part.events.removeAll { event in
            first.map { event.time < $0 } ?? false || last.map { $0 < event.time } ?? false
        }
        return part
    }

    /// What happened to one image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - reader: The case.
    ///   - files: Which files are shown.
    /// - Throws: ``CaseError``.
    package init(of image: Digest, in reader: CaseReader, files: TimelineFiles = .ends) throws {
        try self.init(of: [image], in: reader, files: files)
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
    /// - Throws: ``CaseError``.
    package init(of images: [Digest], in reader: CaseReader, files: TimelineFiles = .ends) throws {
        var merged = MergedEvents()
        let histories = try RepositoryHistories(reader)
        for image in images { try merged.add(image, histories, reader, files: files) }
        events = merged.sorted
    }

    /// What happened in the whole case: to every image, and every commit, run, job and import of which no image speaks.
    ///
    /// - Parameters:
    ///   - reader: The case.
    ///   - files: Which files are shown.
    /// - Throws: ``CaseError``.
    package init(ofCase reader: CaseReader, files: TimelineFiles = .ends) throws {
        var merged = MergedEvents()
        let histories = try RepositoryHistories(reader)
        for image in try reader.imageDigests() { try merged.add(image, histories, reader, files: files) }
        try reader.forEachCommit { merged.add(RecordEvents.events(of: $0)) }
        try reader.forEachPipeline { merged.add(RecordEvents.events(of: $0)) }
        try reader.forEachJob { merged.add(RecordEvents.events(of: $0)) }
        for source in try reader.sources() { merged.add([RecordEvents.event(of: source)]) }
        events = merged.sorted
    }
}

/// Events of several images, each once.
private struct MergedEvents {
    private var events: [TimelineEvent] = []
    private var places: [String: Int] = [:]

    var sorted: [TimelineEvent] {
        events.sorted(by: TimelineEvent.precedes)
    }

    mutating func add(
        _ image: Digest,
        _ histories: RepositoryHistories,
        _ reader: CaseReader,
        files: TimelineFiles
    ) throws {
        let trace = try Trace(of: image, in: reader, histories)
        var dated = try ImageEvents(trace, reader, files: files).dated
        ClockRule.mark(&dated)
        for event in dated.map(\.event) { merge(event) }
    }

    /// Events of one record of which images may have spoken already; they are compared with one another alone.
    mutating func add(_ own: [TimelineEvent]) {
        guard own.contains(where: { places[$0.id] == nil }) else { return }
        var dated = own.map { DatedEvent($0) }
        ClockRule.mark(&dated)
        for event in dated.map(\.event) { merge(event) }
    }

    private mutating func merge(_ event: TimelineEvent) {
        guard let place = places[event.id] else {
            places[event.id] = events.count
            events.append(event)
            return
        }
        if let image = event.images.first, !events[place].images.contains(image) {
            events[place].images = (events[place].images + [image]).sorted()
        }
        for conflict in event.conflicts where !events[place].conflicts.contains(conflict) {
            events[place].conflicts.append(conflict)
        }
    }
}
