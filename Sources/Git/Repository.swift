package import Cryptography

/// Reads a repository that nobody vouches for, from the files that its container gives.
///
/// Only objects and references are looked at. Its configuration, hooks, attributes, filters, grafts, replacements and
/// alternates are neither read nor followed; that they are there is told. Trees and files are never expanded beyond their length.
package struct Repository {
    private let limits: GitLimits
    private var objects: ObjectCollection
    private var references: ReferenceFiles
    private var warnings: GitWarnings

    /// Reads the files of a repository's own folder (`.git`, or the folder of a bare repository).
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL has no memory.
    package static func read(
        _ files: [RepositoryFile],
        limits: GitLimits = .standard
    ) throws(CryptographyError) -> RepositoryContents {
        var repository = Repository(limits)
        let format = format(of: files)
        repository.noteOddities(files)
        do {
            try repository.readPacks(files, format)
            try repository.readLoose(files, format)
        } catch let error as CryptographyError {
            throw error
        } catch {
            repository.warnings.add(.unreadable, [], "\(error)")
        }
        repository.readReferences(files)
        return repository.contents(format)
    }

    init(_ limits: GitLimits) {
        self.limits = limits
        objects = ObjectCollection(limits)
        references = ReferenceFiles(limits)
        warnings = GitWarnings(limit: limits.warningsPerCode)
    }

    /// By the names of its files alone: the configuration that would say it is not read.
    private static func format(of files: [RepositoryFile]) -> ObjectFormat {
        let isSHA256 = files.contains { file in
            let name = file.components.last ?? []
            return (file.lies(in: "objects/pack/") && name.starts(with: "pack-".utf8) && name.count >= 5 + 64)
                || (file.lies(in: "objects/") && name.count == 62)
        }
        return isSHA256 ? .sha256 : .sha1
    }

    // MARK: - Parts that bundles have as well

    mutating func readPack(
        _ source: any RandomAccessBytes,
        from start: Int64 = 0,
        _ format: ObjectFormat,
        _ path: [UInt8],
        index: PackIndex?
    ) throws {
        var reader = PackReader(source, from: start, format, path: path, limits)
        reader.index = index
        try reader.read { kind, name, content in objects.add(kind, name, content, path, &warnings) }
        for warning in reader.warnings.all { warnings.add(warning.code, warning.path, warning.detail) }
    }

    mutating func add(_ name: [UInt8], _ target: ObjectName) {
        references.add(name, .object(target), &warnings)
    }

    mutating func warn(_ code: GitWarning.Code, _ path: [UInt8], _ detail: String) {
        warnings.add(code, path, detail)
    }

    /// Puts together what was read.
    func contents(_ format: ObjectFormat) -> RepositoryContents {
        var warnings = warnings
        let references = references.resolved(&warnings).map { reference in
            var reference = reference
            reference.commit = reference.target.flatMap { objects.commit(at: $0) }
            Self.check(reference, objects, &warnings)
            return reference
        }
        let commits = objects.commits.values.sorted { $0.name < $1.name }
        Self.checkParents(commits, objects, &warnings)
        if references.contains(where: { $0.kind == .replacement }) {
            warnings.add(
                .replacements,
                Array("refs/replace".utf8),
                "they are listed; nothing is put in another's place"
            )
        }
        return RepositoryContents(
            format: format,
            commits: commits,
            tags: objects.tags.values.sorted { $0.name < $1.name },
            references: references,
            warnings: warnings.all
        )
    }

    private static func check(_ reference: Reference, _ objects: ObjectCollection, _ warnings: inout GitWarnings) {
        guard let target = reference.target else { return }
        if reference.commit == nil, objects.tags[target] == nil, [.branch, .head].contains(reference.kind) {
            warnings.add(.referenceBroken, reference.name, "the commit \(target) is not in the repository")
        }
        guard reference.kind == .tag, let tag = objects.tags[target] else { return }
        let shown = Array(reference.name.dropFirst("refs/tags/".utf8.count))
        if !shown.elementsEqual(tag.tag.utf8) {
            warnings.add(.tagName, reference.name, "the tag calls itself \"\(tag.tag)\"")
        }
    }

    private static func checkParents(
        _ commits: [CommitObject],
        _ objects: ObjectCollection,
        _ warnings: inout GitWarnings
    ) {
        for commit in commits {
            for parent in commit.parents where objects.commits[parent] == nil {
                warnings.add(.parentMissing, [], "the commit \(commit.name) has the parent \(parent)")
            }
        }
    }
}

// MARK: - Files

extension Repository {
    /// What is told and not read.
    private static let oddities: [(path: String, code: GitWarning.Code, detail: String)] = [
        ("objects/info/alternates", .alternates, "objects of another place; it was not looked at"),
        ("objects/info/http-alternates", .alternates, "objects of another place; it was not looked at"),
        ("commondir", .elsewhere, "the repository is a part of another one; it was not looked at"),
        ("gitdir", .elsewhere, "the repository belongs to a folder elsewhere; it was not looked at"),
        ("shallow", .shallow, "the history was cut off: commits before it are not there"),
        ("info/grafts", .grafts, "parents that commits do not state; they are not believed"),
    ]

    private mutating func noteOddities(_ files: [RepositoryFile]) {
        for file in files {
            if let oddity = Self.oddities.first(where: { file.path.elementsEqual($0.path.utf8) }) {
                warnings.add(oddity.code, file.path, oddity.detail)
            }
            if file.lies(in: "reftable/") {
                warnings.add(.referenceTables, file.path, "references in a form that is not read")
            }
            let isObject = file.lies(in: "objects")
            guard isObject || Self.isReference(file) || file.path.elementsEqual("packed-refs".utf8) else { continue }
            switch file.kind {
            case .file: break
            case .symbolicLink:
                let code: GitWarning.Code = isObject ? .symbolicLinkObject : .symbolicLinkReference
                warnings.add(code, file.path, "a symbolic link; it was not followed")
            case .other: warnings.add(.notAFile, file.path, "no file; it was not opened")
            case .unreadable: warnings.add(.unreadable, file.path, "it cannot be read to its end")
            }
        }
    }

    private static func isReference(_ file: RepositoryFile) -> Bool {
        file.lies(in: "refs") || file.path.elementsEqual("HEAD".utf8)
    }

    private mutating func readPacks(_ files: [RepositoryFile], _ format: ObjectFormat) throws {
        let folder = Array("objects/pack/".utf8)
        let inside = files.filter { $0.kind == .file && $0.path.starts(with: folder) }
        let indexes = Dictionary(inside.map { ($0.path, $0) }) { first, _ in first }
        for file in inside where file.path.suffix(5).elementsEqual(".pack".utf8) {
            guard let source = file.open() else {
                warnings.add(.unreadable, file.path, "it cannot be opened")
                continue
            }
            let indexPath = file.path.dropLast(5) + Array(".idx".utf8)
            let index = indexes[Array(indexPath)].flatMap { readIndex($0, format) }
            try readPack(source, format, file.path, index: index)
        }
    }

    private mutating func readIndex(_ file: RepositoryFile, _ format: ObjectFormat) -> PackIndex? {
        guard let source = file.open() else { return nil }
        do {
            return try PackIndex(source, format)
        } catch {
            warnings.add(.indexDamaged, file.path, "the index is not used: \(error)")
            return nil
        }
    }

    private mutating func readLoose(_ files: [RepositoryFile], _ format: ObjectFormat) throws {
        guard var inflater = Inflater() else { return }
        for file in files where file.kind == .file {
            guard let name = LooseObjects.name(of: file), name.format == format else { continue }
            try LooseObjects.read(file, named: name, &inflater, limits, into: &objects, &warnings)
        }
    }

    private mutating func readReferences(_ files: [RepositoryFile]) {
        let plain = files.filter { $0.kind == .file }
        for file in plain where file.path.elementsEqual("packed-refs".utf8) {
            guard let bytes = file.open()?.all(limit: limits.packedReferenceBytes) else {
                warnings.add(.unreadable, file.path, "it is too large or cannot be read")
                continue
            }
            references.read(packed: bytes, file.path, &warnings)
        }
        for file in plain where file.lies(in: "refs/") || file.path.elementsEqual("HEAD".utf8) {
            // Files that keep an empty folder in an archive are no references.
            guard file.components.last?.first != UInt8(ascii: ".") else { continue }
            references.read(loose: file, &warnings)
        }
    }
}
