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
    ///   - reader: The case.
    ///   - images: The images that are asked about; every one, and what has no image, when nil.
    /// - Throws: ``CaseError``.
    package init(_ reader: CaseReader, images: [Digest]? = nil) throws {
        let histories = try RepositoryHistories(reader)
        let records = try reader.runCounts()
        let context = GapContext(
            hasRepositories: !histories.repositories.isEmpty,
            hasRuns: records.pipelines + records.jobs > 0
        )
        let entries = try images.map { try $0.map { try reader.imageEntry($0) } } ?? reader.images()
        for entry in entries {
            guard entry.isPresent else {
                gaps += try Self.orphans(of: entry, reader)
                continue
            }
            var reading = GapReading(try Trace(of: entry.digest, in: reader, histories), context)
            try reading.read(reader)
            rows.append(GapRow(image: entry.digest, names: entry.names, states: reading.states))
            gaps += reading.gaps
        }
        guard images == nil else { return }
        gaps += try Self.danglingReferrers(reader)
        gaps += try Self.incompleteEvidence(reader)
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
