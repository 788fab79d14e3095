internal import Cryptography
internal import GRDB

// Names that stood for other digests before, or stand for them elsewhere.

extension ReferenceRecord {
    /// Under which key the digests are noted that a tag of a registry's storage named before.
    package static let historyKey = "registry tag history"
    /// What such names end with, so that they are not taken for names of now.
    package static let earlierSuffix = " (earlier)"

    /// Under which key a repository is noted that holds a manifest to which no tag of it leads.
    package static let revisionKey = "registry revision"

    /// Whether the name is a repository with a digest, and no name that could stand for another.
    package var isRevision: Bool {
        key.utf8.elementsEqual(Self.revisionKey.utf8)
    }

    /// Whether the name stood for the digest before, and stands for it no more.
    package var isEarlier: Bool {
        key.utf8.elementsEqual(Self.historyKey.utf8)
    }

    /// The name without the mark of an earlier one.
    package var currentName: String {
        guard isEarlier, name.utf8.suffix(Self.earlierSuffix.utf8.count).elementsEqual(Self.earlierSuffix.utf8)
        else { return name }
        return String(decoding: name.utf8.dropLast(Self.earlierSuffix.utf8.count), as: UTF8.self)
    }
}

extension CaseReader {
    /// The records by which a name stands, or stood, for other digests.
    ///
    /// A name that is a tag alone, as layouts have them, means the same thing only in evidence from the same place.
    package func namesakes(of reference: ReferenceRecord) throws -> [ReferenceRecord] {
        let name = reference.currentName
        let isAlone = !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
        let place =
            "AND (SELECT path FROM source WHERE id = sourceID) = (SELECT path FROM source WHERE id = ?)"
        let arguments: [(any DatabaseValueConvertible)?] = [
            EvidenceText(name), EvidenceText(name + ReferenceRecord.earlierSuffix), reference.digest.description,
        ]
        return try ReferenceRecord.fetch(
            database,
            where: "name IN (?, ?) AND digest <> ? \(isAlone ? place : "")",
            isAlone ? arguments + [reference.sourceID] : arguments,
            order: "sourceID, name, digest, key"
        )
    }
}
