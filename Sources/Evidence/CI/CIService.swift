internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// One kind of CI service: maps its documents to runs and jobs.
///
/// Nothing else knows a service by name.
protocol CIService {
    /// What a document says; nil when it is none of this service's.
    ///
    /// - Parameters:
    ///   - document: One value: a run, a job, or a page of them.
    ///   - context: What the document itself does not say.
    /// - Returns: The runs and jobs; nil when it is none of this service's.
    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]?
    /// The list that a document wraps, with its place, when each member of it is a document of its own.
    static func list(in document: JSONValue) -> (key: String, list: [JSONValue])?
    /// The job that a provenance statement of this service's runners describes; nil for any other statement.
    static func job(of statement: JSONValue, _ context: CIContext) -> JobRecord?
    /// Where this service's exports lie, among the members of a folder or archive.
    static func exports(in scan: EvidenceScan) -> [any Arrangement]
}

extension CIService {
    static func list(in document: JSONValue) -> (key: String, list: [JSONValue])? { nil }
    static func job(of statement: JSONValue, _ context: CIContext) -> JobRecord? { nil }
    static func exports(in scan: EvidenceScan) -> [any Arrangement] { [] }
}

/// Every service that is known; another is one more file, and a word here.
enum CIServices {
    static var all: [any CIService.Type] { [GitLabService.self, GitHubService.self] }

    /// What a document says; nil when it is no service's.
    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]? {
        for service in all {
            if let records = service.records(document, context) { return records }
        }
        return nil
    }

    /// The list that a document wraps.
    static func list(in document: JSONValue) -> (key: String, list: [JSONValue])? {
        all.lazy.compactMap { $0.list(in: document) }.first
    }

    /// The job that a provenance statement describes.
    static func job(of statement: JSONValue, _ context: CIContext) -> JobRecord? {
        all.lazy.compactMap { $0.job(of: statement, context) }.first
    }

    /// Every export.
    static func exports(in scan: EvidenceScan) -> [any Arrangement] {
        all.flatMap { $0.exports(in: scan) }
    }
}

/// What a document says of one thing.
enum CIRecord {
    case pipeline(PipelineRecord)
    case job(JobRecord)
    case registryTag(RegistryTagRecord)

    /// Stores it under the number that its evidence has by then.
    func write(to case: CaseWriter, sourceID: Int64) throws {
        switch self {
        case .pipeline(var record):
            record.origin.sourceID = sourceID
            try `case`.insert(record)
        case .job(var record):
            record.origin.sourceID = sourceID
            try `case`.insert(record)
        case .registryTag(var record):
            record.origin.sourceID = sourceID
            try `case`.insert(record)
        }
    }
}

extension ImportDraft {
    /// Under which key the names are noted that a service lists.
    static let listedTag = "registry tag list"

    /// Notes runs, jobs and tags; a tag whose digest is stated names it like any other.
    mutating func add(_ records: [CIRecord]) {
        runs += records
        for case .registryTag(let record) in records {
            guard let tag = record.tag, let digest = record.digest else { continue }
            let name = record.location ?? "\(record.repository):\(tag)"
            _ = add(ReferenceRecord(name: name, digest: digest, sourceID: Self.unknownSource, key: Self.listedTag))
        }
    }
}

/// What a document itself does not say.
struct CIContext {
    /// The document.
    let readFrom: Digest
    /// Where in it.
    var pointer: String
    /// What the user says of its project.
    let origin: EvidenceOrigin

    /// The origin of a record below this place; what the record says counts before what the user says.
    func origin(
        _ service: String,
        at pointer: String = "",
        address: ProjectAddress? = nil,
        projectID: String? = nil
    ) -> RunOrigin {
        RunOrigin(
            sourceID: ImportDraft.unknownSource,
            service: service,
            server: address?.server ?? origin.server,
            project: address?.path ?? origin.projectPath,
            projectID: projectID,
            readFrom: readFrom,
            pointer: self.pointer + pointer
        )
    }
}

/// What the user says of evidence that does not say it itself.
package struct EvidenceOrigin: Hashable, Sendable {
    /// The host of the service that it was exported from.
    package var server: String?
    /// The path of the project.
    package var projectPath: String?

    package init(server: String? = nil, projectPath: String? = nil) {
        self.server = server
        self.projectPath = projectPath
    }
}

/// The host and path of a project, as an address inside it shows them.
struct ProjectAddress: Equatable {
    let server: String
    let path: String

    /// Reads `scheme://host/project<marker>…`; nil for another text.
    init?(_ address: String?, before marker: String) {
        guard let address, let range = address.firstRange(of: "://") else { return nil }
        let rest = address[range.upperBound...]
        guard let slash = rest.firstIndex(of: "/"), slash > rest.startIndex else { return nil }
        let path = rest[rest.index(after: slash)...]
        guard let end = path.firstRange(of: marker)?.lowerBound, end > path.startIndex else { return nil }
        server = String(rest[..<slash])
        self.path = String(path[..<end])
    }
}

extension JSONValue {
    /// A number or a text as text: services write the same number in both ways.
    func words(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        if let number = value.int64 { return String(number) }
        return value.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A moment, with any zone.
    func moment(_ name: String) -> Timestamp? {
        self[name]?.string.flatMap { Timestamp(rfc3339: $0) }
    }
}
