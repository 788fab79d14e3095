internal import Cryptography

/// containerd's content store: a pile of blobs by digest, whose names lie in a database beside it that is not read.
///
/// It is known by its folder `io.containerd.content.v1.content`, and where only what lies inside is at hand, by its
/// form: `blobs/<algorithm>/<hex>`, `<algorithm>/<hex>` or `<hex>`.
struct ContentStore: Arrangement {
    let root: [UInt8]
    /// How much of a blob's place is at hand.
    var form = Form.store
    /// Whether the folder has containerd's name.
    private var isNamed = false

    /// What of `blobs/<algorithm>/<hex>` the paths below the root begin with.
    enum Form: Int {
        case blob = 1
        case algorithm
        case store
    }

    private init(root: [UInt8], form: Form = .store, isNamed: Bool) {
        self.root = root
        self.form = form
        self.isNamed = isNamed
    }

    /// The folder by which the store is known.
    private static let folder = Array("io.containerd.content.v1.content".utf8)

    func kind(inArchive: Bool) -> String { isNamed ? "containerd-store" : "content-store" }

    func owns(_ path: [UInt8]) -> Bool {
        switch form {
        case .store: relative(path)?.starts(with: "blobs/".utf8) ?? false
        case .algorithm, .blob: digest(named: path) != nil
        }
    }

    func digest(named path: [UInt8]) -> Digest? {
        guard let relative = relative(path) else { return nil }
        let parts = MemberPath.components(Array(relative))
        guard parts.count == form.rawValue else { return nil }
        switch form {
        case .store: return MemberPath.namedDigest(path)
        case .algorithm: return DigestAlgorithm(named: parts[0]).flatMap { Digest($0, hex: parts[1]) }
        case .blob: return Digest(.sha256, hex: parts[0])
        }
    }

    func place(of digest: Digest) -> String {
        switch form {
        case .store: "blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
        case .algorithm: "\(digest.algorithm.rawValue)/\(digest.hex)"
        case .blob: digest.hex
        }
    }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        try graph.readOrphans()
        try graph.extractSignatures()
    }

    /// Every folder of containerd's name, and every other pile of blobs that is no part of something else.
    ///
    /// - Parameters:
    ///   - scan: What was read.
    ///   - others: The folders of layouts and archives, whose blobs are theirs.
    /// - Returns: The stores, by their folders.
    static func find(in scan: EvidenceScan, besides others: [[UInt8]]) -> [ContentStore] {
        var roots: Set<[UInt8]> = []
        for member in scan.members where MemberPath.namedDigest(member.path) != nil {
            roots.insert(MemberPath.folder(MemberPath.components(member.path).dropLast(3)))
        }
        roots = roots.filter { root in !others.contains { isPart(root, of: $0) } }
        let stores = roots.sorted { $0.lexicographicallyPrecedes($1) }.map { root in
            ContentStore(root: root, isNamed: MemberPath.split(root).name.elementsEqual(folder))
        }
        guard stores.isEmpty, others.isEmpty else { return stores }
        return part(scan).map { [$0] } ?? []
    }

    /// Whether a pile of blobs belongs to what lies in another folder: beside its index, or among its blobs.
    private static func isPart(_ root: [UInt8], of other: [UInt8]) -> Bool {
        root == other || root.starts(with: MemberPath.joined(other, "blobs/"))
            || root == MemberPath.joined(other, "blobs")
    }

    /// The store when the evidence is a folder inside one.
    ///
    /// Files whose names are only digits count if one has the digest that it is called by; a single one is whatever
    /// document it is.
    private static func part(_ scan: EvidenceScan) -> ContentStore? {
        let inside = ContentStore(root: [], form: .algorithm, isNamed: false)
        if scan.members.contains(where: { inside.digest(named: $0.path) != nil }) { return inside }
        let blobs = ContentStore(root: [], form: .blob, isNamed: false)
        let named = scan.members.filter { blobs.digest(named: $0.path) != nil }
        let holds = named.contains { $0.measurement?.digest == blobs.digest(named: $0.path) }
        return named.count > 1 && holds ? blobs : nil
    }
}
