import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

struct DelegationTests {
    private struct Role {
        let name: String
        var paths: [String] = ["*"]
        var terminating = false
        var targets: JSONValue = [:]
        var delegations: JSONValue?
    }

    private static let key = try? Holder("delegate")

    private func delegations(_ roles: [Role], threshold: Int64 = 1) throws -> JSONValue {
        let holder = try #require(Self.key)
        return [
            "keys": .object(JSONObject([(holder.id, holder.listed)])),
            "roles": .array(
                roles.map { role in
                    [
                        "name": JSONValue(role.name), "keyids": [JSONValue(holder.id)],
                        "threshold": JSONValue(threshold), "terminating": .bool(role.terminating),
                        "paths": .array(role.paths.map { JSONValue($0) }),
                    ]
                }
            ),
        ]
    }

    /// A draft whose top role delegates to these.
    private func draft(_ roles: [Role], below: [Role] = [], threshold: Int64 = 1) throws -> RepositoryDraft {
        var draft = try RepositoryDraft()
        draft.targets["targets"] = [:]
        draft.targets["delegations"] = try delegations(roles, threshold: threshold)
        var meta = JSONObject([("targets.json", ["version": 1])])
        for role in roles + below {
            var signed = RepositoryDraft.head("targets", version: 1)
            signed["targets"] = role.targets
            if let delegations = role.delegations { signed["delegations"] = delegations }
            draft.files["1.\(role.name).json"] = try RepositoryDraft.sign(signed, [try #require(Self.key)])
            meta["\(role.name).json"] = ["version": 1]
        }
        draft.snapshot["meta"] = .object(meta)
        return draft
    }

    private let right: JSONValue = ["trusted_root.json": RepositoryDraft.entry(RepositoryDraft.content)]
    private let wrong: JSONValue = ["trusted_root.json": RepositoryDraft.entry([1, 2, 3])]

    @Test func asksTheRolesInTheOrderInWhichTheyAreListed() throws {
        for _ in 0..<10 {
            let first = try draft([Role(name: "one", targets: right), Role(name: "two", targets: wrong)])
            #expect(try first.verify().target.role == "one")
            let second = try draft([Role(name: "two", targets: wrong), Role(name: "one", targets: right)])
            #expect(throws: TUFError.wrongLength(file: "targets/trusted_root.json", expected: 3, found: 16)) {
                try second.verify()
            }
        }
    }

    @Test func asksBelowARoleBeforeTheNextOne() throws {
        let below = Role(name: "below", targets: right)
        let one = Role(name: "one", delegations: try delegations([below]))
        let result = try draft([one, Role(name: "two", targets: wrong)], below: [below]).verify()
        #expect(result.target.role == "below")
        #expect(result.target.delegated.map(\.role) == ["one", "below"])
    }

    @Test func endsAtATerminatingRole() throws {
        let last = Role(name: "two", targets: right)
        #expect(try draft([Role(name: "one"), last]).verify().target.role == "two")
        #expect(throws: TUFError.unknownTarget("trusted_root.json")) {
            try draft([Role(name: "one", terminating: true), last]).verify()
        }
        // A terminating role that does not cover the target ends nothing.
        let elsewhere = Role(name: "one", paths: ["registry/*"], terminating: true)
        #expect(try draft([elsewhere, last]).verify().target.role == "two")
    }

    @Test func asksOnlyRolesThatCoverTheTarget() throws {
        #expect(throws: TUFError.unknownTarget("trusted_root.json")) {
            try draft([Role(name: "one", paths: ["npm/*", "trusted_root.jso"], targets: right)]).verify()
        }
    }

    @Test func endsWhenRolesDelegateToEachOther() throws {
        let two = Role(name: "two")
        let one = Role(name: "one", delegations: try delegations([two]))
        var back = two
        back.delegations = try delegations([one])
        #expect(throws: TUFError.unknownTarget("trusted_root.json")) { try draft([one], below: [back]).verify() }
    }

    @Test func visitsNoMoreRolesThanTheLimit() throws {
        let roles = (1...33).map { Role(name: "role-\($0)") }
        #expect(throws: TUFError.tooManyDelegations(limit: 32)) { try draft(roles).verify() }
        #expect(throws: TUFError.unknownTarget("trusted_root.json")) { try draft(Array(roles.prefix(32))).verify() }
    }

    @Test(arguments: [
        "", ".", "..", "../../x", "a/b", "/etc/passwd", "a\u{0}b", "a b", "é", "-x", "root", "targets", "timestamp",
        String(repeating: "a", count: 4_096),
    ])
    func refusesRoleNamesThatAreNoFileNames(_ name: String) throws {
        var refused = try RepositoryDraft()
        refused.targets["delegations"] = try delegations([Role(name: name)])
        #expect(throws: TUFError.refusedRoleName(file: "1.targets.json", name: name)) { try refused.verify() }
    }

    @Test func refusesAThresholdBelowOne() throws {
        let none = try draft([Role(name: "one", targets: right)], threshold: 0)
        #expect(throws: TUFError.invalidThreshold(file: "1.targets.json", role: "one", threshold: 0)) {
            try none.verify()
        }
    }

    @Test func refusesADelegatedRoleThatTheSnapshotDoesNotList() throws {
        var unlisted = try draft([Role(name: "one", targets: right)])
        unlisted.snapshot["meta"] = ["targets.json": ["version": 1]]
        #expect(throws: TUFError.notListed(in: "1.snapshot.json", name: "one.json")) { try unlisted.verify() }
    }

    @Test func findsRolesByThePrefixOfTheNamesDigest() throws {
        var hashed = try draft([Role(name: "one", targets: right)])
        let prefix = String(Digest(hashing: Array("trusted_root.json".utf8)).hex.prefix(4))
        var delegations = try #require(hashed.targets["delegations"]?.object)
        for (given, isFound) in [(prefix, true), ("zz", false)] {
            delegations["roles"] = [
                [
                    "name": "one", "keyids": ["delegate"], "threshold": 1,
                    "path_hash_prefixes": [JSONValue(given)],
                ]
            ]
            hashed.targets["delegations"] = .object(delegations)
            #expect((try? hashed.verify().target.role == "one") ?? false == isFound)
        }
    }

    @Test(arguments: ["", ".", "..", "../x", "a/../b", "/x", "a//b", "a/", "a\\b", "a b", "a/b/c/d/e"])
    func refusesTargetNamesThatAreNoFileNames(_ name: String) {
        #expect(throws: TUFError.refusedTargetName(name)) { try TargetName(name) }
    }

    @Test(arguments: [
        ("*", "a", true), ("*", "a/b", false), ("a/*", "a/b", true), ("a/*", "a/b/c", false), ("?", "a", true),
        ("?", "/", false), ("a*c*e", "abcde", true), ("a*c*e", "abcdef", false), ("*.json", "x.json", true),
        ("", "", true), ("", "a", false), ("**", "ab", true), ("a", "ab", false), ("*b", "abab", true),
        ("*/*", "a/b", true), ("x*", "x", true),
    ])
    func matchesPatternsAsAShellDoes(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(PathPattern(pattern).matches(text) == matches)
    }

    @Test(.timeLimit(.minutes(1)))
    func matchesHostilePatternsQuickly() {
        let pattern = PathPattern(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }
}
