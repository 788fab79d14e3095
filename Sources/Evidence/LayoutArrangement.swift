internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// An OCI image layout (OCI image-spec, "Image Layout").
struct LayoutArrangement: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "oci-archive" : "oci-layout" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let relative = relative(path) else { return false }
        return relative.starts(with: "blobs/".utf8) || Self.files.contains { relative.elementsEqual($0.utf8) }
    }

    /// `manifest.json` and `repositories` are docker's: its newer archives are layouts as well.
    private static let files = ["oci-layout", "index.json", "manifest.json", "repositories"]

    func digest(named path: [UInt8]) -> Digest? {
        // `blobs/a/b/sha256/<hex>` is no place of a blob.
        guard let relative = relative(path), relative.starts(with: "blobs/".utf8),
            MemberPath.components(Array(relative)).count == 3
        else { return nil }
        return MemberPath.namedDigest(path)
    }

    func place(of digest: Digest) -> String { "blobs/\(digest.algorithm.rawValue)/\(digest.hex)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        try graph.readMarker()
        try graph.readIndex()
        try graph.readPending()
        try graph.readOrphans()
        try graph.compareDockerNames()
        try graph.extractSignatures()
    }

    /// Every layout: a folder with `oci-layout`, or with `index.json` beside `blobs`.
    ///
    /// Archives often name the blobs before `index.json`: when the end of one is missing or was not
    /// read, blobs alone are a layout.
    static func find(in scan: EvidenceScan) -> [LayoutArrangement] {
        let marked = roots(in: scan.members)
        guard marked.isEmpty else { return marked.map { LayoutArrangement(root: $0) } }
        guard scan.isCut else { return [] }
        for member in scan.members where MemberPath.namedDigest(member.path) != nil {
            let parts = MemberPath.components(member.path)
            if parts.count <= 4 { return [LayoutArrangement(root: parts.count == 4 ? Array(parts[0]) : [])] }
        }
        return []
    }

    private static func roots(in members: [EvidenceMember]) -> [[UInt8]] {
        var withBlobs: Set<[UInt8]> = []
        for member in members where MemberPath.namedDigest(member.path) != nil {
            let parts = MemberPath.components(member.path)
            withBlobs.insert(Array(parts.dropLast(3).joined(separator: [UInt8(ascii: "/")])))
        }
        let marked = Set(MemberPath.folders(of: "oci-layout", in: members))
        let indexed = Set(MemberPath.folders(of: "index.json", in: members)).intersection(withBlobs)
        let all = marked.union(indexed)
        // What lies among the blobs of a layout is a blob, whatever it is called.
        return all.filter { root in
            !all.contains { other in
                other != root && root.starts(with: MemberPath.joined(other, "blobs") + [UInt8(ascii: "/")])
            }
        }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

extension GraphReader {
    /// Checks `oci-layout`.
    mutating func readMarker() throws {
        let path = MemberPath.joined(store.root, "oci-layout")
        guard let member = store.other("oci-layout") else {
            draft.warn(.noMarker, path, "the layout lacks the file oci-layout")
            return
        }
        let bytes = try store.bytes(of: member, limit: limits.documentBytes) ?? []
        let version = (try? JSONValue(parsing: bytes))?["imageLayoutVersion"]?.string
        if version != "1.0.0" {
            draft.warn(.version, path, "the layout does not state version 1.0.0")
        }
    }
}
