internal import CaseIndex
internal import Git
internal import Presentation

/// What an import will write of a repository.
struct GitDraft {
    let commits: [CommitObject]
    let tags: [TagObject]
    let references: [Reference]
    private let history: CommitHistory
    private let places: [Int32]
    private let indexes: [ObjectName: Int32]

    init(_ contents: RepositoryContents) {
        commits = contents.commits
        tags = contents.tags
        references = contents.references
        let names = commits.enumerated().map { ($1.name, Int32(clamping: $0)) }
        let indexes = Dictionary(names) { first, _ in first }
        self.indexes = indexes
        (history, places) = CommitHistory.ordering(
            commits.map { $0.parents.map { indexes[$0] ?? CommitHistory.absent } }
        )
    }

    private func place(_ name: ObjectName?) -> Int? {
        name.flatMap { indexes[$0] }.map { Int(places[Int($0)]) }
    }

    func write(to case: CaseWriter, sourceID: Int64) throws {
        for (index, commit) in commits.enumerated() {
            try `case`.insert(CommitRecord(commit), in: sourceID, at: Int(places[index]))
            guard let content = commit.content else { continue }
            try `case`.insert(gitObject: "\(commit.name)", kind: "commit", content: content)
        }
        for tag in tags {
            try `case`.insert(GitTagRecord(tag, sourceID))
            guard let content = tag.content else { continue }
            try `case`.insert(gitObject: "\(tag.name)", kind: "tag", content: content)
        }
        for reference in references {
            try `case`.insert(
                GitRefRecord(
                    sourceID: sourceID,
                    name: String(decoding: reference.name, as: UTF8.self),
                    kind: reference.kind.rawValue,
                    target: reference.target?.description,
                    commitName: reference.commit?.description,
                    symbolic: reference.symbolicTarget.map { String(decoding: $0, as: UTF8.self) },
                    position: place(reference.commit)
                )
            )
        }
        try `case`.insert(history, of: sourceID)
    }
}

extension ImportDraft {
    /// Takes over everything that was read of a repository.
    mutating func take(_ contents: RepositoryContents, below root: [UInt8]) {
        git = GitDraft(contents)
        for warning in contents.warnings {
            let severity: WarningSeverity =
                switch warning.code.effect {
                case .odd: .recovered
                case .loss: .incomplete
                case .contradiction: .contradicted
                }
            let separator = root.isEmpty || warning.path.isEmpty ? [] : [UInt8(ascii: "/")]
            warn(
                warning.code.rawValue,
                severity,
                root + separator + warning.path,
                EscapedText(warning.detail, limit: 500).text
            )
        }
    }
}

extension CommitRecord {
    init(_ commit: CommitObject) {
        self.init(
            name: "\(commit.name)",
            digest: commit.digest,
            tree: "\(commit.tree)",
            parents: commit.parents.map { "\($0)" },
            author: GitPerson(commit.author),
            committer: GitPerson(commit.committer),
            subject: commit.subject,
            encoding: commit.encoding,
            signature: commit.signature?.rawValue
        )
    }
}

extension GitTagRecord {
    init(_ tag: TagObject, _ sourceID: Int64) {
        self.init(
            name: "\(tag.name)",
            sourceID: sourceID,
            digest: tag.digest,
            target: "\(tag.target)",
            targetKind: tag.targetKind,
            tag: tag.tag,
            tagger: tag.tagger.map { GitPerson($0) },
            subject: tag.subject,
            signature: tag.signature?.rawValue
        )
    }
}

extension GitPerson {
    init(_ stamp: PersonStamp) {
        self.init(name: stamp.name, mail: stamp.mail, time: stamp.time, zone: stamp.zone)
    }
}
