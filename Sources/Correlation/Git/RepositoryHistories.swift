package import CaseIndex

/// The histories of a case's repositories, each read once while something is traced.
package final class RepositoryHistories {
    private let reader: CaseReader
    private var histories: [Int64: CommitHistory] = [:]
    private var references: [Int64: [GitRefRecord]] = [:]
    private var sources: [Int64: SourceRecord] = [:]
    private var recordedBranches: [String]?
    /// Every repository, in the order of import.
    let repositories: [RepositorySize]

    package init(_ reader: CaseReader) throws {
        self.reader = reader
        repositories = try reader.repositories()
        guard !repositories.isEmpty else { return }
        for source in try reader.sources() { sources[source.id] = source }
    }

    /// Where a repository was imported from; empty for one that is in no list of evidence.
    func path(_ sourceID: Int64) -> String {
        sources[sourceID]?.path ?? ""
    }

    /// The branches that CI records call protected.
    func protectedBranches() throws -> [String] {
        if let recordedBranches { return recordedBranches }
        let branches = try reader.protectedBranches()
        recordedBranches = branches
        return branches
    }

    func history(_ sourceID: Int64) throws -> CommitHistory? {
        if let known = histories[sourceID] { return known }
        let history = try reader.history(of: sourceID)
        histories[sourceID] = history
        return history
    }

    func references(_ sourceID: Int64) throws -> [GitRefRecord] {
        if let known = references[sourceID] { return known }
        let list = try reader.gitReferences(in: sourceID)
        references[sourceID] = list
        return list
    }

    /// The branch that a repository offers first: the one that `HEAD` stands for.
    func defaultBranch(_ sourceID: Int64) throws -> GitRefRecord? {
        guard let head = try reader.gitReference("HEAD", in: sourceID), let name = head.symbolic else { return nil }
        return try reader.gitReference(name, in: sourceID)
    }

    func reference(_ name: String, _ sourceID: Int64) throws -> GitRefRecord? {
        try reader.gitReference(name, in: sourceID)
    }
}
