internal import Archive
internal import Cryptography
internal import Glibc

/// `COPY` and `ADD`: puts files of one tree into another.
struct CopyStep {
    let stage: Stage
    let command: Instruction.Copy
    /// Where files come from.
    let source: FileTree
    /// Whether that is the context, which nothing may leave.
    let isContext: Bool
    /// What a name that is missing may be kept out by.
    let ignoreFile: String?

    private let target: FileTree
    private let destination: [[UInt8]]
    private let wantsFolder: Bool
    private let excludes: IgnoreRules
    private let owner: (owner: Int, group: Int)?
    private let mode: FileMode?
    private var modified: Int64 { stage.session.request.created.seconds }

    /// What is copied.
    private struct Item {
        /// The name under which it is copied.
        let name: [UInt8]
        /// Where it lies in the source.
        let path: [[UInt8]]
        let node: FileNode
        let location: DockerfileLocation
    }

    init(_ stage: Stage, _ command: Instruction.Copy, from source: FileTree, isContext: Bool, ignoreFile: String?)
        throws
    {
        (self.stage, self.command, self.source, self.isContext) = (stage, command, source, isContext)
        self.ignoreFile = ignoreFile
        target = try stage.tree()
        let text = try stage.expand(command.destination)
        destination = FilePath.absolute(text, in: stage.image.workingDirectory)
        wantsFolder = text.hasSuffix("/") || text == "." || text.hasSuffix("/.") || text.isEmpty
        var patterns: [String] = []
        for word in command.excludes { patterns.append(try stage.expand(word)) }
        excludes = IgnoreRules(patterns: patterns)
        owner = try command.owner.map { word in
            do {
                let found = try Accounts(stage.tree()).find(stage.expand(word), sharesNumber: true)
                return (found.owner, found.group)
            } catch let error as AssemblyError {
                throw error.located(word.location)
            }
        }
        mode = try command.mode.map { word in
            guard let mode = FileMode(try stage.expand(word))
            else { throw AssemblyError(.badFlag(flag: "--chmod", value: word.text), at: word.location) }
            return mode
        }
    }

    /// Copies everything.
    ///
    /// - Returns: What changed, and the text for the history.
    func perform() throws -> (changes: LayerChanges, text: String) {
        var changes = LayerChanges()
        var items: [Item] = []
        var texts: [String] = []
        for word in command.sources {
            let text = try stage.expand(word)
            texts.append(text)
            items += try found(text, word)
        }
        for document in command.documents { items.append(try item(document)) }
        let isSpread = items.count > 1 && !wantsFolder
        if isSpread, try target.resolve(destination).node?.isDirectory != true {
            throw AssemblyError(
                .destinationNotFolder(FilePath.absoluteText(destination)),
                at: command.destination.location
            )
        }
        for item in items {
            do {
                try copy(item, &changes)
            } catch let error as AssemblyError {
                throw error.located(item.location)
            }
        }
        return (changes, historyText(texts))
    }

    private func historyText(_ sources: [String]) -> String {
        var words = [command.isAdd ? "ADD" : "COPY"]
        if command.keepsParents { words.append("--parents") }
        if let owner = command.owner { words.append("--chown=\((try? stage.expand(owner)) ?? owner.text)") }
        if let mode = command.mode { words.append("--chmod=\((try? stage.expand(mode)) ?? mode.text)") }
        words += sources + command.documents.map { "<<\($0.name)" }
        words.append((try? stage.expand(command.destination)) ?? command.destination.text)
        return words.joined(separator: " ")
    }

    // MARK: - Sources

    private func item(_ document: Instruction.Heredoc) throws(AssemblyError) -> Item {
        var text = document.content
        if document.isExpanded {
            var expansion = stage.expansion
            expansion.keepsQuotes = true
            text = try expansion.expand(Word(text: text, location: document.location))
        }
        let attributes = FileAttributes(mode: 0o644, modified: modified)
        return Item(
            name: Array(document.name.utf8),
            path: [Array(document.name.utf8)],
            node: FileNode(.file(.bytes(Array(text.utf8))), attributes),
            location: document.location
        )
    }

    /// What a source stands for.
    private func found(_ text: String, _ word: Word) throws -> [Item] {
        let isRemote = ["http://", "https://", "git://", "git@", "ssh://", "oci-layout://"].contains {
            text.hasPrefix($0)
        }
        guard !isRemote else { throw AssemblyError(.remoteSource(text), at: word.location) }
        // `/./` divides what is left out of the path from what is kept, under `--parents`.
        let pivot = command.keepsParents ? text.firstRange(of: "/./") : nil
        let skipped = pivot.map { FilePath.components(String(text[..<$0.lowerBound])).count } ?? 0
        do {
            let components = FilePath.components(text)
            guard let path = FilePath.normalized(components) ?? (isContext ? nil : FilePath.absolute(text, in: "/"))
            else { throw AssemblyError(.outsideContext(text)) }
            let matches = try PathSearch(source).matches(path)
            if matches.isEmpty, PathSearch.isLiteral(path) { throw missing(text, path) }
            if matches.isEmpty { stage.session.report(.warning("no file fits \(text)", word.location)) }
            return matches.map { match in
                Item(
                    name: match.path.last ?? [],
                    path: Array(match.path.dropFirst(skipped)),
                    node: match.node,
                    location: word.location
                )
            }
        } catch let error as AssemblyError {
            throw error.located(word.location)
        }
    }

    private func missing(_ text: String, _ path: [[UInt8]]) -> AssemblyError {
        if isContext, let ignoreFile, let input = stage.session.dockerfileInput,
            IgnoreRules(input.ignore?.bytes ?? []).ignores(path)
        {
            return AssemblyError(.ignoredFile(path: text, ignoreFile: ignoreFile))
        }
        let name = isContext ? "the context" : command.from?.text ?? "the stage"
        return AssemblyError(.noSuchFile(path: text, source: name))
    }

    // MARK: - Copying

    private func attributes(_ stated: FileAttributes, isDirectory: Bool) -> FileAttributes {
        var attributes = stated
        // BuildKit gives what is copied the time of the build, when there is one to be had.
        attributes.modified = modified
        if let owner { (attributes.owner, attributes.group) = owner }
        if let mode { attributes.mode = mode.applied(to: attributes.mode, isDirectory: isDirectory) }
        return attributes
    }

    private var parentAttributes: FileAttributes {
        FileAttributes(mode: 0o755, owner: owner?.owner ?? 0, group: owner?.group ?? 0, modified: modified)
    }

    private func makeDirectory(_ path: [[UInt8]], _ changes: inout LayerChanges) throws -> (
        path: [[UInt8]], node: FileNode
    ) {
        try target.makeDirectory(path, parentAttributes) { path, node in changes.set(path, .present(node)) }
    }

    private func copy(_ item: Item, _ changes: inout LayerChanges) throws {
        var copier = TreeCopier(attributes: attributes, excludes: excludes, isContext: isContext)
        if command.keepsParents, !item.path.isEmpty {
            let folder = try makeDirectory(destination + item.path.dropLast(), &changes)
            try copier.copy(item.node, named: item.name, into: folder, excludePath: item.path, &changes)
            return
        }
        if item.node.isDirectory {
            var exists = true
            let path = try target.resolve(destination)
            if path.node == nil { exists = false }
            let folder = try makeDirectory(destination, &changes)
            if !exists {
                folder.node.attributes = attributes(item.node.attributes, isDirectory: true)
            }
            try copier.copyChildren(of: item.node, into: folder, excludePath: [], &changes)
            return
        }
        if unpacks, let archive = try archive(item.node) {
            let folder = try makeDirectory(destination, &changes)
            try copyUnpacked(archive, into: folder, &changes)
            return
        }
        let isFolder = try wantsFolder || target.resolve(destination).node?.isDirectory == true
        guard let last = destination.last, !isFolder else {
            let folder = try makeDirectory(destination, &changes)
            try copier.copy(item.node, named: item.name, into: folder, excludePath: [item.name], &changes)
            return
        }
        guard !excludes.ignores([item.name]) else { return }
        let resolved = try target.resolve(destination)
        // A link at the end is followed: what it names is what is written.
        let full = resolved.node == nil ? resolved.path + resolved.missing : resolved.path
        let folder = try makeDirectory(Array((full.isEmpty ? destination : full).dropLast()), &changes)
        try copier.copy(item.node, named: full.last ?? last, into: folder, excludePath: [item.name], &changes)
    }

    // MARK: - Archives

    private var unpacks: Bool { command.isAdd && command.unpacks != false }

    /// The tree of an archive; nil for a file that is none.
    private func archive(_ node: FileNode) throws -> FileTree? {
        guard case .file(.stored(let file)) = node.kind, let kind = try ArchiveFile(file) else { return nil }
        let reader = LayerReader(spool: try stage.session.contentSpool()) { _ in true }
        do {
            return try reader.plainTree(of: kind.open())
        } catch let error as ArchiveError {
            throw AssemblyError(.unreadableLayer(digest: file.shownPath, error))
        }
    }

    /// What was unpacked keeps owners and times as the archive says them.
    private func copyUnpacked(
        _ archive: FileTree,
        into folder: (path: [[UInt8]], node: FileNode),
        _ changes: inout LayerChanges
    ) throws {
        let (owner, mode) = (owner, mode)
        var copier = TreeCopier(
            attributes: { stated, isDirectory in
                var attributes = stated
                if let owner { (attributes.owner, attributes.group) = owner }
                if let mode { attributes.mode = mode.applied(to: attributes.mode, isDirectory: isDirectory) }
                return attributes
            },
            excludes: IgnoreRules(),
            isContext: false
        )
        try copier.copyChildren(of: archive.root, into: folder, excludePath: [], &changes)
    }
}
