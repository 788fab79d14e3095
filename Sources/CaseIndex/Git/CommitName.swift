/// Why a text does not name one commit of a case.
package enum CommitNameError: Error, Equatable {
    /// Nothing fits.
    case unknown(String)
    /// Several commits fit.
    case ambiguous(String, candidates: [String])
    /// No name of a commit, and no beginning of one.
    case malformed(String)
}

/// Finds the commit that somebody means, by its name or the beginning of its name.
///
/// Only people may shorten: what a document says is compared in full.
package enum CommitName {
    /// Fewer digits than this are not taken as a name.
    package static let shortestPrefix = 7
    private static let shownCandidates = 20

    package static func resolve(_ text: String, _ reader: CaseReader) throws -> CommitRecord {
        let isHex = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        guard isHex, (shortestPrefix...64).contains(text.utf8.count) else { throw CommitNameError.malformed(text) }
        if let commit = try reader.commit(text) { return commit }
        // An annotated tag's name stands for the commit that it leads to.
        if let tag = try reader.gitTags(text).first, tag.targetKind == "commit",
            let commit = try reader.commit(tag.target)
        {
            return commit
        }
        let found = try reader.commits(hexPrefix: text, limit: shownCandidates)
        guard let first = found.first else { throw CommitNameError.unknown(text) }
        guard found.count == 1 else { throw CommitNameError.ambiguous(text, candidates: found.map(\.name)) }
        return first
    }
}
