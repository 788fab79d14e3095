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
    private let warnings: [Digest: [WarningRecord]]

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
        self.warnings = Dictionary(warnings.compactMap { warning in warning.digest.map { ($0, [warning]) } }, uniquingKeysWith: +)
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
    package func forEach(_ body: (ImageDossier) throws -> Void) throws {
        for image in images { try body(try dossier(of: image)) }
    }

    /// One image.
    ///
    /// - Throws: ``CaseError``.
    package func dossier(of image: Digest) throws -> ImageDossier {
        let trace = try Trace(of: image, in: reader, histories, protected: protected)
        let sightings = try trace.signatures.map { ($0.record.id, try reader.sightings(of: $0.record.id)) }
        return ImageDossier(
            trace: trace,
            sightings: Dictionary(sightings) { first, _ in first },
            warnings: warnings.isEmpty ? [] : own(trace)
        )
    }

    /// What import noticed about an image's own parts, in the order in which it did.
    private func own(_ trace: Trace) -> [WarningRecord] {
        let parts = trace.graph.descriptors.map(\.target) + trace.signatures.map(\.record.carrier) + [trace.image]
        let own = Set(parts).flatMap { warnings[$0] ?? [] }
        guard own.count > 1 else { return own }
        let known = Set(own)
        return heading.warnings.filter(known.contains)
    }
}
