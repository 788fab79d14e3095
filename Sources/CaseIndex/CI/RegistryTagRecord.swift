package import Cryptography
internal import GRDB

/// A repository of a container registry, or a tag in one, as the service that keeps the registry lists it.
package struct RegistryTagRecord: Hashable, Sendable {
    /// The number by which findings cite it; 0 before it is stored.
    package var id: Int64 = 0
    /// Where it was read, and of which project it is.
    package var origin: RunOrigin
    /// The repository's path.
    package var repository: String
    /// The tag; nil for the repository itself.
    package var tag: String?
    /// The whole name, with the registry's host.
    package var location: String?
    /// What the tag names; nil where the list does not say it.
    package var digest: Digest?
    /// The digest of the image's configuration, in hexadecimal digits, as the service states it.
    package var configuration: String?
    /// When the service says that it was made.
    package var createdAt: Timestamp?

    package init(origin: RunOrigin, repository: String) {
        self.origin = origin
        self.repository = repository
    }
}

extension RegistryTagRecord: StoredRecord {
    static let table = "registryTag"
    static let columns =
        ["id", "repository", "tag", "location", "digest", "configuration", "createdAt"] + RunOrigin.columns
    var values: [(any DatabaseValueConvertible)?] {
        let texts = [repository, tag, location].map { $0.map { EvidenceText($0) } }
        return [id == 0 ? nil : id] + texts
            + [digest?.description, configuration.map { EvidenceText($0) }, createdAt?.description] + origin.values
    }
    init(row: Row) throws {
        self.init(origin: try RunOrigin(row: row), repository: try row.text("repository"))
        id = try row.value("id")
        tag = try row.optionalText("tag")
        location = try row.optionalText("location")
        digest = try row.optionalDigest("digest")
        configuration = try row.optionalText("configuration")
        createdAt = try row.optionalTime("createdAt")
    }
}

extension CaseWriter {
    /// Stores a repository or tag of a registry.
    package func insert(_ tag: RegistryTagRecord) throws { _ = try tag.insert(database) }
}

extension CaseReader {
    /// Every repository and tag that services list, in the order of import.
    package func registryTags() throws -> [RegistryTagRecord] {
        try RegistryTagRecord.fetch(database, order: "id")
    }
}
