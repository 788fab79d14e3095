internal import CaseIndex
internal import Cryptography
internal import Git

/// A Git repository in one file, as `git bundle` writes it and GitLab's exports carry it.
struct GitBundle: Arrangement {
    /// The bundle itself: nothing lies in it as a file.
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { "git-bundle" }

    func owns(_ path: [UInt8]) -> Bool { path == root }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        for member in graph.store.sortedOthers {
            guard let source = graph.store.open(member) else {
                graph.draft.warn(.limitBytes, member.path, "the bundle is too large to be read out of an archive")
                continue
            }
            graph.draft.take(try BundleFile.read(source, limits: graph.limits.git), below: member.path)
        }
    }

    static func find(in scan: EvidenceScan) -> [GitBundle] {
        scan.members.filter { $0.measurement?.looksLikeBundle ?? false }.map { GitBundle(root: $0.path) }
    }
}
