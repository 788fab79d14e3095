internal import CaseIndex
internal import Cryptography
internal import Presentation
internal import StrictJSON

/// What an import found: most of it is in the case already, in the import's transaction; what may still be seen
/// otherwise when more has been read is kept until the end.
///
/// Nothing is thrown while documents are read: the first error of the case is kept, and ends the import.
struct ImportDraft {
    private let writer: CaseWriter
    private let rows: RowQueue
    private let sourceID: Int64
    private var failure: (any Error)?

    private(set) var artifacts: [Digest: ArtifactRecord] = [:]
    /// One text for all artifacts of a media type.
    private var mediaTypes: [JSONString: String] = [:]
    /// What each name, together with the annotation that gives it, stands for first.
    private var namedDigests: [JSONString: Digest] = [:]
    /// What some index lists.
    private var children: Set<Digest> = []
    /// The manifests that name a configuration.
    private(set) var manifestsByConfiguration: [Digest: Set<Digest>] = [:]
    private(set) var signatures: [String: SignatureRecord] = [:]
    private var sightings: Set<SightingRecord> = []
    private var warnings: [WarningSeverity: Int] = [:]
    private var losses: [String] = []
    /// How many statements without a signature were found.
    var unsignedStatements = 0

    /// What a repository holds.
    var git: GitDraft?
    /// What CI services recorded.
    var runs: [CIRecord] = []

    /// Stands for the number of the evidence until that is known.
    static let unknownSource: Int64 = 0

    /// A draft of what a transaction stores.
    ///
    /// - Parameters:
    ///   - writer: The case; nothing else uses it until ``finish()``.
    ///   - rows: Where the transaction's rows go.
    ///   - sourceID: The evidence.
    init(_ writer: CaseWriter, _ rows: RowQueue, sourceID: Int64) {
        self.writer = writer
        self.rows = rows
        self.sourceID = sourceID
    }

    // MARK: - Adding

    /// Makes room.
    mutating func expect(artifacts count: Int) {
        artifacts.reserveCapacity(count)
    }

    /// Notes an artifact; one whose digest is known is merged with what is there.
    mutating func add(_ artifact: ArtifactRecord) {
        var artifact = artifact
        artifact.mediaType = artifact.mediaType.map { shared($0) }
        guard var known = artifacts[artifact.digest] else {
            artifacts[artifact.digest] = artifact
            return
        }
        known.merge(artifact)
        artifacts[artifact.digest] = known
    }

    private mutating func shared(_ mediaType: String) -> String {
        let key = JSONString(mediaType)
        if let known = mediaTypes[key] { return known }
        mediaTypes[key] = mediaType
        return mediaType
    }

    mutating func add(content bytes: [UInt8], of digest: Digest) {
        store(.content(bytes, digest))
    }

    mutating func add(_ location: LocationRecord) {
        var location = location
        location.sourceID = sourceID
        store(.location(location))
    }

    /// Notes a name; answers whether the same name stands for another digest already.
    mutating func add(_ reference: ReferenceRecord) -> Bool {
        var reference = reference
        reference.sourceID = sourceID
        store(.reference(reference))
        let name = JSONString("\(reference.key)=\(reference.name)")
        guard let known = namedDigests[name] else {
            namedDigests[name] = reference.digest
            return false
        }
        return known != reference.digest
    }

    mutating func add(_ relationship: RelationshipRecord) {
        var relationship = relationship
        relationship.sourceID = sourceID
        switch relationship.kind {
        case .child: children.insert(relationship.target)
        case .configuration: manifestsByConfiguration[relationship.target, default: []].insert(relationship.origin)
        case .entry, .layer, .subject: break
        }
        store(.relationship(relationship))
    }

    mutating func add(_ claim: ClaimRecord) {
        store(.claim(claim))
    }

    mutating func add(_ certificate: CertificateRecord) {
        store(.certificate(certificate))
    }

    mutating func add(_ entry: LogEntryRecord) {
        store(.logEntry(entry))
    }

    mutating func add(_ signature: SignatureRecord, storage: SignatureStorage) {
        signatures[signature.id] = signature
        sightings.insert(SightingRecord(signatureID: signature.id, sourceID: sourceID, storage: storage))
    }

    private mutating func add(_ warning: WarningRecord) {
        warnings[warning.severity, default: 0] += 1
        if losses.count < WarningRecord.toldLosses, let loss = warning.loss { losses.append(loss) }
        store(.warning(warning))
    }

    private mutating func store(_ row: BulkRow) {
        guard failure == nil else { return }
        do {
            try rows.add(row)
        } catch {
            failure = error
        }
    }

    /// A path as warnings and locations show it.
    static func shown(_ path: [UInt8]) -> String {
        EscapedText(path, limit: pathLimit).text
    }

    /// Notes something about the evidence; path and message may hold text from it.
    mutating func warn(_ code: WarningCode, _ path: [UInt8], _ digest: Digest?, _ message: String) {
        add(
            WarningRecord(
                sourceID: sourceID,
                path: Self.shown(path),
                code: code.rawValue,
                severity: code.severity,
                digest: digest,
                message: message
            )
        )
    }

    /// Notes something about the evidence under a word of another list than ours.
    mutating func warn(_ code: String, _ severity: WarningSeverity, _ path: [UInt8], _ message: String) {
        add(
            WarningRecord(
                sourceID: sourceID,
                path: Self.shown(path),
                code: code,
                severity: severity,
                message: message
            )
        )
    }

    /// Notes something about the evidence that concerns no artifact.
    mutating func warn(_ code: WarningCode, _ path: [UInt8], _ message: String) {
        warn(code, path, nil, message)
    }

    /// Longer paths are cut in warnings and locations.
    private static let pathLimit = 4096

    // MARK: - Ending

    /// Writes what was kept, in an order that does not depend on how it was found.
    ///
    /// - Throws: What kept anything from being stored.
    mutating func finish() throws {
        if let failure { throw failure }
        try rows.drain()
        for artifact in artifacts.values.sorted(by: { $0.digest < $1.digest }) { try writer.insert(artifact) }
        for signature in signatures.values.sorted(by: { $0.id < $1.id }) { _ = try writer.insert(signature) }
        let order = sightings.sorted { ($0.signatureID, $0.storage.rawValue) < ($1.signatureID, $1.storage.rawValue) }
        for sighting in order { try writer.insert(sighting) }
        try git?.write(to: writer, sourceID: sourceID)
        for run in runs { try run.write(to: writer, sourceID: sourceID) }
    }

    /// What is counted for people.
    func summary(_ source: SourceRecord) -> ImportSummary {
        var summary = ImportSummary(source: source, alreadyKnown: false)
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
        summary.jobs = runs.count { if case .job = $0 { true } else { false } }
        summary.registryTags = runs.count - summary.pipelines - summary.jobs
        summary.warnings = warnings
        summary.losses = losses
        return summary
    }
}
