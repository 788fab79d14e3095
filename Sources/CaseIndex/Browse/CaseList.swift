/// One of the long lists of a case, of which a page at a time is read.
package struct CaseList: Sendable {
    /// A column: what it is called in addresses and documents, and the SQL that computes it.
    package struct Column: Sendable {
        /// The name.
        package let name: String
        let expression: String

        init(_ name: String, _ expression: String? = nil) {
            self.name = name
            self.expression = expression ?? name
        }
    }

    /// What the list is called in addresses and documents.
    package let name: String
    /// The columns, in order.
    package let columns: [Column]
    /// The column by which it is sorted unless another is asked for.
    package let order: String
    /// Whether that is from the last to the first.
    package let isDescending: Bool
    let source: String
    /// What rows are sorted by that have the same value: columns that no two rows share.
    let tieBreak: String
    /// Whether SQLite numbers its rows, so that an order of them can be kept.
    var isNumbered = true
    /// Whether it is made in memory, for the connection that browses alone.
    var isTemporary: Bool { source.hasPrefix("temp.") }

    /// The column of this name.
    func column(_ name: String) -> Column? {
        columns.first { $0.name == name }
    }

    /// All lists.
    package static let all = [
        images, signers, pipelines, jobs, commits, findings, events, tags, logEntries, custody, sources, warnings,
    ]

    /// Every image, with what was recorded of it.
    package static let images = CaseList(
        name: "images",
        columns: [
            "digest", "name", "names", "signatures", "authentic", "trusted", "identity", "issuer", "signedAt",
            "findings",
        ]
        .map { Column($0) },
        order: "name",
        isDescending: false,
        source: "temp.browsedImage",
        tieBreak: "digest"
    )

    /// Whoever signed something, by identity and issuer.
    package static let signers = CaseList(
        name: "signers",
        columns: ["identity", "issuer", "signatures", "authentic", "trusted", "images", "first", "last"]
            .map { Column($0) },
        order: "images",
        isDescending: true,
        source: "temp.browsedSigner",
        tieBreak: "identity, issuer"
    )

    /// Pipelines and workflow runs that a CI service recorded.
    package static let pipelines = CaseList(
        name: "pipelines",
        columns: [
            "number", "project", "ref", "commitName", "trigger", "status", "isProtected", "user", "createdAt",
            "service",
            "id",
        ].map { Column($0) },
        order: "id",
        isDescending: true,
        source: "pipeline",
        tieBreak: "id"
    )

    /// Jobs that a CI service recorded.
    package static let jobs = CaseList(
        name: "jobs",
        columns: [
            Column("number"), Column("name"), Column("pipeline", "pipelineNumber"), Column("project"), Column("ref"),
            Column("commitName"), Column("status"), Column("runner", "runnerID"), Column("runnerName"),
            Column("runnerClass"), Column("user"), Column("startedAt"), Column("id"),
        ],
        order: "id",
        isDescending: true,
        source: "job",
        tieBreak: "id"
    )

    /// Commits of the repositories in the case.
    package static let commits = CaseList(
        name: "commits",
        columns: [
            Column("commit", "name"), Column("subject"), Column("author", "authorName || ' <' || authorMail || '>'"),
            Column("committer", "committerName || ' <' || committerMail || '>'"), Column("committedAt"),
            Column("signature"),
        ],
        order: "committedAt",
        isDescending: true,
        source: "gitCommit",
        tieBreak: "name",
        isNumbered: false
    )

    /// What rules concluded when they last ran.
    package static let findings = CaseList(
        name: "findings",
        columns: [
            Column("severity"), Column("rule"), Column("image", "subject"), Column("message"), Column("id"),
        ],
        order: "id",
        isDescending: false,
        source: "finding",
        tieBreak: "id"
    )

    /// What happened when, by every record that states a time.
    package static let events = CaseList(
        name: "timeline",
        columns: ["time", "kind", "what", "image", "record"].map { Column($0) },
        order: "time",
        isDescending: false,
        source: "temp.browsedEvent",
        tieBreak: "record"
    )

    /// Names of images with what they stand for.
    package static let tags = CaseList(
        name: "tags",
        columns: [Column("name"), Column("digest"), Column("digests"), Column("evidence")],
        order: "name",
        isDescending: false,
        source: "temp.browsedTag",
        tieBreak: "digest, name"
    )

    /// Entries of transparency logs that came with signatures.
    package static let logEntries = CaseList(
        name: "log",
        columns: [
            Column("logIndex"), Column("integratedTime"), Column("kind"), Column("log", "logID"),
            Column("promise", "hasPromise"), Column("proof", "hasProof"), Column("signature", "signatureID"),
            Column("image", "(SELECT subject FROM signature s WHERE s.id = logEntry.signatureID)"),
        ],
        order: "signature",
        isDescending: false,
        source: "logEntry",
        tieBreak: "position, signatureID",
        isNumbered: false
    )

    /// The custody log.
    package static let custody = CaseList(
        name: "custody",
        columns: [
            Column("run", "id"), Column("startedAt"), Column("verb"), Column("arguments"), Column("toolVersion"),
            Column("result"), Column("hash"),
        ],
        order: "run",
        isDescending: true,
        source: "activity",
        tieBreak: "id"
    )

    /// What was imported.
    package static let sources = CaseList(
        name: "evidence",
        columns: [
            Column("path"), Column("kind"), Column("digest"), Column("importedAt"), Column("complete", "isComplete"),
            Column("id"),
        ],
        order: "id",
        isDescending: false,
        source: "source",
        tieBreak: "id"
    )

    /// What import noticed.
    package static let warnings = CaseList(
        name: "warnings",
        columns: [
            Column("severity"), Column("code"), Column("path"), Column("digest"), Column("message"), Column("id"),
        ],
        order: "id",
        isDescending: false,
        source: "warning",
        tieBreak: "id"
    )
}
