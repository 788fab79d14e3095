internal import CaseIndex
internal import Cryptography
internal import Git

/// A Git repository: bare, or the `.git` folder of a working tree.
struct GitRepository: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "git-repository-archive" : "git-repository" }

    func owns(_ path: [UInt8]) -> Bool { relative(path) != nil }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        let store = graph.store
        let files = store.sortedOthers.compactMap { member -> RepositoryFile? in
            guard let path = relative(member.path) else { return nil }
            let kind: RepositoryFile.Kind =
                switch member.content {
                case .file: .file
                case .special(let word): word == "symbolic-link" ? .symbolicLink : .other
                case .unreadable: .unreadable
                }
            return RepositoryFile(path: Array(path), kind: kind) { store.open(member) }
        }
        graph.draft.take(try Repository.read(files, limits: graph.limits.git), below: root)
    }

    /// Whether a file lies beside this repository's folder, or below: it was checked out from it.
    func hasWorkingFile(_ path: [UInt8]) -> Bool {
        let parts = MemberPath.split(root)
        guard parts.name.elementsEqual(".git".utf8) else { return false }
        return parts.folder.isEmpty || path.starts(with: parts.folder + [UInt8(ascii: "/")])
    }

    /// What a repository's own folder may hold that is read.
    private static let readFolders = ["objects", "refs"]

    /// Whether a file of an archive may belong to a repository, so that its bytes are needed: archives are read once.
    static func mayOwn(_ path: [UInt8]) -> Bool {
        let parts = MemberPath.components(path)
        guard let name = parts.last else { return false }
        if name.elementsEqual("packed-refs".utf8) || name.elementsEqual("HEAD".utf8) { return true }
        return parts.dropLast().contains { part in readFolders.contains { part.elementsEqual($0.utf8) } }
    }

    /// The folders with a `HEAD` and with objects, references or git's own description beside it.
    static func find(in scan: EvidenceScan) -> [GitRepository] {
        var marks: [[UInt8]: Set<String>] = [:]
        for member in scan.members {
            let parts = MemberPath.components(member.path)
            for (position, part) in parts.enumerated() {
                guard let mark = mark(part, isLast: position == parts.count - 1) else { continue }
                marks[Array(parts[..<position].joined(separator: [UInt8(ascii: "/")])), default: []].insert(mark)
            }
        }
        return marks.filter { $0.value.contains("HEAD") && $0.value.count > 1 }.keys
            .filter { root in !hasInnerObjects(root, marks) }
            .sorted { $0.lexicographicallyPrecedes($1) }.map { GitRepository(root: $0) }
    }

    private static func mark(_ part: ArraySlice<UInt8>, isLast: Bool) -> String? {
        let names = isLast ? ["HEAD", "packed-refs", "objects", "description"] : ["objects", "refs"]
        return names.first { part.elementsEqual($0.utf8) }
    }

    /// `refs/remotes/origin/HEAD` and `logs/refs/…` are parts of a repository, not repositories.
    private static func hasInnerObjects(_ root: [UInt8], _ marks: [[UInt8]: Set<String>]) -> Bool {
        let parts = MemberPath.components(root)
        return parts.indices.contains { position in
            let isInside = ["refs", "logs", "objects"].contains { parts[position].elementsEqual($0.utf8) }
            let above = Array(parts[..<position].joined(separator: [UInt8(ascii: "/")]))
            return isInside && marks[above]?.contains("HEAD") == true
        }
    }
}
