import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

struct MetadataTests {
    @Test(arguments: [
        ("timestamp.json", ["timestamp.json"]), ("1.snapshot.json", ["1.snapshot.json", "snapshot.json"]),
        ("1.targets.json", ["1.targets.json", "targets.json"]),
    ])
    func namesMetadataThatIsNotThere(_ file: String, _ names: [String]) throws {
        #expect(throws: TUFError.missing(names: names)) { try RepositoryDraft().verify { $0[file] = nil } }
    }

    @Test func namesATargetThatIsNotThere() throws {
        let digests = [DigestAlgorithm.sha256, .sha512].map { Digest(hashing: RepositoryDraft.content, $0).hex }
        let names = (digests.map { "\($0)." } + [""]).map { "\($0)trusted_root.json" }
        #expect(throws: TUFError.missing(names: names.map { "targets/\($0)" } + names)) {
            try RepositoryDraft().verify { $0["targets/trusted_root.json"] = nil }
        }
    }

    @Test(arguments: [
        (#"{"signed":[],"signatures":[]}"#, "signed", "an object"),
        (#"{"signed":{},"signatures":{}}"#, "signatures", "an array"),
        (#"{"signed":{},"signatures":[5]}"#, "signatures[0]", "an object"),
        (#"{"signed":{},"signatures":[{"keyid":5,"sig":""}]}"#, "signatures[0].keyid", "a string"),
        (#"{"signed":{},"signatures":[{"keyid":"a","sig":null}]}"#, "signatures[0].sig", "a string"),
        (#"{"signed":{},"signatures":[]}"#, "signed._type", "a string"),
        (#"[]"#, "", "an object"),
        (#"{"signed":{"_type":"timestamp","spec_version":1},"signatures":[]}"#, "signed.spec_version", "a string"),
        (
            #"{"signed":{"_type":"timestamp","spec_version":"1.0","version":0},"signatures":[]}"#, "signed.version",
            "an integer above 0"
        ),
        (
            #"{"signed":{"_type":"timestamp","spec_version":"1.0","version":1,"expires":"soon"},"signatures":[]}"#,
            "signed.expires", "a time (RFC 3339)"
        ),
    ])
    func refusesMalformedMetadata(_ text: String, _ path: String, _ expected: String) throws {
        #expect(throws: TUFError.malformed(file: "timestamp.json", path: path, expected: expected)) {
            try RepositoryDraft().verify { $0["timestamp.json"] = Array(text.utf8) }
        }
    }

    @Test func refusesMetadataThatIsNotStrictJSON() throws {
        let twice = Array(#"{"signed":{},"signed":{}}"#.utf8)
        #expect(throws: TUFError.notJSON(file: "timestamp.json", .duplicateName("signed", offset: 13))) {
            try RepositoryDraft().verify { $0["timestamp.json"] = twice }
        }
        let deep = Array(String(repeating: "[", count: 5_000).utf8)
        #expect(throws: TUFError.notJSON(file: "timestamp.json", .tooDeep(limit: 32, offset: 32))) {
            try RepositoryDraft().verify { $0["timestamp.json"] = deep }
        }
    }

    @Test func refusesNumbersThatHaveNoCanonicalForm() throws {
        let text = #"{"signed":{"a":1.0},"signatures":[]}"#
        #expect(throws: TUFError.notCanonical(file: "timestamp.json", number: "1.0")) {
            try RepositoryDraft().verify { $0["timestamp.json"] = Array(text.utf8) }
        }
    }

    @Test func refusesAnotherRolesMetadata() throws {
        var draft = try RepositoryDraft()
        draft.files["timestamp.json"] = try RepositoryDraft.sign(draft.snapshot, [draft.online])
        #expect(throws: TUFError.wrongType(file: "timestamp.json", expected: "timestamp", found: "snapshot")) {
            try draft.verify()
        }
    }

    @Test(arguments: ["2.0", "10.0", "", "1x"])
    func refusesAnotherSpecification(_ version: String) throws {
        var draft = try RepositoryDraft()
        draft.timestamp["spec_version"] = JSONValue(version)
        #expect(throws: TUFError.unsupportedSpecification(file: "timestamp.json", version: version)) {
            try draft.verify()
        }
    }

    @Test(arguments: [("1.root.json", 512_000), ("timestamp.json", 16_384), ("1.snapshot.json", 2_000_000)])
    func refusesMetadataLargerThanItsLimit(_ file: String, _ limit: Int) throws {
        #expect(throws: TUFError.tooLarge(file: file, limit: limit)) {
            try RepositoryDraft().verify { $0[file] = [UInt8](repeating: 0x20, count: limit + 1) }
        }
        // At the limit it is read, and found to be empty.
        #expect(throws: TUFError.notJSON(file: file, .unexpectedEnd(offset: limit))) {
            try RepositoryDraft().verify { $0[file] = [UInt8](repeating: 0x20, count: limit) }
        }
    }

    @Test func comparesLengthsAndDigestsThatTheTimestampLists() throws {
        var draft = try RepositoryDraft()
        let size = Int64(try RepositoryDraft.sign(draft.snapshot, [draft.online]).count)
        // Signatures of ECDSA differ in length from time to time, so one signing is kept.
        let bytes = try RepositoryDraft.sign(draft.snapshot, [draft.online])
        draft.files["1.snapshot.json"] = bytes
        let found = Int64(bytes.count)
        #expect(abs(found - size) < 16)
        func list(_ length: Int64, _ digest: Digest?) -> JSONValue {
            var listed = JSONObject([("version", 1), ("length", JSONValue(length))])
            if let digest {
                listed["hashes"] = .object(JSONObject([(digest.algorithm.rawValue, JSONValue(digest.hex))]))
            }
            return ["snapshot.json": .object(listed)]
        }
        let digest = Digest(hashing: bytes, .sha512)
        for (length, digest) in [(found, digest), (found, nil), (found + 1, digest)] {
            draft.timestamp["meta"] = list(length, digest)
            #expect(throws: Never.self) { try draft.verify() }
        }
        for (length, digest) in [(found - 1, digest), (found + 1, nil), (0, nil)] {
            draft.timestamp["meta"] = list(length, digest)
            #expect(throws: TUFError.wrongLength(file: "1.snapshot.json", expected: length, found: found)) {
                try draft.verify()
            }
        }
        let other = Digest(hashing: [])
        draft.timestamp["meta"] = list(found, other)
        #expect(
            throws: TUFError.wrongDigest(file: "1.snapshot.json", expected: other, found: Digest(hashing: bytes))
        ) {
            try draft.verify()
        }
    }

    @Test func comparesLengthsAndDigestsOfTargets() throws {
        let digests = [DigestAlgorithm.sha256, .sha512].map { Digest(hashing: RepositoryDraft.content, $0) }
        let name = "targets/trusted_root.json"
        #expect(throws: TUFError.wrongLength(file: name, expected: 16, found: 15)) {
            try RepositoryDraft().verify { $0[name]?.removeLast() }
        }
        let altered = Array("The trusted root".utf8)
        #expect(
            throws: TUFError.wrongDigest(file: name, expected: digests[0], found: Digest(hashing: altered))
        ) {
            try RepositoryDraft().verify { $0[name] = altered }
        }
        // Every listed digest counts, not the first alone.
        var draft = try RepositoryDraft()
        let wrong = Digest(hashing: [], .sha512)
        draft.targets["targets"] = [
            "trusted_root.json": [
                "length": 16, "hashes": ["sha256": JSONValue(digests[0].hex), "sha512": JSONValue(wrong.hex)],
            ]
        ]
        #expect(throws: TUFError.wrongDigest(file: name, expected: wrong, found: digests[1])) { try draft.verify() }
    }

    @Test func refusesOlderAndVanishedMetadata() throws {
        func seen(_ timestamp: Int64, _ snapshot: Int64, _ listed: [JSONString: Int64] = [:]) -> SeenVersions {
            SeenVersions(root: 1, timestamp: timestamp, snapshot: snapshot, listed: listed)
        }
        let draft = try RepositoryDraft()
        #expect(throws: Never.self) { try draft.verify(seen: seen(1, 1, [JSONString("targets.json"): 1])) }
        #expect(throws: TUFError.rollback(file: "timestamp.json", role: "timestamp", seen: 2, found: 1)) {
            try draft.verify(seen: seen(2, 1))
        }
        #expect(throws: TUFError.rollback(file: "timestamp.json", role: "snapshot", seen: 2, found: 1)) {
            try draft.verify(seen: seen(1, 2))
        }
        #expect(throws: TUFError.rollback(file: "1.snapshot.json", role: "targets.json", seen: 2, found: 1)) {
            try draft.verify(seen: seen(1, 1, [JSONString("targets.json"): 2]))
        }
        #expect(throws: TUFError.noLongerListed(in: "1.snapshot.json", name: "npm.json")) {
            try draft.verify(seen: seen(1, 1, [JSONString("npm.json"): 1]))
        }
    }

    @Test func refusesEveryFlippedBit() throws {
        let source = try RepositoryDraft().source()
        let root = try RootMetadata(trusting: try #require(source.files["1.root.json"]))
        let bytes = try #require(source.files["timestamp.json"])
        let time = try SharedRepository.moment("2026-01-01T00:00:00Z")
        for position in bytes.indices {
            var altered = source
            altered.files["timestamp.json"]?[position] ^= 1 << (position % 7)
            #expect(throws: TUFError.self, "byte \(position)") { try TUFClient(altered, at: time).verify(from: root) }
        }
    }
}
