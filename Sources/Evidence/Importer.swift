internal import Archive
package import CaseIndex
package import Cryptography
internal import Glibc

/// Reads evidence into a case.
///
/// The evidence is read once, from its beginning to its end, before anything is written; then everything is written in
/// one transaction.
package struct Importer {
    private let caseFile: CaseFile
    private let limits: ImportLimits
    private let origin: EvidenceOrigin

    /// An importer into a case.
    package init(
        caseFile: CaseFile,
        limits: ImportLimits = .standard,
        origin: EvidenceOrigin = EvidenceOrigin()
    ) {
        self.caseFile = caseFile
        self.limits = limits
        self.origin = origin
    }

    /// Imports what a folder or an archive holds, each arrangement in it as a source of its own.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - time: The time to note for the import.
    ///   - progress: Told now and then how much has been read, from any thread.
    /// - Returns: What each came to, and what was not recognised.
    /// - Throws: ``EvidenceError``, or ``CaseError`` when the case cannot be written.
    package func run(
        path: String,
        at time: Timestamp,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) throws -> ImportOutcome {
        var container = try Self.container(at: path)
        let scan: EvidenceScan
        do {
            scan = try container.scan(limits, ProgressMeter(progress))
        } catch EvidenceError.nothingRecognised where container.isArchive && path != Self.standardInput {
            // No archive; a document perhaps.
            container = FileContainer(userPath: path)
            scan = try container.scan(limits, ProgressMeter(progress))
        }
        var outcome = try read(scan, container, path, time)
        guard !outcome.summaries.isEmpty else { throw EvidenceError.nothingRecognised(path: path) }
        outcome.summaries.sort { ($0.source.path, $0.source.kind) < ($1.source.path, $1.source.kind) }
        return outcome
    }

    /// Reads every arrangement that was found, and every archive among what is left.
    private func read(
        _ scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp
    ) throws -> ImportOutcome {
        let plan = try EvidencePlan(scan, container, limits)
        var outcome = ImportOutcome()
        for (position, piece) in plan.pieces.enumerated() {
            var whole = plan.pieces.count > 1 ? try Self.part(scan, piece) : scan
            if position > 0 { whole.warnings = [] }
            outcome.summaries.append(try read(piece, of: whole, container, Self.path(path, piece, plan), time))
        }
        for member in plan.unrecognised {
            let shown = ImportDraft.shown(member.path)
            guard let inner = container.archive(member) else {
                if !plan.isWorkingFile(member.path) { outcome.unrecognised.append(shown) }
                continue
            }
            do {
                let found = try read(inner.scan(limits, ProgressMeter { _ in }), inner, Self.below(path, shown), time)
                outcome.summaries += found.summaries
                outcome.unrecognised += found.summaries.isEmpty ? [shown] : found.unrecognised.map { "\(shown)/\($0)" }
            } catch EvidenceError.nothingRecognised {
                outcome.unrecognised.append(shown)
            }
        }
        return outcome
    }

    /// The scan of one of several pieces: as if it had been handed over by itself.
    private static func part(_ scan: EvidenceScan, _ piece: EvidencePlan.Piece) throws -> EvidenceScan {
        let members = piece.members.map { member in
            var inner = member
            inner.path = piece.arrangement.relative(member.path).map { Array($0) } ?? member.path
            return inner
        }
        var part = scan
        part.digest = try EvidenceScan.digest(of: members)
        return part
    }

    /// Where a piece lies, for people.
    private static func path(_ path: String, _ piece: EvidencePlan.Piece, _ plan: EvidencePlan) -> String {
        guard plan.pieces.count > 1, !piece.arrangement.root.isEmpty else { return path }
        return below(path, ImportDraft.shown(piece.arrangement.root))
    }

    private static func below(_ path: String, _ name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    private func read(
        _ piece: EvidencePlan.Piece,
        of scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp
    ) throws -> ImportSummary {
        let arrangement = piece.arrangement
        let record = SourceRecord(
            kind: arrangement.kind(inArchive: container.isArchive),
            path: path,
            digest: scan.digest,
            importedAt: time,
            isComplete: true
        )
        if let known = try caseFile.read({ try Self.known(scan.digest, in: $0) }) { return known }
        let store = BlobStore(
            piece.members,
            root: arrangement.root,
            container: container,
            place: { arrangement.place(of: $0) },
            named: { arrangement.digest(named: $0) }
        )
        var graph = GraphReader(store, limits: limits)
        graph.origin = origin
        for (path, code, message) in scan.warnings { graph.draft.warn(code, path, message) }
        try arrangement.read(&graph)
        return try write(graph.draft, record)
    }

    private func write(_ draft: ImportDraft, _ record: SourceRecord) throws -> ImportSummary {
        try caseFile.write { writer in
            // Another process may have imported it meanwhile.
            if let known = try Self.known(record.digest, in: writer.reader) { return known }
            var stored = record
            stored.id = try writer.insert(record)
            try draft.write(to: writer, sourceID: stored.id)
            return draft.summary(stored)
        }
    }

    /// What is said of evidence that the case has already: nothing new, and the warnings that it gave.
    private static func known(_ digest: Digest, in reader: CaseReader) throws -> ImportSummary? {
        guard let source = try reader.source(digest: digest), source.isComplete else { return nil }
        var summary = ImportSummary(source: source, alreadyKnown: true)
        for warning in try reader.warnings() where warning.sourceID == source.id {
            summary.warnings[warning.severity, default: 0] += 1
        }
        return summary
    }

    /// The path that stands for standard input.
    package static let standardInput = "-"

    /// Opens what the user named.
    private static func container(at path: String) throws(EvidenceError) -> any EvidenceContainer {
        if path == standardInput {
            let descriptor = dup(STDIN_FILENO)
            guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
            return TarContainer(takingOver: descriptor, size: 0, userPath: path)
        }
        // Not waiting for a FIFO's writer; a regular file does not care.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw .cannotOpen(path: path, code: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return TarContainer(takingOver: descriptor, size: Int64(status.st_size), userPath: path)
        case S_IFDIR:
            close(descriptor)
            return try FolderContainer(userPath: path)
        default:
            close(descriptor)
            throw .notAFileOrFolder(path: path)
        }
    }
}

extension ImportDraft {
    /// What is counted for people.
    func summary(_ source: SourceRecord) -> ImportSummary {
        var summary = ImportSummary(source: source, alreadyKnown: false)
        let children = Set(relationships.filter { $0.kind == .child }.map(\.target))
        summary.artifacts = artifacts.count
        summary.images = artifacts.values.count {
            [.imageIndex, .imageManifest, .savedImage].contains($0.role) && !children.contains($0.digest)
        }
        summary.attestations = signatures.values.count(where: \.isAttestation)
        summary.signatures = signatures.count - summary.attestations
        summary.unsignedStatements = unsignedStatements
        summary.commits = git?.commits.count ?? 0
        summary.references = git?.references.count ?? 0
        summary.pipelines = runs.count { if case .pipeline = $0 { true } else { false } }
        summary.jobs = runs.count - summary.pipelines
        for warning in warnings { summary.warnings[warning.severity, default: 0] += 1 }
        return summary
    }
}

extension SignatureRecord {
    /// The predicate type under which cosign 3 puts a plain signature into a bundle.
    static let cosignSignPredicate = "https://sigstore.dev/cosign/sign/v1"

    /// Whether it attests something beyond "I sign this".
    var isAttestation: Bool {
        switch kind {
        case .simpleSigning: false
        case .attestation: true
        case .bundle: predicateType != nil && predicateType != Self.cosignSignPredicate
        }
    }
}
