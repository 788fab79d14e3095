import CaseIndex
import Cryptography
import OCI
import Signing
import TestSupport
import Testing
import Verification

/// Policies over images that were signed here: every signature counts, and nobody counts twice.
struct PolicyTests {
    static let job = """
        {identity: "https://gitlab.com/acme/payments//.gitlab-ci.yml@refs/heads/main", issuer: "https://gitlab.com"}
        """
    static let anyJob = "{identityPattern: \"https://gitlab.com/acme/**\", issuer: \"https://gitlab.com\"}"

    private func requirement(_ result: ImageVerification) throws -> RequirementResult {
        try #require(result.policy?.rules.first?.requirements.first)
    }

    @Test func meetsARuleByTheJobThatItNames() throws {
        var image = try PolicyCase()
        try image.sign()
        let result = try image.judge("signatures: {anyOf: [\(Self.job)]}")
        #expect(result.policy?.isMet == true)
        #expect(result.isGood)
        #expect(result.signatures.map(\.verdict.isTrusted) == [true])
        #expect(try requirement(result).anyOf.map(\.signatures.count) == [1])
        #expect(result.signatures[0].checks.contains { $0.name == "policy" && $0.outcome == .passed })
    }

    @Test func doesNotMeetItByAnotherJob() throws {
        var image = try PolicyCase()
        try image.sign(project: "acme/other")
        let result = try image.judge("signatures: {anyOf: [\(Self.job)]}")
        #expect(result.policy?.isMet == false)
        #expect(!result.isGood)
        #expect(result.signatures.map(\.verdict.isAuthentic) == [true])
        #expect(result.signatures.map(\.verdict.isTrusted) == [false])
        #expect(result.signatures.map(\.obstacles) == [["policy=policy.signer"]])
        #expect(try requirement(result).others.count == 1)
    }

    /// P-28, P-29.
    @Test func countsTheGoodOneAndHidesNoneOfTheOthers() throws {
        var image = try PolicyCase()
        try image.sign()
        for project in ["acme/a", "acme/b"] { try image.sign(project: project) }
        try image.sign()
        image.damage()
        let result = try image.judge("signatures: {anyOf: [\(Self.job)]}")
        #expect(result.policy?.isMet == true)
        #expect(result.signatures.count == 4)
        #expect(result.signatures.count { $0.verdict.isTrusted == true } == 1)
        #expect(try requirement(result).others.count == 3)
        #expect(try requirement(result).others.count { !$0.isAuthentic } == 1)
        #expect(!result.isGood)
    }

    @Test func doesNotMeetARuleWithoutSignatures() throws {
        let result = try PolicyCase().judge("signatures: {anyOf: [\(Self.job)]}")
        #expect(result.policy?.isMet == false)
        #expect(try requirement(result).anyCount == 0)
    }

    @Test func saysThatNoRuleNamesAnImage() throws {
        var image = try PolicyCase()
        try image.sign()
        let result = try image.judge(rule: "images: ['other:*']", ["signatures: {anyOf: [\(Self.job)]}"])
        #expect(result.policy?.rules.isEmpty == true)
        #expect(result.policy?.isMet == false)
        #expect(!result.isGood)
        #expect(result.signatures.map(\.verdict.isTrusted) == [nil])
    }

    @Test func namesAnImageByItsDigest() throws {
        var image = try PolicyCase()
        try image.sign()
        let demand = ["signatures: {anyOf: [\(Self.job)]}"]
        #expect(try image.judge(rule: "images: ['\(image.signed.image.digest)']", demand).policy?.isMet == true)
        let other = Digest(hashing: [1])
        #expect(try image.judge(rule: "images: ['\(other)']", demand).policy?.rules.isEmpty == true)
    }

    // MARK: Counting

    /// P-22: the same key counts once.
    @Test func countsAKeyOnceHoweverOftenItSigns() throws {
        let demand = "signatures: {anyOf: [{key: a}, {key: b}], minimum: 2}"
        var image = try PolicyCase()
        for note in ["1", "2", "3"] { try image.sign(key: "a", annotations: ["note": note]) }
        let once = try image.judge(demand)
        #expect(once.signatures.map(\.verdict.isAuthentic) == [true, true, true])
        #expect(try requirement(once).anyCount == 1)
        #expect(once.policy?.isMet == false)
        try image.sign(key: "b")
        let twice = try image.judge(demand)
        #expect(try requirement(twice).anyCount == 2)
        #expect(twice.policy?.isMet == true)
    }

    /// P-23: several certificates of one identity count once, also where two patterns fit it.
    @Test func countsAnIdentityOnceHoweverManyCertificatesItHas() throws {
        let demand = "signatures: {anyOf: [\(Self.job), \(Self.anyJob)], minimum: 2}"
        var image = try PolicyCase()
        try image.sign()
        try image.sign()
        let once = try image.judge(demand)
        #expect(once.signatures.map(\.verdict.isTrusted) == [true, true])
        #expect(try requirement(once).anyCount == 1)
        #expect(once.policy?.isMet == false)
        try image.sign(project: "acme/other")
        let twice = try image.judge(demand)
        #expect(try requirement(twice).anyCount == 2)
    }

    /// Two signers who both fit one pattern stand for one alternative, not for two.
    @Test func countsAnAlternativeOnce() throws {
        var image = try PolicyCase()
        try image.sign(project: "acme/a")
        try image.sign(project: "acme/b")
        let result = try image.judge("signatures: {anyOf: [\(Self.anyJob), {key: a}], minimum: 2}")
        #expect(try requirement(result).anyCount == 1)
        #expect(result.policy?.isMet == false)
    }

    /// The signer that two alternatives fit is left to the one that nobody else fits.
    @Test func findsTheAssignmentThatMeetsMost() throws {
        var image = try PolicyCase()
        try image.sign()
        try image.sign(project: "acme/other")
        let result = try image.judge("signatures: {anyOf: [\(Self.anyJob), \(Self.job)], minimum: 2}")
        #expect(try requirement(result).anyCount == 2)
    }

    @Test func asksForEveryOneOfAllOf() throws {
        let demand = "signatures: {allOf: [\(Self.job), {key: a}]}"
        var image = try PolicyCase()
        try image.sign()
        #expect(try image.judge(demand).policy?.isMet == false)
        try image.sign(key: "a")
        #expect(try image.judge(demand).policy?.isMet == true)
    }

    @Test func asksForBothListsWhereBothAreGiven() throws {
        let demand = "signatures: {allOf: [{key: a}], anyOf: [\(Self.job), {key: b}]}"
        var image = try PolicyCase()
        try image.sign(key: "a")
        #expect(try image.judge(demand).policy?.isMet == false)
        try image.sign(key: "b")
        #expect(try image.judge(demand).policy?.isMet == true)
    }

    /// A signature that does not hold counts for nobody.
    @Test func countsNoSignatureThatIsNotAuthentic() throws {
        var image = try PolicyCase()
        try image.sign(key: "a")
        try image.sign(key: "b")
        image.damage()
        let result = try image.judge("signatures: {anyOf: [{key: a}, {key: b}], minimum: 2}")
        #expect(try requirement(result).anyCount == 1)
        #expect(result.policy?.isMet == false)
    }
}
