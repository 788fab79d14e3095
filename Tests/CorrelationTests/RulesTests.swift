import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

@Suite struct RulesTests {
    private static func findings(_ fixture: CaseFixture, _ image: Digest) throws -> [FindingRecord] {
        try fixture.caseFile.read { try Trace(of: image, in: $0) }.findings
    }

    private static func rules(_ fixture: CaseFixture, _ image: Digest) throws -> [String] {
        try findings(fixture, image).map(\.rule)
    }

    @Test func findsNothingWhereEverythingAgrees() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(trusted: true).image
        #expect(try Self.rules(fixture, image) == [])
    }

    @Test func listsFindingsInTheOrderOfTheirRules() {
        let rules = ["sha1-under-sha256", "first-seen-runner", "unknown", "commit-contradiction", "signature-burst"]
        let findings = rules.map {
            FindingRecord(rule: $0, severity: .note, subject: CaseFixture.digest("i"), message: "", records: "[]")
        }
        let wanted = ["commit-contradiction", "first-seen-runner", "signature-burst", "sha1-under-sha256"]
        #expect(Rules.inOrder(findings).map(\.rule) == wanted)
    }

    @Test(arguments: [
        ("com.gitlab.ci.commit.sha", CaseFixture.otherCommit, "commit-contradiction"),
        ("org.opencontainers.image.revision", CaseFixture.otherCommit, "commit-contradiction"),
        ("com.gitlab.ci.commit.ref.name", "release", "ref-contradiction"),
        ("com.gitlab.ci.project.path", "evil/app", "project-contradiction"),
        ("org.opencontainers.image.source", "https://evil.example/group/app", "project-contradiction"),
        ("com.gitlab.ci.job.id", "5679", "job-contradiction"),
        ("com.gitlab.ci.job.url", "https://git.example/other/app/-/jobs/5678", "job-contradiction"),
    ])
    func findsASignedAnnotationThatContradictsTheCertificate(_ key: String, _ value: String, _ rule: String) throws {
        let fixture = try CaseFixture()
        let (image, _) = try fixture.addTutorialImage(replacing: [key: value])
        let trace = try fixture.caseFile.read { try Trace(of: image, in: $0) }
        #expect(trace.standing == .contradicted)
        let finding = try #require(trace.findings.first)
        #expect(trace.findings.map(\.rule) == [rule])
        #expect(finding.severity == .error)
        let claims = try fixture.caseFile.read { try $0.claims(about: image) }
        let weaker = try #require(claims.first { $0.key == key && $0.speaker == .signedAnnotation })
        #expect(finding.records.contains("\"claim:\(weaker.id)\""))
        #expect(finding.message.contains(value))
    }

    @Test func findsAStatementThatNamesAnotherRun() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let run = "https://github.com/o/r/actions/runs/42/attempts/1"
        let signature = try fixture.addSignature(
            image,
            kind: .attestation,
            predicateType: "https://slsa.dev/provenance/v1"
        )
        let key = "/predicate/runDetails/metadata/invocationId"
        try fixture.addClaim(image, .certificate, "1.3.6.1.4.1.57264.1.21", run, signature: signature)
        try fixture.addClaim(image, .statement, key, run, signature: signature)
        #expect(try Self.rules(fixture, image) == [])
        try fixture.addClaim(image, .statement, key + "x", "unrelated", signature: signature)
        #expect(try Self.rules(fixture, image) == [])

        let other = try fixture.addImage("other")
        let second = try fixture.addSignature(other, named: "second", kind: .attestation, predicateType: "x")
        try fixture.addClaim(other, .certificate, "1.3.6.1.4.1.57264.1.21", run, signature: second)
        try fixture.addClaim(other, .statement, key, run.replacing("/42/", with: "/43/"), signature: second)
        #expect(try Self.rules(fixture, other) == ["pipeline-contradiction"])
    }

    @Test func findsADocumentAboutAnotherDigest() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let signature = try fixture.addSignature(image)
        let foreign = "\(CaseFixture.digest("another image"))"
        try fixture.addClaim(image, .payload, "docker-manifest-digest", foreign, signature: signature)
        #expect(try Self.rules(fixture, image) == ["digest-contradiction"])
    }

    @Test func acceptsAStatementOfWhichOneSubjectIsMeant() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let signature = try fixture.addSignature(image)
        let other = CaseFixture.digest("another image").hex
        try fixture.addClaim(image, .statement, "/subject/0/digest/sha256", other, signature: signature)
        try fixture.addClaim(image, .statement, "/subject/1/digest/sha256", image.hex, signature: signature)
        #expect(try Self.rules(fixture, image) == [])
    }

    @Test(arguments: [
        (DescriptorOutcome.digestMismatch, "altered-content"), (.sizeMismatch, "altered-content"),
        (.diffIDMismatch, "altered-content"), (.malformed, "altered-content"), (.missing, "incomplete-content"),
        (.unreadable, "incomplete-content"),
    ])
    func findsContentThatIsNotWhatTheDigestNames(_ outcome: DescriptorOutcome, _ rule: String) throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app", layer: outcome)
        try fixture.addSignature(image)
        let findings = try Self.findings(fixture, image)
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.first?.message.contains("\(CaseFixture.digest("layer app"))") == true)
    }

    @Test func findsAnImageThatNobodySigned() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        #expect(try Self.rules(fixture, image) == ["unsigned-image"])
    }

    @Test func findsASignatureThatIsNotAuthenticWithItsReason() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let signature = try fixture.addSignature(image, authentic: false)
        let findings = try Self.findings(fixture, image)
        #expect(findings.map(\.rule) == ["signature-not-authentic"])
        #expect(findings.first?.records == "[\"signature:\(signature)\"]")
        #expect(findings.first?.message.contains("does not hold over the payload") == true)
    }

    @Test func findsASignatureThatHasNotBeenVerified() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        try fixture.addSignature(image, authentic: nil)
        #expect(try Self.rules(fixture, image) == ["signature-not-verified"])
    }

    @Test func findsAnUnexpectedSignerUnlessAnExpectedOneSignedToo() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        try fixture.addSignature(image, named: "stranger", trusted: false)
        #expect(try Self.rules(fixture, image) == ["signature-not-trusted"])
        try fixture.addSignature(image, named: "friend", trusted: true)
        #expect(try Self.rules(fixture, image) == [])
    }

    @Test func findsSignaturesThatNameDifferentCommits() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        for (name, commit) in [("one", CaseFixture.commit), ("two", CaseFixture.otherCommit)] {
            let signature = try fixture.addSignature(image, named: name)
            try fixture.addClaim(image, .certificate, "1.3.6.1.4.1.57264.1.13", commit, signature: signature)
        }
        #expect(try Self.rules(fixture, image) == ["signatures-disagree"])
    }

    @Test func findsALabelThatContradictsTheSigner() throws {
        let fixture = try CaseFixture()
        let (image, _) = try fixture.addTutorialImage()
        try fixture.addClaim(image, .label, "org.opencontainers.image.revision", CaseFixture.otherCommit)
        let findings = try Self.findings(fixture, image)
        #expect(findings.map(\.rule) == ["unsigned-contradiction"])
        #expect(findings.first?.severity == .warning)
    }

    @Test func showsHostileValuesEscaped() throws {
        let fixture = try CaseFixture()
        let (image, _) = try fixture.addTutorialImage(
            replacing: ["com.gitlab.ci.commit.sha": "\u{1B}[2J\u{202E}evil\r\nPASS"]
        )
        let message = try #require(try Self.findings(fixture, image).first).message
        #expect(message.contains("\\u{1b}[2J\\u{202e}evil\\u{d}\\u{a}PASS"))
        #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test func explainsEveryRuleUnderItsOwnId() {
        let ids = Rules.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for rule in Rules.all {
            #expect(rule.explanation.utf8.count > 40, "\(rule.id)")
            #expect(Rules.rule(rule.id)?.id == rule.id)
        }
        #expect(Rules.rule("no-such-rule") == nil)
    }
}
