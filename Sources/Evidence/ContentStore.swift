internal import Cryptography

/// containerd's content store: a pile of blobs by digest, whose names lie in a database beside it that is not read.
struct ContentStore: Arrangement {
    let root: [UInt8]

    /// The folder by which the store is known.
    private static let folder = Array("io.containerd.content.v1.content".utf8)

    func kind(inArchive: Bool) -> String { "containerd-store" }

    func owns(_ path: [UInt8]) -> Bool { relative(path)?.starts(with: "blobs/".utf8) ?? false }

    func digest(named path: [UInt8]) -> Digest? {
        guard let relative = relative(path), MemberPath.components(Array(relative)).count == 3 else { return nil }
        return MemberPath.namedDigest(path)
    }

    func place(of digest: Digest) -> String { "blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        try graph.readOrphans()
        try graph.extractSignatures()
    }

    static func find(in scan: EvidenceScan) -> [ContentStore] {
        var roots: Set<[UInt8]> = []
        for member in scan.members where MemberPath.namedDigest(member.path) != nil {
            let parts = MemberPath.components(member.path).dropLast(3)
            guard let last = parts.last, last.elementsEqual(folder) else { continue }
            roots.insert(Array(parts.joined(separator: [UInt8(ascii: "/")])))
        }
        return roots.sorted { $0.lexicographicallyPrecedes($1) }.map { ContentStore(root: $0) }
    }
}
