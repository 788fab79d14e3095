internal import Cryptography
internal import StrictJSON
internal import TUF
internal import TestSupport

/// A TUF repository of which one file is replaced.
struct DamagedRepository {
    private let good: MemorySource
    private let start: RootMetadata
    private let time = Timestamp(seconds: 1_767_225_600)

    init(_ draft: RepositoryDraft) throws {
        good = try draft.source()
        start = try RootMetadata(trusting: good.files[Self.root] ?? [])
    }

    static let root = "1.root.json"

    /// The good file.
    func file(_ name: String) -> [UInt8] {
        good.files[name] ?? []
    }

    /// Verifies everything with other bytes in one file's place.
    func verify(_ bytes: [UInt8], as file: String) throws {
        var source = good
        source.files[file] = bytes
        let first = file == Self.root ? try RootMetadata(trusting: bytes) : start
        _ = try TUFClient(source, at: time).verify(from: first).target(TargetName("trusted_root.json"))
    }
}

extension Subject {
    /// The metadata of a TUF repository: the statement of each role, and what stands around all of them.
    static func repository() throws -> [Subject] {
        let draft = try RepositoryDraft()
        let repository = try DamagedRepository(draft)
        let roles: [(name: String, statement: JSONObject, holders: [Holder], file: String)] = [
            ("root", draft.root, draft.holders, DamagedRepository.root),
            ("timestamp", draft.timestamp, [draft.online], "timestamp.json"),
            ("snapshot", draft.snapshot, [draft.online], "1.snapshot.json"),
            ("targets", draft.targets, draft.holders, "1.targets.json"),
        ]
        let statements = roles.map { role in
            Subject(name: "tuf-\(role.name)", seeds: [Array(JSONValue.object(role.statement).compact.utf8)]) { bytes in
                try repository.verify(signed(bytes, by: role.holders), as: role.file)
            }
        }
        let file = Subject(name: "tuf-file", seeds: roles.map { repository.file($0.file) }) { bytes in
            let holds = roles.contains { (try? repository.verify(bytes, as: $0.file)) != nil }
            guard holds else { throw Refused(reasons: ["as every role"]) }
        }
        return statements + [file]
    }

    /// Signed anew where that can be, so that damage is met by what reads the statement and not by the signature.
    private static func signed(_ bytes: [UInt8], by holders: [Holder]) -> [UInt8] {
        if let statement = try? JSONValue(parsing: bytes).object,
            let signed = try? RepositoryDraft.sign(statement, holders)
        {
            return signed
        }
        return Array(#"{"signatures":[],"signed":"#.utf8) + bytes + Array("}".utf8)
    }
}
