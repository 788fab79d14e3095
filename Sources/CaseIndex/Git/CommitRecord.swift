package import Cryptography
internal import GRDB

/// Who did something to a repository, and when, as a commit or tag states it: nobody checks either.
package struct GitPerson: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The mail address.
    package var mail: String
    /// The time; nil when there is none that can be told.
    package var time: Timestamp?
    /// The time zone as it is written, for example `+0200`.
    package var zone: String

    package init(name: String, mail: String, time: Timestamp?, zone: String) {
        self.name = name
        self.mail = mail
        self.time = time
        self.zone = zone
    }
}

/// A commit of a repository, as it describes itself.
package struct CommitRecord: Hashable, Sendable {
    /// Its object name, in hexadecimal digits.
    package var name: String
    /// SHA-256 of its content.
    package var digest: Digest
    /// The tree that it records, in hexadecimal digits.
    package var tree: String
    /// The names of its parents.
    package var parents: [String]
    /// Who wrote it.
    package var author: GitPerson
    /// Who committed it.
    package var committer: GitPerson
    /// The first paragraph of its message.
    package var subject: String
    /// The encoding that it states.
    package var encoding: String?
    /// The form of its signature; nil when it is not signed.
    package var signature: String?

    package init(
        name: String,
        digest: Digest,
        tree: String,
        parents: [String],
        author: GitPerson,
        committer: GitPerson,
        subject: String,
        encoding: String?,
        signature: String?
    ) {
        self.name = name
        self.digest = digest
        self.tree = tree
        self.parents = parents
        self.author = author
        self.committer = committer
        self.subject = subject
        self.encoding = encoding
        self.signature = signature
    }
}

extension CommitRecord: StoredRecord {
    static let table = "gitCommit"
    static let columns = [
        "name", "digest", "tree", "parents", "authorName", "authorMail", "authoredAt", "authorZone", "committerName",
        "committerMail", "committedAt", "committerZone", "subject", "encoding", "signature",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            name, digest.description, tree, parents.joined(separator: " "), EvidenceText(author.name),
            EvidenceText(author.mail), author.time?.description, author.zone, EvidenceText(committer.name),
            EvidenceText(committer.mail), committer.time?.description, committer.zone, EvidenceText(subject),
            encoding.map { EvidenceText($0) }, signature,
        ]
    }
    init(row: Row) throws {
        let parents: String = try row.value("parents")
        self.init(
            name: try row.value("name"),
            digest: try row.digest("digest"),
            tree: try row.value("tree"),
            parents: parents.split(separator: " ").map(String.init),
            author: try GitPerson(row, "author", "authoredAt"),
            committer: try GitPerson(row, "committer", "committedAt"),
            subject: try row.text("subject"),
            encoding: try row.optionalText("encoding"),
            signature: try row.optionalValue("signature")
        )
    }
}

extension GitPerson {
    init(_ row: Row, _ prefix: String, _ time: String) throws {
        self.init(
            name: try row.text("\(prefix)Name"),
            mail: try row.text("\(prefix)Mail"),
            time: try row.optionalTime(time),
            zone: try row.value("\(prefix)Zone")
        )
    }
}
