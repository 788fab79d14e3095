internal import Cryptography

/// A project export of GitLab: an archive or a folder with `tree/project.json`, or formerly one `project.json`.
struct GitLabExport: Arrangement {
    let root: [UInt8]
    private let documents: Set<[UInt8]>

    func kind(inArchive: Bool) -> String { "gitlab-export" }

    func owns(_ path: [UInt8]) -> Bool { root.isEmpty || relative(path) != nil }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteOthers()
        for member in graph.store.sortedOthers where documents.contains(member.path) { try graph.readRuns(member) }
    }

    /// Where exports keep pipelines, below their root.
    private static let places = ["tree/project/ci_pipelines.ndjson", "project.json"]
    /// A file that only exports have.
    private static let marks = ["tree/project.json", "GITLAB_VERSION"]

    static func find(in scan: EvidenceScan) -> [GitLabExport] {
        var roots: Set<[UInt8]> = []
        for member in scan.members {
            for mark in marks {
                if let root = root(of: member.path, ending: mark) { roots.insert(root) }
            }
        }
        return roots.sorted { $0.lexicographicallyPrecedes($1) }.map { root in
            GitLabExport(root: root, documents: Set(places.map { MemberPath.joined(root, $0) }))
        }
    }

    private static func root(of path: [UInt8], ending suffix: String) -> [UInt8]? {
        if path.elementsEqual(suffix.utf8) { return [] }
        let tail = Array("/\(suffix)".utf8)
        return path.suffix(tail.count).elementsEqual(tail) ? Array(path.dropLast(tail.count)) : nil
    }
}
