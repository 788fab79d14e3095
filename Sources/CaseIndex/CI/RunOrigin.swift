package import Cryptography
internal import GRDB

/// Where a record of a CI service comes from, and of which project it is.
package struct RunOrigin: Hashable, Sendable {
    /// The evidence.
    package var sourceID: Int64
    /// The kind of service, for example `gitlab`.
    package var service: String
    /// The host of the service, with its port.
    package var server: String?
    /// The project's path on that host.
    package var project: String?
    /// The project's number.
    package var projectID: String?
    /// The document.
    package var readFrom: Digest
    /// Where in the document: a JSON pointer (RFC 6901), after the number of the line where there are lines.
    package var pointer: String

    package init(
        sourceID: Int64,
        service: String,
        server: String?,
        project: String?,
        projectID: String?,
        readFrom: Digest,
        pointer: String
    ) {
        self.sourceID = sourceID
        self.service = service
        self.server = server
        self.project = project
        self.projectID = projectID
        self.readFrom = readFrom
        self.pointer = pointer
    }

    static let columns = ["sourceID", "service", "server", "project", "projectID", "readFrom", "pointer"]

    var values: [(any DatabaseValueConvertible)?] {
        [
            sourceID, service, server.map { EvidenceText($0) }, project.map { EvidenceText($0) },
            projectID.map { EvidenceText($0) }, readFrom.description, EvidenceText(pointer),
        ]
    }

    init(row: Row) throws {
        self.init(
            sourceID: try row.value("sourceID"),
            service: try row.value("service"),
            server: try row.optionalText("server"),
            project: try row.optionalText("project"),
            projectID: try row.optionalText("projectID"),
            readFrom: try row.digest("readFrom"),
            pointer: try row.text("pointer")
        )
    }
}

/// When something was made, began and ended, as a service recorded it.
package struct RunTimes: Hashable, Sendable {
    /// When it was made.
    package var createdAt: Timestamp?
    /// When it began.
    package var startedAt: Timestamp?
    /// When it ended.
    package var finishedAt: Timestamp?

    package init(createdAt: Timestamp?, startedAt: Timestamp?, finishedAt: Timestamp?) {
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    static let columns = ["createdAt", "startedAt", "finishedAt"]

    var values: [(any DatabaseValueConvertible)?] {
        [createdAt?.description, startedAt?.description, finishedAt?.description]
    }

    init(row: Row) throws {
        self.init(
            createdAt: try row.optionalTime("createdAt"),
            startedAt: try row.optionalTime("startedAt"),
            finishedAt: try row.optionalTime("finishedAt")
        )
    }
}
