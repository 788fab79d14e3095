internal import Archive
package import CaseIndex
package import Cryptography
internal import Glibc

/// Reads evidence into a case.
///
/// The evidence is read once, from its beginning to its end. While that goes on, the files of layers are written in
/// batches; then what its documents say is read and written in one transaction, by which the evidence becomes part of
/// the case, and which ends with its records in the custody log.
package struct Importer {
    private let caseFile: CaseFile
    let limits: ImportLimits
    private let origin: EvidenceOrigin
    private let record: (CaseWriter, ImportSummary) -> Void

    /// An importer into a case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - limits: How much of the evidence is looked at.
    ///   - origin: What CI records leave out of where they come from.
    ///   - record: Called at the end of each transaction with what it stores, to append the run to the custody log.
    package init(
        caseFile: CaseFile,
        limits: ImportLimits = .standard,
        origin: EvidenceOrigin = EvidenceOrigin(),
        record: @escaping (CaseWriter, ImportSummary) -> Void = { _, _ in }
    ) {
        self.caseFile = caseFile
        self.limits = limits
        self.origin = origin
        self.record = record
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
        FreedMemory.keepLargeApart()
        let container = try Self.container(at: path)
        var outcome = ImportOutcome()
        try LayerSession.run(caseFile, path, time) { layers in
            let reading = try read(container, path, time, layers, progress)
            guard !reading.pieces.isEmpty else { throw EvidenceError.nothingRecognised(path: path) }
            outcome.unrecognised = reading.unrecognised
            outcome.isLimited = reading.isLimited
            return reading
        } write: { reading, writer in
            FreedMemory.giveBack()
            outcome.summaries = try reading.pieces.map { try write($0, writer) }
        }
        outcome.summaries.sort { ($0.source.path, $0.source.kind) < ($1.source.path, $1.source.kind) }
        return outcome
    }

    private func read(
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp,
        _ layers: LayerStore,
        _ progress: @escaping @Sendable (ImportProgress) -> Void
    ) throws -> ImportReading {
        do {
            let scan = try container.scan(limits, layers, ProgressMeter(progress))
            return try read(scan, container, path, time, layers)
        } catch EvidenceError.nothingRecognised where container.isArchive && path != Self.standardInput {
            // No archive; a document perhaps.
            let file = FileContainer(userPath: path)
            let scan = try file.scan(limits, layers, ProgressMeter(progress))
            return try read(scan, file, path, time, layers)
        }
    }

    /// Reads every arrangement that was found, and every archive among what is left.
    func read(
        _ scan: EvidenceScan,
        _ container: any EvidenceContainer,
        _ path: String,
        _ time: Timestamp,
        _ layers: LayerStore,
        depth: Int = 0
    ) throws -> ImportReading {
        let plan = try EvidencePlan(scan, container, limits)
        var outcome = ImportReading()
        for (position, piece) in plan.pieces.enumerated() {
            var whole = plan.pieces.count > 1 ? try Self.part(scan, piece) : scan
            if position > 0 { whole.warnings = [] }
            let record = SourceRecord(
                kind: piece.arrangement.kind(inArchive: container.isArchive),
                path: Self.path(path, piece, plan),
                digest: whole.digest,
                importedAt: time,
                isComplete: true
            )
            Failpoint.pass("scanned")
            outcome.pieces.append(
                ImportReading.Piece(record: record, container: container, plan: piece, warnings: whole.warnings)
            )
        }
        try readArchives(plan, scan, container, path, time, layers, depth, &outcome)
        return outcome
    }

    /// The scan of one of several pieces: as if it had been handed over by itself.
    static func part(_ scan: EvidenceScan, _ piece: EvidencePlan.Piece) throws -> EvidenceScan {
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
    static func path(_ path: String, _ piece: EvidencePlan.Piece, _ plan: EvidencePlan) -> String {
        guard plan.pieces.count > 1, !piece.arrangement.root.isEmpty else { return path }
        return below(path, ImportDraft.shown(piece.arrangement.root))
    }

    static func below(_ path: String, _ name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    /// Reads what the documents of one piece say, into the case.
    private func write(_ piece: ImportReading.Piece, _ writer: CaseWriter) throws -> ImportSummary {
        // It is known already, or another process has imported it meanwhile.
        if let known = try Self.known(piece.record.digest, in: writer.reader) {
            record(writer, known)
            return known
        }
        var source = piece.record
        source.id = try writer.insert(source)
        Failpoint.pass("source")
        let arrangement = piece.plan.arrangement
        let store = BlobStore(
            piece.plan.members,
            root: arrangement.root,
            container: piece.container,
            place: { arrangement.place(of: $0) },
            named: { arrangement.digest(named: $0) }
        )
        let rows = RowQueue(try writer.bulk(), isThreaded: limits.workers != 1)
        defer { rows.abandon() }
        var graph = GraphReader(store, limits: limits, draft: ImportDraft(writer, rows, sourceID: source.id))
        graph.origin = origin
        for (path, code, message) in piece.warnings { graph.draft.warn(code, path, message) }
        try arrangement.read(&graph)
        try graph.draft.finish()
        Failpoint.pass("draft")
        let summary = graph.draft.summary(source)
        record(writer, summary)
        return summary
    }

    /// What is said of evidence that the case has already: nothing new, and the warnings that it gave.
    private static func known(_ digest: Digest, in reader: CaseReader) throws -> ImportSummary? {
        guard let source = try reader.source(digest: digest), source.isComplete else { return nil }
        var summary = ImportSummary(source: source, alreadyKnown: true)
        for warning in try reader.warnings() where warning.sourceID == source.id {
            summary.warnings[warning.severity, default: 0] += 1
            if summary.losses.count < WarningRecord.toldLosses, let loss = warning.loss { summary.losses.append(loss) }
        }
        return summary
    }

    /// The path that stands for standard input.
    package static let standardInput = "-"

    /// The size of a file that is read from its beginning; 0 for a pipe, of which nothing can be had again.
    private static func sizeOfWholeFile(_ descriptor: Int32) -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, lseek(descriptor, 0, SEEK_CUR) == 0
        else { return 0 }
        return Int64(status.st_size)
    }

    /// Opens what the user named.
    static func container(at path: String) throws(EvidenceError) -> any EvidenceContainer {
        if path == standardInput {
            let descriptor = dup(STDIN_FILENO)
            guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
            return TarContainer(takingOver: descriptor, size: sizeOfWholeFile(descriptor), userPath: path)
        }
        let descriptor = QuietOpen.open(AT_FDCWD, path)
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

/// What the reading of a folder or archive gave, before anything of it but the files of its layers is written.
struct ImportReading {
    /// One piece of evidence: its members are measured, and what their documents say is still to be read.
    struct Piece {
        let record: SourceRecord
        let container: any EvidenceContainer
        let plan: EvidencePlan.Piece
        var warnings: [(path: [UInt8], code: WarningCode, message: String)]
    }

    var pieces: [Piece] = []
    var unrecognised: [String] = []
    /// Whether some archives were not opened for a limit.
    var isLimited = false
}

extension SignatureRecord {
    /// The predicate type under which cosign 3 puts a plain signature into a bundle.
    static let cosignSignPredicate = "https://sigstore.dev/cosign/sign/v1"

    /// Whether it attests something beyond "I sign this".
    var isAttestation: Bool {
        switch kind {
        case .simpleSigning, .logEntry, .notaryJWS, .notaryCOSE, .openPGP: false
        case .attestation, .publishAttestation: true
        case .bundle: predicateType != nil && predicateType != Self.cosignSignPredicate
        }
    }
}
