import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import raireki

@Suite struct ImageNameTests {
    private static func resolve(_ text: String, _ fixture: CaseFixture) throws -> [Digest] {
        try ImageName.resolve([text], in: fixture.caseFile)
    }

    @Test func findsAnImageByDigestByItsBeginningAndByName() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("registry.example/group/app:1.0")
        let texts = [
            "\(image)", image.hex, String(image.hex.prefix(7)), "sha256:" + image.hex.prefix(9),
            "registry.example/group/app:1.0", "group/app:1.0", "app:1.0", "1.0",
        ]
        for text in texts { #expect(try Self.resolve(text, fixture) == [image], "\(text)") }
    }

    @Test func givesEveryImageWhenNoneIsNamedAndEachOnce() throws {
        let fixture = try CaseFixture()
        let images = [try fixture.addImage("a"), try fixture.addImage("b")].sorted()
        #expect(try ImageName.resolve([], in: fixture.caseFile) == images)
        #expect(try ImageName.resolve(["a", "a"], in: fixture.caseFile).count == 1)
    }

    @Test(arguments: ["nothing", "sha256:\(String(repeating: "0", count: 64))", "0000000", "%", "app_1", ""])
    func refusesWhatIsNotInTheCase(_ text: String) throws {
        let fixture = try CaseFixture()
        try fixture.addImage("app:1")
        #expect(throws: ImageNameError.unknown(text)) { try Self.resolve(text, fixture) }
    }

    @Test func refusesTheBeginningOfADigestThatIsTooShort() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let text = String(image.hex.prefix(6))
        #expect(throws: ImageNameError.tooShort(text)) { try Self.resolve(text, fixture) }
    }

    @Test func listsTheCandidatesOfAnAmbiguousName() throws {
        let fixture = try CaseFixture()
        let images = [try fixture.addImage("one/app:1"), try fixture.addImage("two/app:1")].sorted()
        #expect(throws: ImageNameError.ambiguous("app:1", candidates: images)) { try Self.resolve("app:1", fixture) }
        let run = try CommandRun(["show", "app:1"], case: fixture.path)
        #expect(run.status == .failure)
        #expect(
            run.talk == "error: 2 images fit: app:1\n" + images.map { "hint: it may mean \($0)\n" }.joined()
        )
    }

    @Test func prefersAnExactNameToTheEndOfAnother() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app:1")
        try fixture.addImage("one/app:1")
        #expect(try Self.resolve("app:1", fixture) == [image])
    }

    @Test func namesADigestThatOnlySignaturesMention() throws {
        let fixture = try CaseFixture()
        let absent = CaseFixture.digest("absent")
        try fixture.addSignature(absent)
        #expect(try Self.resolve(String(absent.hex.prefix(8)), fixture) == [absent])
    }
}
