import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import TUF

@Suite(.enabled(if: SharedData.isPresent, SharedRepository.absent))
struct RefusedRepositoryTests {
    private let firstKeys = SignatureCount(role: "root", threshold: 1, signers: [], rejected: [])

    private func digest(_ hex: String) throws -> Digest {
        try Digest(parsing: "sha512:\(hex)")
    }

    private func found(_ file: String) throws -> Digest {
        Digest(hashing: try SharedData.bytes("tuf-failures/\(file)"), .sha512)
    }

    @Test func namesMetadataThatIsNotThere() {
        #expect(throws: TUFError.missing(names: ["3.targets.json", "targets.json"])) {
            try SharedRepository.verify("no-size-no-hash-snapshot-timestamp")
        }
    }

    @Test func refusesARootLargerThanTheLimit() {
        var limits = TUFLimits()
        limits.root = 99 << 10
        #expect(throws: TUFError.tooLarge(file: "2.root.json", limit: 99 << 10)) {
            try SharedRepository.verify("root-too-big", limits: limits)
        }
        #expect(throws: TUFError.notJSON(file: "2.root.json", .unexpectedByte(0, offset: 0))) {
            try SharedRepository.verify("root-too-big")
        }
    }

    @Test func refusesARootWithoutSignatures() {
        #expect(throws: TUFError.thresholdNotReached(file: "2.root.json", firstKeys)) {
            try SharedRepository.verify("root-unsigned")
        }
    }

    @Test(arguments: ["root-update-with-empty-signature", "root-update-with-invalid-signature"])
    func acceptsARootWhoseThresholdIsReachedWithoutOneOfItsSignatures(_ name: String) {
        // Two of three keys are enough, as the folder's README says; what is missing comes after the root.
        #expect(throws: TUFError.missing(names: ["timestamp.json"])) { try SharedRepository.verify(name) }
    }

    @Test func acceptsARootWithUnknownMembers() {
        #expect(throws: TUFError.missing(names: ["timestamp.json"])) {
            try SharedRepository.verify(
                "root-update-with-unknown-fields",
                at: "2026-01-01T00:00:00Z",
                from: "root-update-with-unknown-fields/4.root.json"
            )
        }
        // From the first root it is the same folder without a second one: nothing is brought up to date.
        #expect(throws: TUFError.missing(names: ["timestamp.json"])) {
            try SharedRepository.verify("root-update-with-unknown-fields")
        }
    }

    @Test func refusesARootOfAnotherVersionThanItsName() {
        #expect(throws: TUFError.wrongVersion(file: "2.root.json", expected: 2, found: 1)) {
            try SharedRepository.verify("root-wrong-version")
        }
    }

    @Test func refusesAnExpiredSnapshotButNotBeforeItExpired() throws {
        let expires = try SharedRepository.moment("2022-11-19T18:07:27Z")
        let late = try SharedRepository.moment("2023-01-01T00:00:00Z")
        #expect(throws: TUFError.expired(file: "3.snapshot.json", role: "snapshot", expires: expires, at: late)) {
            try SharedRepository.verify("snapshot-expired")
        }
        #expect(throws: TUFError.expired(file: "3.snapshot.json", role: "snapshot", expires: expires, at: expires)) {
            try SharedRepository.verify("snapshot-expired", at: "2022-11-19T18:07:27Z")
        }
        #expect(throws: TUFError.missing(names: ["3.targets.json", "targets.json"])) {
            try SharedRepository.verify("snapshot-expired", at: "2022-11-19T18:07:26Z")
        }
    }

    @Test func refusesASnapshotWithAnotherDigest() throws {
        let expected = try digest(
            "60ae0f31d2edb9f86a306528e611a811b7bffa3cff013c9a34a45cde7cef0601"
                + "99ed0dd791813211824f6488d31692d96ad6efffc6aaa5861b8206b0ad2291aa"
        )
        let found = try found("snapshot-invalid-hash/3.snapshot.json")
        #expect(throws: TUFError.wrongDigest(file: "3.snapshot.json", expected: expected, found: found)) {
            try SharedRepository.verify("snapshot-invalid-hash")
        }
    }

    @Test func refusesASnapshotThatDoesNotListTheTargets() {
        #expect(throws: TUFError.notListed(in: "4.snapshot.json", name: "targets.json")) {
            try SharedRepository.verify("snapshot-target-missing")
        }
    }

    @Test func refusesASnapshotThatGoesBackToOlderTargets() {
        let seen = SeenVersions(root: 2, timestamp: 3, snapshot: 3, listed: [JSONString("targets.json"): 3])
        #expect(throws: TUFError.rollback(file: "3.snapshot.json", role: "targets.json", seen: 3, found: 1)) {
            try SharedRepository.verify("snapshot-target-version-rollback", seen: seen)
        }
        // Without memory nothing is older; what the snapshot then asks for is not there.
        #expect(throws: TUFError.missing(names: ["1.targets.json", "targets.json"])) {
            try SharedRepository.verify("snapshot-target-version-rollback")
        }
    }

    @Test func refusesASnapshotOfAnotherVersionThanTheTimestampLists() {
        #expect(throws: TUFError.wrongVersion(file: "3.snapshot.json", expected: 3, found: 2)) {
            try SharedRepository.verify("snapshot-version-mismatch")
        }
    }

    @Test func refusesATargetWithAnotherDigest() throws {
        let name =
            "targets/860de8f9a858eea7190fcfa1b53fe55914d3c38f17f8f542273012d19cc9509b"
            + "b423f37b7c13c577a56339ad7f45273b479b1d0df837cb6e20a550c27cce0885.test.txt"
        let expected = try digest(String(name.dropFirst(8).prefix(128)))
        let found = try found("targets-download-invalid-hash/\(name)")
        let repository = try SharedRepository.verify("targets-download-invalid-hash")
        #expect(throws: TUFError.wrongDigest(file: name, expected: expected, found: found)) {
            try repository.target(TargetName("test.txt"))
        }
    }

    @Test func refusesATargetWithAnotherLength() throws {
        let name =
            "targets/860de8f9a858eea7190fcfa1b53fe55914d3c38f17f8f542273012d19cc9509b"
            + "b423f37b7c13c577a56339ad7f45273b479b1d0df837cb6e20a550c27cce0885.test.txt"
        let size = Int64(try SharedData.bytes("tuf-failures/targets-download-invalid-length/\(name)").count)
        let repository = try SharedRepository.verify("targets-download-invalid-length")
        #expect(throws: TUFError.wrongLength(file: name, expected: 10, found: size)) {
            try repository.target(TargetName("test.txt"))
        }
    }

    @Test func refusesATargetOfWhichNothingIsListed() throws {
        let repository = try SharedRepository.verify("targets-download-missing-target-metadata")
        #expect(
            throws: TUFError.malformed(
                file: "3.targets.json",
                path: "signed.targets.test.txt.length",
                expected: "an integer"
            )
        ) {
            try repository.target(TargetName("test.txt"))
        }
    }

    @Test func refusesExpiredTargets() throws {
        let expires = try SharedRepository.moment("2022-11-19T18:07:27Z")
        let time = try SharedRepository.moment("2023-01-01T00:00:00Z")
        #expect(throws: TUFError.expired(file: "3.targets.json", role: "targets", expires: expires, at: time)) {
            try SharedRepository.verify("targets-expired")
        }
    }

    @Test func refusesTargetsMetadataWithAnotherDigest() throws {
        let expected = try digest(
            "16ee6491433f7063c7aafad520a3d3722ec59b5e2f0235295f2a429d0604d73e"
                + "bbb8ff2f0021dd05efa9aa2f716510d2ffbc6367a826671899ebc66af4fc76bd"
        )
        let found = try found("targets-invalid-hash/3.targets.json")
        #expect(throws: TUFError.wrongDigest(file: "3.targets.json", expected: expected, found: found)) {
            try SharedRepository.verify("targets-invalid-hash")
        }
    }

    @Test func refusesTargetsOfAnotherVersionThanTheSnapshotLists() {
        #expect(throws: TUFError.wrongVersion(file: "3.targets.json", expected: 3, found: 2)) {
            try SharedRepository.verify("targets-snapshot-version-mismatch")
        }
    }

    @Test func refusesATimestampOlderThanTheOneSeen() {
        let seen = SeenVersions(root: 2, timestamp: 3, snapshot: 3, listed: [:])
        #expect(throws: TUFError.rollback(file: "timestamp.json", role: "timestamp", seen: 3, found: 1)) {
            try SharedRepository.verify("timestamp-rollback-version", seen: seen)
        }
        #expect(throws: TUFError.missing(names: ["3.snapshot.json", "snapshot.json"])) {
            try SharedRepository.verify("timestamp-rollback-version")
        }
    }

    @Test func refusesATimestampWithoutSignatures() {
        let count = SignatureCount(role: "timestamp", threshold: 1, signers: [], rejected: [])
        #expect(throws: TUFError.thresholdNotReached(file: "timestamp.json", count)) {
            try SharedRepository.verify("timestamp-unsigned", from: "timestamp-unsigned/2.root.json")
        }
        // Its root is not one that the common starting root vouches for.
        #expect(throws: TUFError.thresholdNotReached(file: "2.root.json", firstKeys)) {
            try SharedRepository.verify("timestamp-unsigned")
        }
    }
}
