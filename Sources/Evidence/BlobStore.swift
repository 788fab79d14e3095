internal import Cryptography
internal import Git

/// The members of a layout, found by the digests that their places name.
struct BlobStore {
    /// The folder of the layout inside the evidence.
    let root: [UInt8]
    /// Where, below the root, a blob ought to lie.
    let place: (Digest) -> String
    private let container: any EvidenceContainer
    private let members: [EvidenceMember]
    /// Places in ``members``: of blobs, of blobs by digest, of others.
    private let blobs: [Digest: Int]
    private let order: [(name: Digest, position: Int)]
    private let others: [[UInt8]: Int]

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
        self.members = members
        var blobs: [Digest: Int] = [:]
        var others: [[UInt8]: Int] = [:]
        for (position, member) in members.enumerated() {
            if let digest = name(member.path) { blobs[digest] = position } else { others[member.path] = position }
        }
        order = blobs.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
        self.blobs = blobs
        self.others = others
    }

    /// What lies at a digest's place.
    subscript(digest: Digest) -> EvidenceMember? {
        blobs[digest].map { members[$0] }
    }

    /// The member at a path below the layout's root that is no blob.
    func other(_ name: String) -> EvidenceMember? {
        member(MemberPath.joined(root, name))
    }

    /// The member at a whole path that is no blob.
    func member(_ path: [UInt8]) -> EvidenceMember? {
        others[path].map { members[$0] }
    }

    /// Every blob with the digest that its place names, by digest.
    var sorted: some Sequence<(name: Digest, member: EvidenceMember)> {
        order.lazy.map { (name: $0.name, member: members[$0.position]) }
    }

    /// Every other member, by path.
    var sortedOthers: [EvidenceMember] {
        others.values.map { members[$0] }.sorted { $0.path.lexicographicallyPrecedes($1.path) }
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
