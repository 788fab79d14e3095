internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// The container registry of GitLab, as its REST interface lists it: repositories, their tags, and single tags.
enum GitLabRegistry {
    private static let service = "gitlab"

    /// A repository with the tags that it lists, or a tag; nil for any other document.
    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]? {
        guard let path = document["path"]?.string, let location = document["location"]?.string,
            document["name"]?.string != nil, Self.ends(location, with: path)
        else { return nil }
        if document.words("id") != nil, document["project_id"] != nil { return repository(document, path, context) }
        return tag(document, context.origin(service)).map { [.registryTag($0)] }
    }

    private static func repository(_ document: JSONValue, _ path: String, _ context: CIContext) -> [CIRecord] {
        let projectID = document.words("project_id")
        var record = RegistryTagRecord(origin: context.origin(service, projectID: projectID), repository: path)
        record.location = document["location"]?.string
        record.createdAt = document.moment("created_at")
        let tags = (document["tags"]?.array ?? []).enumerated().compactMap { index, value in
            tag(value, context.origin(service, at: "/tags/\(index)", projectID: projectID))
        }
        return [.registryTag(record)] + tags.map { .registryTag($0) }
    }

    private static func tag(_ document: JSONValue, _ origin: RunOrigin) -> RegistryTagRecord? {
        guard let name = document["name"]?.string, let path = document["path"]?.string, ends(path, with: ":" + name)
        else { return nil }
        let repository = String(decoding: path.utf8.dropLast(name.utf8.count + 1), as: UTF8.self)
        var record = RegistryTagRecord(origin: origin, repository: repository)
        record.tag = name
        record.location = document["location"]?.string
        record.digest = document["digest"]?.string.flatMap { try? Digest(parsing: $0) }
        record.configuration = document.words("revision")
        record.createdAt = document.moment("created_at")
        return record
    }

    private static func ends(_ text: String, with suffix: String) -> Bool {
        !suffix.isEmpty && text.utf8.count > suffix.utf8.count
            && text.utf8.suffix(suffix.utf8.count)
                .elementsEqual(suffix.utf8)
    }
}
