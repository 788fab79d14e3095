import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

struct SignatureTests {
    private func refusal(
        _ file: String,
        _ role: String,
        needs threshold: Int64,
        _ signers: [String],
        rejected: [String] = []
    ) -> TUFError {
        .thresholdNotReached(
            file: file,
            SignatureCount(role: role, threshold: threshold, signers: signers, rejected: rejected)
        )
    }

    @Test func acceptsARepositoryThatHolds() throws {
        let result = try RepositoryDraft().verify()
        #expect(result.target.bytes == RepositoryDraft.content)
        #expect(result.target.role == "targets")
        #expect(
            result.repository.versions
                == SeenVersions(root: 1, timestamp: 1, snapshot: 1, listed: [JSONString("targets.json"): 1])
        )
        #expect(result.repository.files.map(\.role) == ["root", "timestamp", "snapshot", "targets"])
        #expect(result.repository.files.last?.signatures.first?.signers == ["a", "b", "c"])
    }

    @Test func refusesASignatureOverOtherBytes() throws {
        var draft = try RepositoryDraft()
        let signed = try RepositoryDraft.sign(draft.timestamp, [draft.online])
        draft.timestamp["version"] = 2
        let other = try RepositoryDraft.sign(draft.timestamp, [draft.online])
        let (first, second) = (try JSONValue(parsing: signed), try JSONValue(parsing: other))
        draft.files["timestamp.json"] = RepositoryDraft.envelope(
            try #require(second["signed"]),
            try #require(first["signatures"])
        )
        #expect(throws: refusal("timestamp.json", "timestamp", needs: 1, [], rejected: ["online"])) {
            try draft.verify()
        }
    }

    @Test func saysThatASignatureDoesNotHoldBeforeItSaysThatMetadataHasExpired() throws {
        var draft = try RepositoryDraft()
        draft.timestamp["expires"] = "2020-01-01T00:00:00Z"
        draft.online = try Holder("online", seed: "somebody else")
        #expect(throws: refusal("timestamp.json", "timestamp", needs: 1, [], rejected: ["online"])) {
            try draft.verify()
        }
    }

    @Test func refusesOneKeyThatSignsThreeTimes() throws {
        var draft = try RepositoryDraft()
        let once = draft.holders[0]
        draft.files["1.targets.json"] = try RepositoryDraft.sign(draft.targets, [once, once, once])
        #expect(throws: TUFError.repeatedSignature(file: "1.targets.json", keyID: "a")) { try draft.verify() }
    }

    @Test func countsOneKeyUnderThreeNamesOnce() throws {
        var draft = try RepositoryDraft()
        let names = try ["x", "y", "z"].map { try Holder($0, seed: "one") }
        draft.holders = names
        draft.root = RepositoryDraft.root(version: 1, names, threshold: 2, draft.online)
        #expect(throws: refusal("starting root", "root", needs: 2, ["x"])) { try draft.verify() }
    }

    @Test func countsOneKeyInTwoFormsOnce() throws {
        var draft = try RepositoryDraft()
        let names = try ["x", "y"].map { try Holder($0, seed: "one") }
        draft.holders = names
        draft.root = RepositoryDraft.root(version: 1, names, threshold: 2, draft.online)
        var keys = try #require(draft.root["keys"]?.object)
        keys["y"] = [
            "keytype": "ecdsa-sha2-nistp256", "scheme": "ecdsa-sha2-nistp256",
            "keyval": ["public": JSONValue(Hexadecimal.encode(names[1].key.subjectPublicKeyInfo.suffix(65)))],
        ]
        draft.root["keys"] = .object(keys)
        #expect(throws: refusal("starting root", "root", needs: 2, ["x"])) { try draft.verify() }
    }

    @Test func passesOverAnEmptySignature() throws {
        var draft = try RepositoryDraft()
        var signed = try JSONValue(parsing: RepositoryDraft.sign(draft.targets, Array(draft.holders.prefix(2))))
        let signatures = (signed["signatures"]?.array ?? []) + [["keyid": "c", "sig": ""]]
        signed = ["signed": try #require(signed["signed"]), "signatures": .array(signatures)]
        draft.files["1.targets.json"] = Array(signed.compact.utf8)
        let result = try draft.verify()
        #expect(result.repository.files.last?.signatures.first?.signers == ["a", "b"])
        #expect(result.repository.files.last?.signatures.first?.rejected == [])
    }

    @Test func refusesTooFewSigners() throws {
        var draft = try RepositoryDraft()
        draft.files["1.targets.json"] = try RepositoryDraft.sign(draft.targets, [draft.holders[2], draft.online])
        #expect(throws: refusal("1.targets.json", "targets", needs: 2, ["c"])) { try draft.verify() }
    }

    @Test(arguments: [0, -1, Int64.min])
    func refusesAThresholdBelowOne(_ threshold: Int64) throws {
        var draft = try RepositoryDraft()
        draft.root = RepositoryDraft.root(version: 1, draft.holders, threshold: threshold, draft.online)
        #expect(throws: TUFError.invalidThreshold(file: "starting root", role: "root", threshold: threshold)) {
            try draft.verify()
        }
    }

    @Test(arguments: [JSONValue?.none, "2", nil, true, []] as [JSONValue?])
    func refusesAThresholdThatIsNoInteger(_ threshold: JSONValue?) throws {
        var draft = try RepositoryDraft()
        var roles = try #require(draft.root["roles"]?.object)
        roles["snapshot"] = .object(
            JSONObject([("keyids", ["online"])] + (threshold.map { [("threshold", $0)] } ?? []))
        )
        draft.root["roles"] = .object(roles)
        #expect(
            throws: TUFError.malformed(
                file: "starting root",
                path: "signed.roles.snapshot.threshold",
                expected: "an integer"
            )
        ) {
            try draft.verify()
        }
    }

    @Test func refusesAKeyIdThatARoleListsTwice() throws {
        var draft = try RepositoryDraft()
        draft.root = RepositoryDraft.root(
            version: 1,
            draft.holders + [draft.holders[0]],
            threshold: 2,
            draft.online
        )
        #expect(throws: TUFError.repeatedKeyIdentifier(file: "starting root", role: "root", keyID: "a")) {
            try draft.verify()
        }
    }
}
