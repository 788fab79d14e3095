import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

@Suite struct TraceTests {
    private static func trace(_ fixture: CaseFixture, _ image: Digest) throws -> Trace {
        try #require(try Tracer(caseFile: fixture.caseFile).run(images: [image]).first)
    }

    @Test func followsTheTutorialBackToItsCommit() throws {
        let fixture = try CaseFixture()
        let (image, signature) = try fixture.addTutorialImage()
        let trace = try Self.trace(fixture, image)
        #expect(trace.standing == .authentic)
        #expect(trace.findings.isEmpty)
        let verdicts = trace.rows.map { "\($0.fact.rawValue) \($0.verdict.rawValue)" }
        #expect(
            verdicts == [
                "commit agrees", "ref agrees", "project agrees", "workflow single-source", "job agrees",
                "pipeline only-asserted", "runner single-source", "trigger single-source", "user only-asserted",
                "time single-source", "tag only-asserted", "image-digest agrees",
            ]
        )
        let chain = try #require(trace.chains.first)
        #expect(chain.signatureID == signature)
        #expect(chain.links.map(\.station) == [.image, .signature, .certificate, .job, .pipeline, .commit])
        #expect(chain.links.last?.value == CaseFixture.commit)
        #expect(
            chain.links.map(\.basis) == [
                .contentAddressed, .contentAddressed, .certificateAttested, .certificateAttested, .signerAsserted,
                .certificateAttested,
            ]
        )
    }

    @Test(arguments: [Fact.pipeline, .user, .tag])
    func saysWhatACertificateCannotConfirm(_ fact: Fact) throws {
        let fixture = try CaseFixture()
        let trace = try Self.trace(fixture, try fixture.addTutorialImage().image)
        #expect(trace.row(fact)?.lacksCounterpart == true)
        #expect(trace.row(.commit)?.lacksCounterpart == false)
    }

    @Test(arguments: [false, nil])
    func believesNothingInTheMaterialOfASignatureThatIsNotAuthentic(_ authentic: Bool?) throws {
        let fixture = try CaseFixture()
        let trace = try Self.trace(fixture, try fixture.addTutorialImage(authentic: authentic).image)
        #expect(trace.rows.filter { $0.fact != .imageDigest }.allSatisfy { $0.verdict == .unverified })
        #expect(trace.rows.flatMap(\.values).allSatisfy { $0.basis == .unverified })
        #expect(trace.standing == (authentic == nil ? .unverified : .notAuthentic))
    }

    @Test func doesNotBelieveACertificateThatNobodyChecked() throws {
        let fixture = try CaseFixture()
        let (image, signature) = try fixture.addTutorialImage()
        try fixture.caseFile.write { writer in
            let verdict = try #require(try writer.reader.verdict(of: signature))
            let checks = try writer.reader.checks(of: signature).map { check in
                var changed = check
                if changed.name == "certificate-path" { changed.outcome = .notApplicable }
                return changed
            }
            try writer.replace(verdict, checks: checks)
        }
        let trace = try Self.trace(fixture, image)
        let bases = Set(trace.rows.flatMap(\.values).filter { $0.claim.speaker == .certificate }.map(\.basis))
        #expect(bases == [.unverified])
        #expect(trace.row(.commit)?.verdict == .onlyAsserted)
    }

    @Test func tracesAnUnsignedImageByItsLabels() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("plain")
        try fixture.addClaim(image, .label, "org.opencontainers.image.revision", CaseFixture.commit)
        let trace = try Self.trace(fixture, image)
        #expect(trace.standing == .unsigned)
        #expect(trace.row(.commit)?.verdict == .onlyAsserted)
        #expect(trace.chains.first?.links.map(\.station) == [.image, .commit])
        #expect(trace.chains.first?.links.last?.basis == .unsigned)
    }

    @Test func putsTheBestFoundedChainFirst() throws {
        let fixture = try CaseFixture()
        let (image, good) = try fixture.addTutorialImage()
        let bad = try fixture.addSignature(image, named: "another", authentic: false)
        let trace = try Self.trace(fixture, image)
        #expect(trace.chains.map(\.signatureID) == [good, bad])
    }

    @Test func takesTheNameThatASignedDocumentGives() throws {
        let fixture = try CaseFixture()
        let (image, signature) = try fixture.addTutorialImage()
        try fixture.addClaim(image, .payload, "docker-reference", "registry.example/app", signature: signature)
        #expect(try Self.trace(fixture, image).signedName == "registry.example/app")
    }

    @Test func replacesItsOwnFindingsOnly() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("plain")
        let other = try fixture.addImage("other")
        let tracer = Tracer(caseFile: fixture.caseFile)
        _ = try tracer.run(images: [image, other])
        _ = try tracer.run(images: [image])
        let findings = try fixture.caseFile.read { reader in
            try reader.findings(about: image).count + reader.findings(about: other).count
        }
        #expect(findings == 2)
    }
}
