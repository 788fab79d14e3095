package import Cryptography
internal import GRDB

/// An annotated tag of a repository, as it describes itself.
package struct GitTagRecord: Hashable, Sendable {
    /// Its object name, in hexadecimal digits.
    package var name: String
    /// The repository.
    package var sourceID: Int64
    /// SHA-256 of its content.
    package var digest: Digest
    /// What it points at.
    package var target: String
    /// What kind of object that is, as it says.
    package var targetKind: String
    /// What it calls itself.
    package var tag: String
    /// Who made it; nil when it says nobody.
    package var tagger: GitPerson?
    /// The first paragraph of its message.
    package var subject: String
    /// The form of its signature; nil when it is not signed.
    package var signature: String?

    package init(
        name: String,
        sourceID: Int64,
        digest: Digest,
        target: String,
        targetKind: String,
        tag: String,
        tagger: GitPerson?,
        subject: String,
        signature: String?
    ) {
        self.name = name
        self.sourceID = sourceID
        self.digest = digest
        self.target = target
        self.targetKind = targetKind
        self.tag = tag
        self.tagger = tagger
        self.subject = subject
        self.signature = signature
    }
}

extension GitTagRecord: StoredRecord {
    static let table = "gitTag"
    static let columns = [
        "name", "sourceID", "digest", "target", "targetKind", "tag", "taggerName", "taggerMail", "taggedAt",
        "taggerZone", "subject", "signature",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            name, sourceID, digest.description, target, targetKind, EvidenceText(tag),
            tagger.map { EvidenceText($0.name) }, tagger.map { EvidenceText($0.mail) }, tagger?.time?.description,
            tagger?.zone, EvidenceText(subject), signature,
        ]
    }
    init(row: Row) throws {
        let hasTagger = try row.optionalText("taggerName") != nil
        self.init(
            name: try row.value("name"),
            sourceID: try row.value("sourceID"),
            digest: try row.digest("digest"),
            target: try row.value("target"),
            targetKind: try row.value("targetKind"),
            tag: try row.text("tag"),
            tagger: hasTagger ? try GitPerson(row, "tagger", "taggedAt") : nil,
            subject: try row.text("subject"),
            signature: try row.optionalValue("signature")
        )
    }
}
