package import CaseIndex
package import Cryptography

/// Reads evidence again, without a case, to see whether it is what was imported.
package struct EvidenceComparison: Sendable {
    /// One piece of evidence as it lies there now.
    package struct Piece: Hashable, Sendable {
        /// Where it lies.
        package let path: String
        /// The digest of the whole.
        package let digest: Digest
    }

    /// The imported evidence that lies there unchanged.
    package let same: [SourceRecord]
    /// What lies there and is not what was imported: each with the evidence that was imported from that path, if any.
    package let different: [(piece: Piece, source: SourceRecord?)]
    /// The imported evidence that was not found.
    package let absent: [SourceRecord]

    /// Compares what lies at some paths with what a case says was imported.
    ///
    /// - Parameters:
    ///   - paths: Where evidence lies.
    ///   - sources: What was imported.
    ///   - limits: What is accepted.
    ///   - progress: Told now and then, of each path, how much of it has been read, from any thread.
    /// - Throws: ``EvidenceError`` when a path cannot be read.
    package init(
        _ paths: [String],
        with sources: [SourceRecord],
        limits: ImportLimits = .standard,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) throws {
        let pieces = try paths.flatMap { try Self.pieces(at: $0, limits, progress) }
        let found = Set(pieces.map(\.digest))
        let known = Set(sources.map(\.digest))
        same = sources.filter { found.contains($0.digest) }
        different = pieces.filter { !known.contains($0.digest) }.map { piece in
            (piece, sources.first { $0.path.utf8.elementsEqual(piece.path.utf8) })
        }
        absent = sources.filter { !found.contains($0.digest) }
    }

    /// Whether everything that lies there was imported as it is.
    package var holds: Bool { different.isEmpty }

    private static func pieces(
        at path: String,
        _ limits: ImportLimits,
        _ progress: @escaping @Sendable (ImportProgress) -> Void
    ) throws -> [Piece] {
        let container = try Importer.container(at: path)
        do {
            let scan = try container.scan(limits, nil, ProgressMeter(progress))
            return try pieces(scan, container, path, limits)
        } catch EvidenceError.nothingRecognised where container.isArchive {
            let file = FileContainer(userPath: path)
            return try pieces(file.scan(limits, nil, ProgressMeter(progress)), file, path, limits)
        }
    }

    private static func pieces(
        _ scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ limits: ImportLimits
    ) throws -> [Piece] {
        let plan = try EvidencePlan(scan, container, limits)
        var pieces = try plan.pieces.map { piece in
            let whole = plan.pieces.count > 1 ? try Importer.part(scan, piece) : scan
            return Piece(path: Importer.path(path, piece, plan), digest: whole.digest)
        }
        for member in plan.unrecognised {
            guard let inner = container.archive(member) else { continue }
            do {
                let below = Importer.below(path, ImportDraft.shown(member.path))
                let scan = try inner.scan(limits, nil, ProgressMeter { _ in })
                pieces += try self.pieces(scan, inner, below, limits)
            } catch EvidenceError.nothingRecognised {
                continue
            }
        }
        return pieces
    }
}
