package import CaseIndex
package import Correlation
package import Cryptography

/// Everything that a report shows of one image.
package struct ImageDossier: Sendable {
    /// What its sources say, and where they do not agree.
    package let trace: Trace
    /// What import noticed about its content.
    package let warnings: [WarningRecord]
    /// What happened to it; nil where nobody asked.
    package var timeline: Timeline?
}

extension ImageDossier {
    /// One image alone, read without what is known of others.
    ///
    /// - Throws: ``CaseError``.
    package init(of image: Digest, _ reader: CaseReader, withTimeline: Bool) throws {
        let sources = try DossierSources(reader, protected: try reader.protectedBranches(), warnings: [])
        let dossier = try sources.dossier(of: image, withTimeline: withTimeline)
        let warnings = try reader.warnings(about: DossierSources.parts(of: dossier.trace))
        self.init(
            trace: dossier.trace,
            warnings: warnings,
            timeline: dossier.timeline
        )
    }
}

/// What is said of a case over all its images.
package struct CaseOverview: Sendable {
    /// What happened, and which clocks contradict one another.
    package var timeline: Timeline?
    /// What is missing.
    package var gaps: Gaps?
    /// What is affected by what is distrusted; nil when nothing is.
    package var blast: Blast?

    /// Nothing.
    package init() {}
}

/// Everything that a report shows of a case.
package struct CaseDossier: Sendable {
    /// The file's name.
    package let path: String
    /// How much it holds.
    package let counts: CaseCounts
    /// The evidence.
    package let sources: [SourceRecord]
    /// What import noticed.
    package let warnings: [WarningRecord]
    /// The custody log.
    package let activities: [ActivityRecord]
    /// The images that were asked for.
    package let images: [ImageDossier]
    /// What is said over all of them.
    package var overview = CaseOverview()

    /// The first record of the custody log that does not fit; nil when all fit.
    package var firstBrokenActivity: Int64? {
        ActivityRecord.firstBroken(in: activities)
    }

    /// The evidence that was not read to its end.
    package var incompleteSources: [SourceRecord] {
        sources.filter { !$0.isComplete }
    }

    /// The warnings by which evidence was lost or contradicts itself.
    package var grave: [WarningRecord] {
        warnings.filter { $0.severity != .recovered }
    }
}

extension CaseDossier {
    /// Reads a case in one consistent state, with all images in memory: for a few of them.
    ///
    /// - Throws: ``CaseError``.
    package init(of images: [Digest], in caseFile: CaseFile) throws {
        self = try caseFile.read { reader in
            let stream = try DossierStream(of: images, in: caseFile, reader)
            var read: [ImageDossier] = []
            try stream.forEach(withTimeline: true) { read.append($0) }
            var dossier = CaseDossier(stream.heading, images: read)
            dossier.overview = try stream.overview(of: images)
            return dossier
        }
    }

    /// The same case with these images.
    private init(_ heading: CaseDossier, images: [ImageDossier]) {
        path = heading.path
        counts = heading.counts
        sources = heading.sources
        warnings = heading.warnings
        activities = heading.activities
        self.images = images
    }
}
