import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

struct RootChainTests {
    private func next(_ draft: RepositoryDraft, version: Int64, _ holders: [Holder]) -> JSONObject {
        RepositoryDraft.root(version: version, holders, threshold: 2, draft.online)
    }

    private func newHolders() throws -> [Holder] {
        [try Holder("d"), try Holder("e"), try Holder("f")]
    }

    @Test func followsARootThatOldAndNewKeysSigned() throws {
        var draft = try RepositoryDraft()
        let new = try newHolders()
        draft.files["2.root.json"] = try RepositoryDraft.sign(next(draft, version: 2, new), draft.holders + new)
        draft.files["1.targets.json"] = try RepositoryDraft.sign(draft.targets, new)
        let result = try draft.verify()
        #expect(result.repository.root.version == 2)
        let signatures = try #require(result.repository.files.first { $0.version == 2 }).signatures
        #expect(signatures.map(\.signers) == [["a", "b", "c"], ["d", "e", "f"]])
    }

    @Test func refusesARootThatTheOldKeysDidNotSign() throws {
        var draft = try RepositoryDraft()
        let new = try newHolders()
        draft.files["2.root.json"] = try RepositoryDraft.sign(next(draft, version: 2, new), [draft.holders[0]] + new)
        let count = SignatureCount(role: "root", threshold: 2, signers: ["a"], rejected: [])
        #expect(throws: TUFError.thresholdNotReached(file: "2.root.json", count)) { try draft.verify() }
    }

    @Test func refusesARootThatItsOwnKeysDidNotSign() throws {
        var draft = try RepositoryDraft()
        let new = try newHolders()
        draft.files["2.root.json"] = try RepositoryDraft.sign(next(draft, version: 2, new), draft.holders + [new[1]])
        let count = SignatureCount(role: "root", threshold: 2, signers: ["e"], rejected: [])
        #expect(throws: TUFError.thresholdNotReached(file: "2.root.json", count)) { try draft.verify() }
    }

    @Test(arguments: [1, 3, Int64.max])
    func refusesARootThatSkipsAVersion(_ version: Int64) throws {
        var draft = try RepositoryDraft()
        draft.files["2.root.json"] = try RepositoryDraft.sign(
            next(draft, version: version, draft.holders),
            draft.holders
        )
        #expect(throws: TUFError.wrongVersion(file: "2.root.json", expected: 2, found: version)) {
            try draft.verify()
        }
    }

    @Test func refusesANewestRootThatCannotBeReached() throws {
        var draft = try RepositoryDraft()
        draft.files["root.json"] = try RepositoryDraft.sign(next(draft, version: 3, draft.holders), draft.holders)
        #expect(throws: TUFError.rootChainBroken(trusted: 1, found: 3)) { try draft.verify() }
        draft.files["root_history/2.root.json"] = try RepositoryDraft.sign(
            next(draft, version: 2, draft.holders),
            draft.holders
        )
        #expect(try draft.verify().repository.root.version == 3)
    }

    @Test func followsNoMoreRootsThanTheLimit() throws {
        var draft = try RepositoryDraft()
        for version in 2...5 {
            let root = next(draft, version: Int64(version), draft.holders)
            draft.files["\(version).root.json"] = try RepositoryDraft.sign(root, draft.holders)
        }
        var limits = TUFLimits()
        limits.rootRotations = 4
        #expect(try draft.verify(limits: limits).repository.root.version == 5)
        limits.rootRotations = 3
        #expect(throws: TUFError.tooManyRoots(limit: 3)) { try draft.verify(limits: limits) }
    }

    @Test func asksOnlyTheLastRootWhetherItHasExpired() throws {
        var draft = try RepositoryDraft()
        draft.root["expires"] = "2020-01-01T00:00:00Z"
        let (expires, time) = (
            try SharedRepository.moment("2020-01-01T00:00:00Z"), try SharedRepository.moment("2026-01-01T00:00:00Z")
        )
        #expect(throws: TUFError.expired(file: "1.root.json", role: "root", expires: expires, at: time)) {
            try draft.verify()
        }
        draft.files["2.root.json"] = try RepositoryDraft.sign(next(draft, version: 2, draft.holders), draft.holders)
        #expect(try draft.verify().repository.root.version == 2)
    }

    @Test func refusesAnotherRootOfTheStartingVersion() throws {
        var draft = try RepositoryDraft()
        var other = draft.root
        other["expires"] = "2031-01-01T00:00:00Z"
        let start = try RepositoryDraft.sign(other, draft.holders)
        #expect(throws: TUFError.startingRootContradicted(file: "1.root.json", version: 1)) {
            try draft.verify(from: start)
        }
        draft.holders = try newHolders()
        let count = SignatureCount(role: "root", threshold: 2, signers: [], rejected: [])
        #expect(throws: TUFError.thresholdNotReached(file: "1.root.json", count)) { try draft.verify(from: start) }
    }

    @Test func letsVersionsBeginAnewWithNewOnlineKeysOnly() throws {
        var draft = try RepositoryDraft()
        let seen = SeenVersions(root: 1, timestamp: 9, snapshot: 9, listed: [JSONString("targets.json"): 9])
        #expect(throws: TUFError.rollback(file: "timestamp.json", role: "timestamp", seen: 9, found: 1)) {
            try draft.verify(seen: seen)
        }
        draft.online = try Holder("second")
        let start = try RepositoryDraft.sign(draft.root, draft.holders)
        draft.files["1.root.json"] = start
        draft.files["2.root.json"] = try RepositoryDraft.sign(next(draft, version: 2, draft.holders), draft.holders)
        #expect(try draft.verify(from: start, seen: seen).repository.versions.timestamp == 1)
        // Whoever had seen the second root already had seen versions under its keys.
        var later = seen
        later.root = 2
        #expect(throws: TUFError.rollback(file: "timestamp.json", role: "timestamp", seen: 9, found: 1)) {
            try draft.verify(from: start, seen: later)
        }
    }

    @Test func refusesARootOlderThanTheOneSeen() throws {
        let seen = SeenVersions(root: 2, timestamp: 1, snapshot: 1, listed: [:])
        #expect(throws: TUFError.rollback(file: "1.root.json", role: "root", seen: 2, found: 1)) {
            try RepositoryDraft().verify(seen: seen)
        }
    }
}
