import Cryptography
import TestSupport
import Testing

@testable import TUF

/// The repositories of `../shared/data`, judged.
enum SharedRepository {
    static let absent: Comment = "../shared/data is absent"

    /// Where the repository with this name lies.
    static func folder(_ name: String) throws -> RepositoryFolder {
        RepositoryFolder(try SharedData.path(name))
    }

    static func root(_ name: String) throws -> RootMetadata {
        try RootMetadata(trusting: try SharedData.bytes(name))
    }

    /// Verifies one folder of `tuf-failures` from the root that all but a few of them start with.
    static func verify(
        _ name: String,
        at time: String = "2023-01-01T00:00:00Z",
        from root: String = "trusted-root.json",
        seen: SeenVersions? = nil,
        limits: TUFLimits = TUFLimits()
    ) throws -> VerifiedRepository<RepositoryFolder> {
        let client = TUFClient(
            try folder("tuf-failures/\(name)"),
            at: try moment(time),
            seen: seen,
            limits: limits
        )
        return try client.verify(from: try Self.root("tuf-failures/\(root)"))
    }

    static func moment(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text))
    }
}
