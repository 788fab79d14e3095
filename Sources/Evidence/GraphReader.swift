internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// Reads content-addressed documents and what they lead to into a case, wherever an arrangement keeps them.
struct GraphReader {
    let store: BlobStore
    let limits: ImportLimits
    /// What the user says of evidence that does not say it itself.
    var origin = EvidenceOrigin()
    var draft: ImportDraft

    /// Documents still to be read, first come first served.
    var pending: [PendingDocument] = []
    /// Documents that were read, by the digest of their bytes: each is read once, whatever the graph looks like.
    var visited: Set<Digest> = []
    /// The manifests that carry signatures.
    var carriers: [Digest: ImageManifest] = [:]
    /// What storage says of those manifests.
    var attachments: [Attachment] = []
    /// How many signatures each artifact has, those beyond the limit too.
    var signaturesBySubject: [Digest: Int] = [:]
    /// The signatures that were counted.
    var countedSignatures: Set<String> = []
    /// Whether symbolic links that lead to members are as usual here.
    var followsLinks = false
    /// What each tag of a registry names now.
    var currentTags: [String: Digest] = [:]
    /// What the repositories of a registry list and name.
    var revisions = RegistryRevisions()
    /// Warnings that were given, so that a blob named a thousand times is warned of once.
    var reported: Set<Reported> = []

    /// What makes two warnings the same.
    struct Reported: Hashable {
        let code: WarningCode
        let digest: Digest
        let size: Int64?
    }

    init(_ store: BlobStore, limits: ImportLimits, draft: ImportDraft) {
        self.store = store
        self.limits = limits
        self.draft = draft
    }

    /// Notes every blob with its place, and what is odd about members as such.
    mutating func noteMembers() {
        draft.expect(artifacts: store.count)
        for (name, member) in store.sorted {
            switch member.content {
            case .file(let measurement):
                draft.add(artifact(measurement))
                draft.add(location(of: measurement.digest, member))
                if measurement.digest != name {
                    draft.warn(.digestMismatch, member.path, name, "the bytes have the digest \(measurement.digest)")
                }
            case .special(let word):
                draft.warn(.blobNotAFile, member.path, name, "not a file but a \(word); it was not followed")
            case .unreadable(let error):
                draft.warn(.blobUnreadable, member.path, name, "the blob \(error.sentence)")
            }
        }
        noteOthers()
    }

    /// Notes what is odd about members that are no blobs.
    mutating func noteOthers() {
        for member in store.sortedOthers {
            switch member.content {
            case .file: break
            case .special(let word):
                if followsLinks, self.member(following: member.path) != nil { continue }
                draft.warn(.memberNotAFile, member.path, "not a file but a \(word); it was not followed")
            case .unreadable(let error):
                draft.warn(.blobUnreadable, member.path, "the member \(error.sentence)")
            }
        }
    }

    private func artifact(_ measurement: Measurement) -> ArtifactRecord {
        ArtifactRecord(digest: measurement.digest, size: measurement.size, mediaType: nil, role: .blob)
    }

    func location(of digest: Digest, _ member: EvidenceMember) -> LocationRecord {
        LocationRecord(
            digest: digest,
            sourceID: ImportDraft.unknownSource,
            path: ImportDraft.shown(member.path),
            offset: member.offset
        )
    }

    /// Reads the blobs that nothing led to: what cosign 3 leaves behind, and what an earlier save forgot.
    mutating func readOrphans() throws {
        for (_, member) in store.sorted {
            guard let measurement = member.measurement, measurement.looksLikeDocument,
                !visited.contains(measurement.digest), draft.artifacts[measurement.digest]?.role == .blob,
                let bytes = try store.bytes(of: member, limit: Self.orphanLimit),
                Self.mayBeDocument(bytes)
            else { continue }
            pending.append(PendingDocument(member: member, mediaType: nil, depth: 0, isOrphan: true))
            try readPending()
        }
    }

    /// Bytes of a manifest that nothing leads to; registries refuse larger ones.
    private static let orphanLimit: Int64 = 4 << 20

    /// Whether a blob that nothing names states that it is a manifest or index; a configuration does not.
    private static func mayBeDocument(_ bytes: [UInt8]) -> Bool {
        guard let value = try? JSONValue(parsing: bytes), let object = value.object else { return false }
        if object["schemaVersion"]?.int64 == 2 { return true }
        let mediaType = object["mediaType"]?.string.map { MediaType($0) }
        return mediaType.map { $0.isIndex || $0.isManifest } ?? false
    }

    /// Reads documents until none is left.
    mutating func readPending() throws {
        while !pending.isEmpty {
            let round = pending
            pending = []
            for document in round { try read(document) }
        }
    }
}

/// A document that something led to.
struct PendingDocument {
    /// Where its bytes are.
    var member: EvidenceMember
    /// The media type of the descriptor that led here.
    var mediaType: MediaType?
    /// How many documents lead here.
    var depth: Int
    /// The artifact whose referrers an index lists, when it was found under a fallback tag.
    var referrersOf: Digest?
    /// The artifact that statements in a BuildKit attestation manifest are about.
    var attestedDigest: Digest?
    /// Whether the descriptor says that this is a BuildKit attestation manifest.
    var isAttestationManifest = false
    /// Whether nothing led here.
    var isOrphan = false
}

/// What storage says that a manifest's signatures are about.
struct Attachment: Hashable {
    /// The manifest, by the digest of its bytes.
    let carrier: Digest
    /// The artifact; nil when storage does not say.
    let subject: Digest?
    /// By which convention.
    let storage: SignatureStorage
}
