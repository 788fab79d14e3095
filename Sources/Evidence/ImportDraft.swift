internal import CaseIndex
internal import Cryptography
internal import Presentation
internal import StrictJSON

/// Everything that an import will write, collected before anything is written.
struct ImportDraft {
    private(set) var artifacts: [Digest: ArtifactRecord] = [:]
    private(set) var contents: [Digest: [UInt8]] = [:]
    private(set) var locations: [LocationRecord] = []
    private(set) var references: [ReferenceRecord] = []
    /// What each name, together with the annotation that gives it, stands for first.
    private var namedDigests: [JSONString: Digest] = [:]
    private(set) var relationships: [RelationshipRecord] = []
    private(set) var warnings: [WarningRecord] = []
    private(set) var signatures: [String: SignatureRecord] = [:]
    private(set) var sightings: Set<SightingRecord> = []
    private(set) var claims: [ClaimRecord] = []
    var certificates: [CertificateRecord] = []
    var logEntries: [LogEntryRecord] = []
    /// How many statements without a signature were found.
    var unsignedStatements = 0

    /// What a repository holds.
    var git: GitDraft?
    /// What CI services recorded.
    var runs: [CIRecord] = []

    /// Stands for the number of the evidence until that is known.
    static let unknownSource: Int64 = 0

    // MARK: - Adding

    /// Notes an artifact; a role better than `blob` stays.
    mutating func add(_ artifact: ArtifactRecord) {
        guard var known = artifacts[artifact.digest] else {
            artifacts[artifact.digest] = artifact
            return
        }
        if known.role == .blob { known.role = artifact.role }
        known.mediaType = known.mediaType ?? artifact.mediaType
        known.diffID = known.diffID ?? artifact.diffID
        artifacts[artifact.digest] = known
    }

    mutating func add(content: [UInt8], of digest: Digest) {
        contents[digest] = content
    }

    mutating func add(_ location: LocationRecord) {
        locations.append(location)
    }

    /// Notes a name; answers whether the same name stands for another digest already.
    mutating func add(_ reference: ReferenceRecord) -> Bool {
        references.append(reference)
        let name = JSONString("\(reference.key)=\(reference.name)")
        guard let known = namedDigests[name] else {
            namedDigests[name] = reference.digest
            return false
        }
        return known != reference.digest
    }

    mutating func add(_ relationship: RelationshipRecord) {
        relationships.append(relationship)
    }

    mutating func add(_ claim: ClaimRecord) {
        claims.append(claim)
    }

    mutating func add(_ signature: SignatureRecord, storage: SignatureStorage) {
        signatures[signature.id] = signature
        sightings.insert(
            SightingRecord(signatureID: signature.id, sourceID: Self.unknownSource, storage: storage)
        )
    }

    /// A path as warnings and locations show it.
    static func shown(_ path: [UInt8]) -> String {
        EscapedText(path, limit: pathLimit).text
    }

    /// Notes something about the evidence; path and message may hold text from it.
    mutating func warn(_ code: WarningCode, _ path: [UInt8], _ digest: Digest?, _ message: String) {
        warnings.append(
            WarningRecord(
                sourceID: Self.unknownSource,
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
        warnings.append(
            WarningRecord(
                sourceID: Self.unknownSource,
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

    // MARK: - Writing

    /// Writes everything, in an order that does not depend on how it was found.
    func write(to case: CaseWriter, sourceID: Int64) throws {
        try writeObservations(to: `case`, sourceID: sourceID)
        for signature in signatures.values.sorted(by: { $0.id < $1.id }) {
            _ = try `case`.insert(signature)
        }
        let order = sightings.sorted { ($0.signatureID, $0.storage.rawValue) < ($1.signatureID, $1.storage.rawValue) }
        for var sighting in order {
            sighting.sourceID = sourceID
            try `case`.insert(sighting)
        }
        for certificate in certificates { try `case`.insert(certificate) }
        for entry in logEntries { try `case`.insert(entry) }
        for claim in claims { try `case`.insert(claim) }
        try git?.write(to: `case`, sourceID: sourceID)
        for run in runs { try run.write(to: `case`, sourceID: sourceID) }
    }

    private func writeObservations(to case: CaseWriter, sourceID: Int64) throws {
        for artifact in artifacts.values.sorted(by: { $0.digest < $1.digest }) { try `case`.insert(artifact) }
        for (digest, bytes) in contents.sorted(by: { $0.key < $1.key }) {
            try `case`.insert(content: bytes, digest: digest)
        }
        for var location in locations {
            location.sourceID = sourceID
            try `case`.insert(location)
        }
        for var reference in references {
            reference.sourceID = sourceID
            try `case`.insert(reference)
        }
        for var relationship in relationships {
            relationship.sourceID = sourceID
            try `case`.insert(relationship)
        }
        for var warning in warnings {
            warning.sourceID = sourceID
            try `case`.insert(warning)
        }
    }
}
