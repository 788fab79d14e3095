import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

@Suite(.enabled(if: SharedData.isPresent, SharedRepository.absent))
struct AcceptedRepositoryTests {
    private func publicGood(
        at time: String,
        from start: RootMetadata? = nil
    ) throws -> VerifiedRepository<RepositoryFolder> {
        let client = TUFClient(
            try SharedRepository.folder("trust/tuf"),
            at: try SharedRepository.moment(time)
        )
        return try client.verify(from: try start ?? RootMetadata.publicGood())
    }

    @Test func acceptsThePublicGoodRepositoryWhileItIsValid() throws {
        let repository = try publicGood(at: "2026-08-25T00:00:00Z")
        #expect(
            repository.files.map { "\($0.file) \($0.version)" } == [
                "root_history/15.root.json 15", "timestamp.json 762", "snapshot.json 165", "targets.json 14",
            ]
        )
        let target = try repository.target(.trustedRoot)
        #expect(target.file == "targets/trusted_root.json")
        #expect(target.role == "targets")
        #expect(target.bytes == (try SharedData.bytes("trust/public-good.trusted_root.json")))
        #expect(target.delegated.isEmpty)
        #expect(repository.versions.listed[JSONString("registry.npmjs.org.json")] == 8)
    }

    @Test func findsATargetOfADelegatedRole() throws {
        let repository = try publicGood(at: "2026-08-25T00:00:00Z")
        let target = try repository.target(TargetName("registry.npmjs.org/keys.json"))
        #expect(target.role == "registry.npmjs.org")
        #expect(target.delegated.map(\.file) == ["registry.npmjs.org.json"])
        #expect(throws: TUFError.unknownTarget("registry.npmjs.org/other.json")) {
            try repository.target(TargetName("registry.npmjs.org/other.json"))
        }
        #expect(throws: TUFError.unknownTarget("other.json")) { try repository.target(TargetName("other.json")) }
    }

    @Test func refusesThePublicGoodRepositoryOnceItHasExpired() throws {
        func expired(_ file: String, _ role: String, _ expires: String, _ time: String) throws -> TUFError {
            .expired(
                file: file,
                role: role,
                expires: try SharedRepository.moment(expires),
                at: try SharedRepository.moment(time)
            )
        }
        let timestamp = try expired(
            "timestamp.json",
            "timestamp",
            "2026-08-28T19:25:56Z",
            "2026-08-28T19:25:56Z"
        )
        #expect(throws: timestamp) { try publicGood(at: "2026-08-28T19:25:56Z") }
        let root = try expired(
            "root_history/15.root.json",
            "root",
            "2026-11-20T13:58:18Z",
            "2026-11-21T00:00:00Z"
        )
        #expect(throws: root) { try publicGood(at: "2026-11-21T00:00:00Z") }
    }

    @Test(arguments: 1...15)
    func followsTheRootsFromEachToTheNewest(_ version: Int) throws {
        let start = try SharedRepository.root("trust/tuf/root_history/\(version).root.json")
        #expect(start.version == Int64(version))
        let repository = try publicGood(at: "2026-08-25T00:00:00Z", from: start)
        #expect(repository.root == (try RootMetadata.publicGood()))
        #expect(
            repository.files.filter { $0.role == "root" }.map(\.version) == (version...15).map { Int64($0) }
        )
    }

    @Test func countsTheSignaturesOfEachRoot() throws {
        let start = try SharedRepository.root("trust/tuf/root_history/11.root.json")
        let repository = try publicGood(at: "2026-08-25T00:00:00Z", from: start)
        let twelfth = try #require(repository.files.first { $0.version == 12 })
        // Two of the five have not signed and left an empty signature.
        #expect(twelfth.signatures.map(\.signers.count) == [3, 3])
        #expect(twelfth.signatures.map(\.rejected) == [[], []])
    }

    @Test func readsTargetsBySHA256AndBySHA512() throws {
        let repository = try SharedRepository.verify(
            "targets-sha256-or-sha512",
            at: "2024-08-22T00:00:00Z",
            from: "targets-sha256-or-sha512/1.root.json"
        )
        #expect(try repository.target(TargetName("test.txt")).bytes.count == 10)
        #expect(try repository.target(TargetName("test2.txt")).bytes.count == 6)
    }

    @Test func readsTargetsInFolders() throws {
        let repository = try SharedRepository.verify(
            "targets-with-subdirs",
            at: "2024-12-20T00:00:00Z",
            from: "targets-with-subdirs/1.root.json"
        )
        let target = try repository.target(TargetName("subdir/test.txt"))
        #expect(target.bytes == Array("test file\n".utf8))
    }

    @Test(arguments: ["test/repository", "test-template"])
    func acceptsTheRepositoriesFromWhichTheDefectiveOnesWereMade(_ name: String) throws {
        let isTemplate = name == "test-template"
        let repository = try SharedRepository.verify(
            name,
            at: isTemplate ? "2023-01-01T00:00:00Z" : "2024-08-22T00:00:00Z",
            from: "\(name)/1.root.json"
        )
        #expect(try repository.target(TargetName("test.txt")).bytes.count == 10)
        #expect(repository.versions.snapshot == (isTemplate ? 3 : 2))
    }
}
