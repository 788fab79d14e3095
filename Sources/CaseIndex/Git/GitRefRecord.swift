internal import GRDB

/// A reference of a repository: a branch, a tag, what a service keeps.
package struct GitRefRecord: Hashable, Sendable {
    /// The repository.
    package var sourceID: Int64
    /// The whole name, for example `refs/heads/main`.
    package var name: String
    /// What kind of reference it is, for example `branch` or `keep-around`.
    package var kind: String
    /// The object it names; nil when it leads nowhere.
    package var target: String?
    /// The commit at the end of annotated tags; nil when that is not in the repository.
    package var commitName: String?
    /// The reference that it stands for, when it is symbolic.
    package var symbolic: String?
    /// The commit's place in the repository's history.
    package var position: Int?

    package init(
        sourceID: Int64,
        name: String,
        kind: String,
        target: String?,
        commitName: String?,
        symbolic: String?,
        position: Int?
    ) {
        self.sourceID = sourceID
        self.name = name
        self.kind = kind
        self.target = target
        self.commitName = commitName
        self.symbolic = symbolic
        self.position = position
    }
}

extension GitRefRecord: StoredRecord {
    static let table = "gitRef"
    static let columns = ["sourceID", "name", "kind", "target", "commitName", "symbolic", "position"]
    var values: [(any DatabaseValueConvertible)?] {
        [sourceID, EvidenceText(name), kind, target, commitName, symbolic.map { EvidenceText($0) }, position]
    }
    init(row: Row) throws {
        self.init(
            sourceID: try row.value("sourceID"),
            name: try row.text("name"),
            kind: try row.value("kind"),
            target: try row.optionalValue("target"),
            commitName: try row.optionalValue("commitName"),
            symbolic: try row.optionalText("symbolic"),
            position: try row.optionalValue("position")
        )
    }
}
