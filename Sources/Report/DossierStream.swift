package import CaseIndex
package import Correlation
package import Cryptography

/// A case as a report goes through it: what is said of the whole at once, images one after another, so that no more than
/// one of them is in memory.
package struct DossierStream {
    /// The case without its images.
    package let heading: CaseDossier
    /// The images that were asked for, in the order in which they come.
    package let images: [Digest]
    private let reader: CaseReader
    private let histories: RepositoryHistories
    private let protected: [String]
    private let warnings: [Digest: [Int]]

    /// A stream over images as a transaction sees them.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - path: The name of the case's file.
    ///   - reader: The case; the stream must not outlive its transaction.
    /// - Throws: ``CaseError``.
    package init(of images: [Digest], at path: String, in reader: CaseReader) throws {
        self.images = images
        self.reader = reader
        histories = try RepositoryHistories(reader)
        protected = try reader.protectedBranches()
        let warnings = try reader.warnings()
        var places: [Digest: [Int]] = [:]
        for (place, warning) in warnings.enumerated() {
            if let digest = warning.digest { places[digest, default: []].append(place) }
        }
        self.warnings = places
        heading = CaseDossier(
            path: path,
            counts: try reader.counts(),
            sources: try reader.sources(),
            warnings: warnings,
            activities: try reader.activities(),
            images: []
        )
    }

    /// Goes through all images.
    package func forEach(withTimeline: Bool = false, _ body: (ImageDossier) throws -> Void) throws {
        for image in images { try body(try dossier(of: image, withTimeline: withTimeline)) }
    }

    /// What is said over some images; over the whole case when they are all that it has.
    ///
    /// - Throws: ``CaseError``.
    package func overview(of shown: [Digest]) throws -> CaseOverview {
        let isWhole = try Set(shown) == Set(reader.images().map(\.digest))
        var overview = CaseOverview()
        overview.timeline = try isWhole ? Timeline(ofCase: reader) : Timeline(of: shown, in: reader)
        overview.gaps = try Gaps(reader, images: isWhole ? nil : shown)
        overview.blast = try blast()
        return overview
    }

    /// What is affected by what is distrusted; nil when nothing is.
    package func blast() throws -> Blast? {
        let distrusts = try reader.distrusts().compactMap { Distrust($0) }
        return try distrusts.isEmpty ? nil : Blast(distrusts, in: reader)
    }

    /// What happened, over all images that were asked for, or over the whole case when they are all that it has.
    ///
    /// - Throws: ``CaseError``.
    package func timeline(files: TimelineFiles) throws -> Timeline {
        let isWhole = try Set(images) == Set(reader.images().map(\.digest))
        return try isWhole ? Timeline(ofCase: reader, files: files) : Timeline(of: images, in: reader, files: files)
    }

    /// Reads something else of the case in the same state.
    package func reading<Result>(_ body: (CaseReader) throws -> Result) rethrows -> Result {
        try body(reader)
    }

    /// One image.
    ///
    /// - Throws: ``CaseError``.
    package func dossier(of image: Digest, withTimeline: Bool = false) throws -> ImageDossier {
        let trace = try Trace(of: image, in: reader, histories, protected: protected)
        let sightings = try trace.signatures.map { ($0.record.id, try reader.sightings(of: $0.record.id)) }
        return ImageDossier(
            trace: trace,
            sightings: Dictionary(sightings) { first, _ in first },
            warnings: warnings.isEmpty ? [] : own(trace),
            timeline: withTimeline ? try Timeline(of: trace, in: reader) : nil
        )
    }

    /// What import noticed about an image's own parts, in the order in which it did.
    private func own(_ trace: Trace) -> [WarningRecord] {
        let parts = trace.graph.descriptors.map(\.target) + trace.signatures.map(\.record.carrier) + [trace.image]
        return Set(parts).flatMap { warnings[$0] ?? [] }.sorted().map { heading.warnings[$0] }
    }
}
