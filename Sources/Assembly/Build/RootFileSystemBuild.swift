internal import Archive
internal import Glibc

/// Makes an image of a root file system as it is: one layer.
struct RootFileSystemBuild {
    private let session: BuildSession
    private let path: String
    private let changes: [String]

    init(_ session: BuildSession, path: String, changes: [String]) {
        (self.session, self.path, self.changes) = (session, path, changes)
    }

    /// Reads the folder or archive, and carries out the changes of the configuration.
    ///
    /// - Parameters:
    ///   - platform: The platform of the image.
    ///   - skipped: Files, by device and inode, that are no part of it.
    /// - Returns: The only stage.
    /// - Throws: ``AssemblyError``.
    func build(_ platform: ImagePlatform, skipped: Set<[UInt]>) throws -> Stage {
        let stage = Stage(session, platform, escape: UInt8(ascii: "\\"), writesLayers: true)
        let tree = try tree(skipped)
        var layer = LayerChanges()
        try tree.forEach { path, node in layer.set(path, .present(node)) }
        session.report(.step(stage: "rootfs", number: 1, count: 1 + changes.count, text: "ADD \(path) /"))
        try stage.commit(layer, "ADD rootfs /")
        for (number, text) in changes.enumerated() {
            session.report(.step(stage: "rootfs", number: number + 2, count: 1 + changes.count, text: text))
            for instruction in try Dockerfile.instructions(Array(text.utf8)).instructions {
                if case .workingDirectory(let word) = instruction.command {
                    let path = FilePath.absolute(try stage.expand(word), in: stage.image.workingDirectory)
                    stage.image.workingDirectory = FilePath.absoluteText(path)
                    stage.image.addStep("WORKDIR \(FilePath.absoluteText(path))")
                } else if try !stage.changeConfiguration(instruction) {
                    let name = instruction.text.prefix { !$0.isWhitespace }.uppercased()
                    throw AssemblyError(.notForRootFileSystem(name))
                }
            }
        }
        return stage
    }

    private func tree(_ skipped: Set<[UInt]>) throws -> FileTree {
        var rules = FolderTree.Rules()
        rules.keepsOwners = true
        rules.keepsExtendedAttributes = session.request.keepsExtendedAttributes
        rules.skipped = skipped
        if let folder = FolderTree(userPath: path, rules: rules) { return FileTree(folder.root()) }
        let failure = errno
        let parent = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
        let name = Array((path.split(separator: "/").last ?? "").utf8)
        guard failure == ENOTDIR, let folder = OpenFolder(userPath: parent.isEmpty ? "/" : parent),
            let status = folder.status(name), status.st_mode & S_IFMT == S_IFREG
        else { throw AssemblyError(.unreadableFile(path: path, code: failure)) }
        let file = StoredFile(root: folder, path: [name], status: status)
        guard let archive = try ArchiveFile(file) else { throw AssemblyError(.notAnArchive(path: path)) }
        let reader = LayerReader(spool: try session.contentSpool()) { _ in true }
        do {
            return try reader.plainTree(of: archive.open())
        } catch let error as ArchiveError {
            throw AssemblyError(.unreadableLayer(digest: path, error))
        }
    }
}
