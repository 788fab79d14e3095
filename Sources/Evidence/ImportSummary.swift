package import CaseIndex

/// What an import came to.
package struct ImportSummary: Hashable, Sendable {
    /// The evidence.
    package let source: SourceRecord
    /// Whether the case knew this evidence already: nothing was written, and only the warnings of then are counted.
    package let alreadyKnown: Bool
    /// Different digests among the blobs.
    package var artifacts = 0
    /// Images: indexes and manifests that no other index lists.
    package var images = 0
    /// Signatures.
    package var signatures = 0
    /// Signed attestations.
    package var attestations = 0
    /// Statements that nobody signed.
    package var unsignedStatements = 0
    /// Commits of a repository.
    package var commits = 0
    /// References of a repository.
    package var references = 0
    /// Runs that a CI service recorded.
    package var pipelines = 0
    /// Jobs that a CI service recorded.
    package var jobs = 0
    /// Repositories and tags of registries that services list.
    package var registryTags = 0
    /// Warnings by severity.
    package var warnings: [WarningSeverity: Int] = [:]
    /// What kept some of it from being read, a few of the reasons with their words; may hold text from the evidence.
    package var losses: [String] = []

    init(source: SourceRecord, alreadyKnown: Bool) {
        self.source = source
        self.alreadyKnown = alreadyKnown
    }
}

extension WarningRecord {
    /// Why some of the evidence was not read at all, in one line; nil for a warning about what was.
    var loss: String? {
        guard severity == .incomplete, code.hasPrefix("limit.") || code.hasPrefix("archive.") else { return nil }
        return "\(code): \(path.isEmpty ? "" : "\(path): ")\(message)"
    }

    /// How many of them are told.
    static let toldLosses = 5
}

/// What came of a folder or archive.
package struct ImportOutcome: Hashable, Sendable {
    /// One for each arrangement that was recognised.
    package internal(set) var summaries: [ImportSummary] = []
    /// The files that were not recognised, escaped for people.
    package internal(set) var unrecognised: [String] = []
    /// Whether some archives were not opened for a limit.
    package internal(set) var isLimited = false

    init() {}
}
