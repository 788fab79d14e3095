package import CaseIndex
package import Cryptography

/// What is missing in a case: image by image, and what stands without an image.
package struct Gaps: Sendable {
    /// One row an image that is in the case, by digest.
    package private(set) var rows: [GapRow] = []
    /// What is missing, by image, then what is orphaned and what the case as a whole lacks.
    package private(set) var gaps: [Gap] = []

    /// Looks through the case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - reader: The state of it that is read.
    ///   - images: The images that are asked about; every one, and what has no image, when nil.
    ///   - progress: Told how many images are done, and of how many.
    /// - Throws: ``CaseError``.
    package init(
        _ caseFile: CaseFile,
        _ reader: CaseReader,
        images: [Digest]? = nil,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        let records = try reader.runCounts()
        let hasRuns = records.pipelines + records.jobs > 0
        let digests = try images ?? reader.imageDigests()
        var done = 0
        try caseFile.forEach(
            of: digests,
            in: reader,
            begin: { ($0, try RepositoryHistories($0)) },
            work: { try Self.row(of: $0, $1.0, $1.1, hasRuns: hasRuns) },
            deliver: { row, gaps in
                row.map { rows.append($0) }
                self.gaps += gaps
                done += 1
                progress(done, digests.count)
            }
        )
        guard images == nil else { return }
        gaps += try Self.danglingReferrers(reader)
        gaps += try Self.incompleteEvidence(reader)
    }

    /// One image's row, unless the image is not there, and what is missing.
    private static func row(
        of image: Digest,
        _ reader: CaseReader,
        _ histories: RepositoryHistories,
        hasRuns: Bool
    ) throws -> (GapRow?, [Gap]) {
        let trace = try Trace(of: image, in: reader, histories, depth: .records)
        guard trace.entry.isPresent else { return (nil, try orphans(of: trace.entry, reader)) }
        let context = GapContext(hasRepositories: !histories.repositories.isEmpty, hasRuns: hasRuns)
        var reading = GapReading(trace, context)
        try reading.read(reader)
        return (GapRow(image: image, names: trace.entry.names, states: reading.states), reading.gaps)
    }

    /// The kinds of gaps that there are, in their fixed order, with how many of each.
    package var summary: [(kind: GapKind, count: Int)] {
        let counts = Dictionary(grouping: gaps, by: \.kind).mapValues(\.count)
        return GapKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
    }

    // MARK: - Orphans

    /// Signatures over a digest whose image is not in the case, or the descriptor that names it.
    private static func orphans(of entry: ImageEntry, _ reader: CaseReader) throws -> [Gap] {
        let signatures = try reader.signatures(of: entry.digest)
        let name = entry.names.first ?? "\(entry.digest)"
        guard !signatures.isEmpty else {
            return [
                Gap(kind: .contentMissing, subject: entry.digest, records: [], what: "\(name) is named and not there")
            ]
        }
        return try signatures.map { signature in
            let identity = try reader.verdict(of: signature.id)?.identity
            let signer = try identity ?? reader.certificates(of: signature.id).first?.subjectAlternativeName
            let kind: GapKind =
                signature.kind == .logEntry
                ? .logEntryWithoutImage
                : signature.predicateType == nil ? .signatureWithoutImage : .attestationWithoutImage
            let what = signature.predicateType ?? signature.kind.rawValue
            return Gap(
                kind: kind,
                subject: entry.digest,
                records: ["signature:\(signature.id)"],
                what: signer.map { "\(what) by \($0)" } ?? what
            )
        }
    }

    private static func danglingReferrers(_ reader: CaseReader) throws -> [Gap] {
        try reader.danglingReferrers().map { referrer in
            Gap(
                kind: .referrerWithoutImage,
                subject: referrer.target,
                records: [Citation.relationship(referrer).text],
                what: "\(referrer.origin) refers to it"
            )
        }
    }

    private static func incompleteEvidence(_ reader: CaseReader) throws -> [Gap] {
        let sources = try reader.sources().filter { !$0.isComplete }.map { ($0.path, ["source:\($0.id)"]) }
        let open = try reader.openImports().map { ($0.path, [String]()) }
        return (sources + open).map { path, records in
            Gap(kind: .evidenceIncomplete, subject: nil, records: records, what: path)
        }
    }
}

/// What the case has at all: where it has no repository, no commit is looked for in one.
struct GapContext {
    let hasRepositories: Bool
    let hasRuns: Bool
}
