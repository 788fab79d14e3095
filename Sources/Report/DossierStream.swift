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
    private let caseFile: CaseFile
    private let reader: CaseReader
    private let sources: DossierSources
    /// Told after each image how many the pass over them has gone through.
    package var progress: (Int) -> Void = { _ in }

    /// A stream over images as a transaction sees them.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - caseFile: The case.
    ///   - path: What the report calls the case; its file when nil.
    ///   - reader: Its state; the stream must not outlive its transaction.
    /// - Throws: ``CaseError``.
    package init(of images: [Digest], in caseFile: CaseFile, at path: String? = nil, _ reader: CaseReader) throws {
        self.images = images
        self.caseFile = caseFile
        self.reader = reader
        let warnings = try reader.warnings()
        sources = try DossierSources(reader, protected: reader.protectedBranches(), warnings: warnings)
        heading = CaseDossier(
            path: path ?? caseFile.path,
            counts: try reader.counts(),
            sources: try reader.sources(),
            warnings: warnings,
            activities: try reader.activities(),
            images: []
        )
    }

    /// Goes through all images.
    package func forEach(withTimeline: Bool = false, _ body: (ImageDossier) throws -> Void) throws {
        try forEach(withTimeline: withTimeline, making: { $0 }, body)
    }

    /// Goes through all images, several at the same time.
    ///
    /// - Parameters:
    ///   - withTimeline: Whether each comes with what happened to it.
    ///   - work: Makes something of an image, at the same time as for others.
    ///   - body: Called with what `work` made, in the order of the images.
    /// - Throws: ``CaseError``, and what the closures throw.
    package func forEach<Made: Sendable>(
        withTimeline: Bool = false,
        making work: @escaping @Sendable (ImageDossier) throws -> Made,
        _ body: (Made) throws -> Void
    ) throws {
        try forEachTurn({ try work(try $1.dossier(of: $0, withTimeline: withTimeline)) }, body)
    }

    /// Goes through all images for what a list shows of them.
    package func forEachLine(_ body: (ImageLine) throws -> Void) throws {
        try forEachTurn({ ImageLine(try $1.trace(of: $0, depth: .line)) }, body)
    }

    private func forEachTurn<Made: Sendable>(
        _ work: @escaping @Sendable (Digest, DossierSources) throws -> Made,
        _ body: (Made) throws -> Void
    ) throws {
        var done = 0
        try caseFile.forEach(
            of: images,
            in: reader,
            begin: { [protected = sources.protected, warnings = heading.warnings] reader in
                try DossierSources(reader, protected: protected, warnings: warnings)
            },
            work: work,
            deliver: {
                try body($0)
                done += 1
                progress(done)
            }
        )
    }

    private func isWhole(_ shown: [Digest]) throws -> Bool {
        // Fewer than were asked for are not all that there are.
        try shown.count >= images.count && Set(shown) == Set(reader.imageDigests())
    }

    /// What is said over some images; over the whole case when they are all that it has.
    ///
    /// - Throws: ``CaseError``.
    package func overview(of shown: [Digest]) throws -> CaseOverview {
        let isWhole = try isWhole(shown)
        var overview = CaseOverview()
        overview.timeline =
            try isWhole ? Timeline(ofCase: caseFile, reader) : Timeline(of: shown, caseFile, reader)
        overview.gaps = try Gaps(caseFile, reader, images: isWhole ? nil : shown)
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
        let isWhole = try isWhole(images)
        return try isWhole
            ? Timeline(ofCase: caseFile, reader, files: files, progress: progress)
            : Timeline(of: images, caseFile, reader, files: files, progress: progress)
    }

    /// Reads something else of the case in the same state.
    package func reading<Result>(_ body: (CaseReader) throws -> Result) rethrows -> Result {
        try body(reader)
    }

    /// One image.
    ///
    /// - Throws: ``CaseError``.
    package func dossier(of image: Digest, withTimeline: Bool = false) throws -> ImageDossier {
        try sources.dossier(of: image, withTimeline: withTimeline)
    }
}
