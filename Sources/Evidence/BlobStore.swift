internal import Cryptography
internal import Git

/// The members of a layout, found by the digests that their places name.
struct BlobStore {
    /// The folder of the layout inside the evidence.
    let root: [UInt8]
    /// Where, below the root, a blob ought to lie.
    let place: (Digest) -> String
    private let container: any EvidenceContainer
    private let blobs: [Digest: EvidenceMember]
    private let others: [[UInt8]: EvidenceMember]

    /// A store of members.
    ///
    /// - Parameters:
    ///   - members: The members of one arrangement.
    ///   - root: Its folder.
    ///   - container: What gives their bytes again.
    ///   - place: Where a blob of a digest ought to lie.
    ///   - name: The digest that a member's path names; nil for a path that is no blob's.
    init(
        _ members: [EvidenceMember],
        root: [UInt8],
        container: any EvidenceContainer,
        place: @escaping (Digest) -> String = { "\($0)" },
        named name: ([UInt8]) -> Digest?
    ) {
        self.root = root
        self.place = place
        self.container = container
        var blobs: [Digest: EvidenceMember] = [:]
        var others: [[UInt8]: EvidenceMember] = [:]
        for member in members {
            if let digest = name(member.path) { blobs[digest] = member } else { others[member.path] = member }
        }
        self.blobs = blobs
        self.others = others
    }

    /// What lies at a digest's place.
    subscript(digest: Digest) -> EvidenceMember? {
        blobs[digest]
    }

    /// The member at a path below the layout's root that is no blob.
    func other(_ name: String) -> EvidenceMember? {
        others[MemberPath.joined(root, name)]
    }

    /// The member at a whole path that is no blob.
    func member(_ path: [UInt8]) -> EvidenceMember? {
        others[path]
    }

    /// Every blob with the digest that its place names, by digest.
    var sorted: [(name: Digest, member: EvidenceMember)] {
        blobs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Every other member, by path.
    var sortedOthers: [EvidenceMember] {
        others.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// Opens a member for reading from any offset: what was kept of it, or the file itself.
    func open(_ member: EvidenceMember) -> (any RandomAccessBytes)? {
        guard let measurement = member.measurement else { return nil }
        if let retained = measurement.retained { return MemoryBytes(retained) }
        return measurement.size == 0 ? MemoryBytes([]) : container.open(member)
    }

    /// The bytes of a member, kept from the first reading or read again; nil when they are more than the limit or cannot
    /// be had any more.
    func bytes(of member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        guard let measurement = member.measurement, measurement.size <= limit else { return nil }
        if measurement.size == 0 { return [] }
        if let retained = measurement.retained { return retained }
        return try container.reread(member, limit: limit)
    }
}
