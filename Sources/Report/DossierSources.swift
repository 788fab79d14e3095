internal import CaseIndex
internal import Correlation
internal import Cryptography

/// What the dossiers of one connection's images are made from.
struct DossierSources {
    /// The names of the branches that CI records call protected.
    let protected: [String]
    private let reader: CaseReader
    private let histories: RepositoryHistories
    private let warnings: [WarningRecord]
    private let places: [Digest: [Int]]

    /// Of one state of a case.
    ///
    /// - Throws: ``CaseError``.
    init(_ reader: CaseReader, protected: [String], warnings: [WarningRecord]) throws {
        self.protected = protected
        self.reader = reader
        self.warnings = warnings
        histories = try RepositoryHistories(reader)
        var places: [Digest: [Int]] = [:]
        for (place, warning) in warnings.enumerated() {
            if let digest = warning.digest { places[digest, default: []].append(place) }
        }
        self.places = places
    }

    /// What its sources say of one image.
    ///
    /// - Throws: ``CaseError``.
    func trace(of image: Digest, depth: Trace.Depth = .whole) throws -> Trace {
        try Trace(of: image, in: reader, histories, protected: protected, depth: depth).withStoredComparisons(reader)
    }

    /// One image.
    ///
    /// - Throws: ``CaseError``.
    func dossier(of image: Digest, withTimeline: Bool = false) throws -> ImageDossier {
        let trace = try trace(of: image)
        return ImageDossier(
            trace: trace,
            warnings: places.isEmpty ? [] : own(trace),
            timeline: withTimeline ? try Timeline(of: trace, in: reader) : nil
        )
    }

    /// What import noticed about an image's own parts, in the order in which it did.
    private func own(_ trace: Trace) -> [WarningRecord] {
        Self.parts(of: trace).flatMap { places[$0] ?? [] }.sorted().map { warnings[$0] }
    }

    /// The digests of an image's own parts.
    static func parts(of trace: Trace) -> Set<Digest> {
        Set(trace.graph.descriptors.map(\.target) + trace.signatures.map(\.record.carrier) + [trace.image])
    }
}
