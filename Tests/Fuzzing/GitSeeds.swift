internal import Cryptography
internal import Git
internal import TestSupport

/// Git's own files, made by git, and the parsers that read them.
extension Subject {
    /// Every parser through which bytes of a repository are read.
    static func git() throws -> [Subject] {
        let maker = try GitRepositoryMaker()
        for number in 0..<12 { try maker.commit("number \(number)\n\n" + String(repeating: "text ", count: 60)) }
        try maker.git(["tag", "-a", "v1", "-m", "release"])
        let loose = try looseObject(maker)
        try maker.git(["bundle", "create", "-q", "\(maker.folder)/all.bundle", "--all"])
        try maker.pack()
        let names = try maker.git(["rev-parse", "HEAD"])
        let packed = try maker.git(["verify-pack", "-v", ".git/objects/pack/pack-\(try packName(maker)).idx"])
        precondition(packed.contains(names), "the pack holds the commit")
        let folder = "\(maker.path)/.git/objects/pack/pack-\(try packName(maker))"
        let pack = try SharedData.bytes(at: folder + ".pack")
        let index = try SharedData.bytes(at: folder + ".idx")
        let bundle = try SharedData.bytes(at: "\(maker.folder)/all.bundle")
        let references = try SharedData.bytes(at: "\(maker.path)/.git/packed-refs")
        let commit = Array(try maker.git(["cat-file", "commit", "HEAD"]).utf8)
        return [
            Subject(name: "git-pack", seeds: [pack]) { try read(["objects/pack/pack-x.pack": $0]) },
            Subject(name: "git-index", seeds: [index]) { bytes in
                try read(["objects/pack/pack-x.pack": pack, "objects/pack/pack-x.idx": bytes])
            },
            Subject(name: "git-bundle", seeds: [bundle]) { bytes in
                try refuse(try BundleFile.read(MemoryBytes(bytes)))
            },
            Subject(name: "git-loose", seeds: [loose.content]) { try read([loose.path: $0]) },
            Subject(name: "git-references", seeds: [references]) { bytes in
                try read([
                    "HEAD": Array("ref: refs/heads/main\n".utf8), "packed-refs": bytes, "objects/pack/x.pack": pack,
                ])
            },
            Subject(name: "git-commit", seeds: [commit]) { bytes in
                _ = ObjectSignature(commit: bytes, isSHA256: false)
                _ = ObjectSignature(tag: bytes, isSHA256: true)
                guard bytes.starts(with: "tree ".utf8) else { throw Refused(reasons: ["no commit"]) }
            },
        ]
    }

    private static func packName(_ maker: GitRepositoryMaker) throws -> String {
        // Git names a pack by its content; of a fresh repository there is one.
        let list = try maker.git(["count-objects", "-v"])
        precondition(list.contains("packs: 1"), "one pack")
        return try maker.git(["-c", "alias.p=!ls .git/objects/pack/*.pack | sed 's/.*pack-//; s/.pack$//'", "p"])
    }

    private static func looseObject(_ maker: GitRepositoryMaker) throws -> (path: String, content: [UInt8]) {
        // The first commit: of another one the parent would be missing.
        let name = try maker.git(["rev-list", "--max-parents=0", "HEAD"])
        let path = "objects/\(name.prefix(2))/\(name.dropFirst(2))"
        return (path, try SharedData.bytes(at: "\(maker.path)/.git/\(path)"))
    }

    private static func read(_ files: [String: [UInt8]]) throws {
        let list = files.sorted { $0.key < $1.key }.map { path, bytes in
            RepositoryFile(path: Array(path.utf8), kind: .file) { MemoryBytes(bytes) }
        }
        try refuse(try Repository.read(list))
    }

    /// A repository is never refused as a whole; that it warns is what a refusal is here.
    private static func refuse(_ contents: RepositoryContents) throws {
        for commit in contents.commits where commit.name.description.utf8.count != 40 { throw Contradiction() }
        if !contents.warnings.isEmpty { throw Refused(reasons: contents.codesText) }
    }
}

extension RepositoryContents {
    fileprivate var codesText: [String] { warnings.map(\.code.rawValue) }
}
