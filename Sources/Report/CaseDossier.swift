package import CaseIndex
package import Correlation
package import Cryptography

/// Everything that a report shows of one image.
package struct ImageDossier: Sendable {
    /// What its sources say, and where they do not agree.
    package let trace: Trace
    /// Where each of its signatures was found, by the signature's id.
    package let sightings: [String: [SightingRecord]]
    /// What import noticed about its content.
    package let warnings: [WarningRecord]
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
    /// Reads a case in one consistent state.
    ///
    /// - Throws: ``CaseError``.
    package init(of images: [Digest], in caseFile: CaseFile) throws {
        self = try caseFile.read { reader in
            let warnings = try reader.warnings()
            return CaseDossier(
                path: caseFile.path,
                counts: try reader.counts(),
                sources: try reader.sources(),
                warnings: warnings,
                activities: try reader.activities(),
                images: try images.map { try ImageDossier(of: $0, warnings, reader) }
            )
        }
    }
}

extension ImageDossier {
    init(of image: Digest, _ warnings: [WarningRecord], _ reader: CaseReader) throws {
        let trace = try Trace(of: image, in: reader)
        self.trace = trace
        sightings = try Dictionary(
            trace.signatures.map { ($0.record.id, try reader.sightings(of: $0.record.id)) }
        ) { first, _ in first }
        let content = Set(trace.graph.descriptors.map(\.target) + trace.signatures.map(\.record.carrier) + [image])
        self.warnings = warnings.filter { warning in warning.digest.map(content.contains) ?? false }
    }
}
