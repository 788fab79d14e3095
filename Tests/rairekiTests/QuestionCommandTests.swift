import ArgumentParser
import CaseFixtures
import CaseIndex
import Cryptography
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// What an investigator asks of a whole case, on the command line.
@Suite struct QuestionCommandTests {
    private static func json(_ run: CommandRun) throws -> JSONValue {
        try JSONValue(parsing: Array(run.output.utf8))
    }

    /// A tutorial's image with its job, and an unsigned one whose label names the same commit.
    private static func fixture() throws -> (fixture: CaseFixture, signed: Digest, labelled: Digest) {
        let fixture = try CaseFixture()
        let signed = try fixture.addTutorialImage(trusted: true).image
        try fixture.addRun()
        let labelled = try fixture.addImage("plain:1")
        try fixture.addClaim(labelled, .label, "org.opencontainers.image.revision", CaseFixture.commit)
        return (fixture, signed, labelled)
    }

    // MARK: - find images

    @Test func findsImagesAndSaysWhatEachHitRestsOn() throws {
        let (fixture, signed, labelled) = try Self.fixture()
        let run = try CommandRun(["find", "images", "--commit", "e83c516", "--format", "json"], case: fixture.path)
        #expect(run.status == .success)
        let images = try #require(try Self.json(run)["images"]?.array)
        let bases = Dictionary(
            uniqueKeysWithValues: images.map { ($0["image"]?.string, $0["matches"]?.array?.first?["basis"]?.string) }
        )
        #expect(bases == ["\(signed)": "certificate-attested", "\(labelled)": "unsigned"])
        let text = try CommandRun(["find", "images", "--commit", "e83c516"], case: fixture.path)
        #expect(text.output.contains("unsigned label org.opencontainers.image.revision"))
        let both = try CommandRun(
            ["find", "images", "--commit", "e83c516", "--runner", "7", "--format", "json"],
            case: fixture.path
        )
        #expect(try Self.json(both)["images"]?.array?.map { $0["image"]?.string } == ["\(signed)"])
    }

    @Test func saysWhenNothingFitsAndWhy() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let run = try CommandRun(["find", "images", "--runner", "99"], case: fixture.path)
        #expect(run.status == .finding && run.output.isEmpty)
        #expect(
            run.talk == """
                no image in the case fits
                hint: certificates name no runner and no person: import the jobs of the CI service

                """
        )
    }

    @Test(arguments: [
        (["find", "images"], "Say what to find"), (["find", "images", "--commit", "xyz1234"], "Not a commit"),
        (["find", "images", "--commit", "abc"], "Not a commit"),
        (["find", "images", "--layer", "sha256:1"], "Not a digest"),
        (["find", "images", "--job", ""], "--job needs a value"),
        (["find", "images", "--between", "2026-03-01"], "--between needs two times"),
        (["find", "images", "--between", "2026-03-02", "2026-03-01"], "before the first"),
        (["find", "images", "--between", "soon", ".."], "Not a time"),
        (["blast", "--between", "2026-03-01", ".."], "Say what --between is about"),
        (["distrust", "add", "--reason", "x"], "Say what is distrusted"),
        (["distrust", "add", "--job", "1", "--reason", " "], "--reason needs a reason"),
        (["timeline"], "Name an image"), (["timeline", "a", "--all"], "not both"),
    ])
    func refusesWhatCannotBeMeant(arguments: [String], reason: String) {
        do {
            _ = try Raireki.parseAsRoot(arguments)
            Issue.record("understood: \(arguments)")
        } catch {
            #expect(Raireki.fullMessage(for: error).contains(reason))
            #expect(Raireki.exitCode(for: error).rawValue == 64)
        }
    }

    @Test func namesAKeyByItsFile() throws {
        let fixture = try CaseFixture()
        let directory = try TemporaryDirectory()
        let path = try directory.write("nonsense", to: "key.pub")
        let bad = try CommandRun(["find", "images", "--key", path], case: fixture.path)
        #expect(bad.status == .failure && bad.talk.contains("not a public key in PEM"))
        let none = try CommandRun(["find", "images", "--key", directory.path("none")], case: fixture.path)
        #expect(none.status == .failure && none.talk.contains("cannot read"))
        let unknown = try CommandRun(
            ["find", "images", "--key", String(repeating: "0a", count: 32)],
            case: fixture.path
        )
        #expect(unknown.status == .finding && unknown.talk.contains("raireki verify --key FILE first"))
    }

    // MARK: - timeline

    @Test func showsATimelineInEveryForm() throws {
        let (fixture, signed, _) = try Self.fixture()
        let text = try CommandRun(["timeline", "app:1.0"], case: fixture.path)
        #expect(text.status == .success && text.output.contains("commit made"))
        let json = try Self.json(try CommandRun(["timeline", "app:1.0", "--format", "json"], case: fixture.path))
        let events = try #require(json["events"]?.array)
        #expect(json["conflicting"] == 0 && events.allSatisfy { $0["images"]?.array == [JSONValue("\(signed)")] })
        let csv = try CommandRun(["timeline", "app:1.0", "--format", "timesketch-csv"], case: fixture.path)
        let lines = csv.output.split(separator: "\r\n")
        #expect(lines.count == events.count + 1)
        #expect(lines[0] == "message,timestamp,datetime,timestamp_desc,event,basis,record,images,conflicts")
        let logged = try #require(lines.first { $0.contains("log-integrated") })
        #expect(logged.contains(",1710869188000000,2024-03-19T17:26:28.000000+00:00,logged,"))
        let jsonLines = try CommandRun(["timeline", "app:1.0", "--format", "timesketch-jsonl"], case: fixture.path)
        let documents = try jsonLines.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(documents.count == events.count)
        #expect(documents.allSatisfy { $0["message"]?.string != nil })
        #expect(documents.allSatisfy { $0["timestamp"]?.int64 ?? 0 > 1_000_000_000_000_000 })
        let body = try CommandRun(["timeline", "app:1.0", "--format", "bodyfile"], case: fixture.path)
        #expect(
            body.output.split(separator: "\n").allSatisfy {
                $0.split(separator: "|", omittingEmptySubsequences: false).count == 11
            }
        )
    }

    @Test func endsWithOneWhenClocksContradict() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addRun { _, _, commit in commit.committer.time = CaseFixture.time.adding(seconds: 9_000) }
        let run = try CommandRun(["timeline", "app:1.0"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(run.output.contains("the commit was made after it was signed as built"))
        #expect(run.talk.contains("clocks that contradict one another"))
        let before = try CommandRun(
            ["timeline", "app:1.0", "--between", "..", "2024-03-19T17:26:27Z"],
            case: fixture.path
        )
        #expect(!before.output.contains("logged") && before.output.contains("certificate valid from"))
    }

    @Test func letsNothingFromEvidenceOutOfItsField() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addRun { job, _, commit in
            commit.subject = "=cmd|'/c calc'!A1\n\u{1B}[31m\"x\", y\u{202E}"
            job.name = "a|b\nc"
        }
        for format in ["text", "timesketch-csv", "timesketch-jsonl", "bodyfile"] {
            let run = try CommandRun(["timeline", "app:1.0", "--format", format], case: fixture.path)
            #expect(!run.output.contains("\u{1B}") && !run.output.contains("\u{202E}"))
            #expect(!run.output.contains("A1\n") && !run.output.contains("b\nc"), "\(format)")
        }
        let body = try CommandRun(["timeline", "app:1.0", "--format", "bodyfile"], case: fixture.path)
        #expect(
            body.output.split(separator: "\n").allSatisfy {
                $0.split(separator: "|", omittingEmptySubsequences: false).count == 11
            }
        )
    }

    @Test func takesTheWholeCase() throws {
        let (fixture, _, _) = try Self.fixture()
        let directory = try TemporaryDirectory()
        let path = directory.path("case.jsonl")
        let run = try CommandRun(
            ["timeline", "--all", "--format", "timesketch-jsonl", "-o", path],
            case: fixture.path
        )
        #expect(run.output.isEmpty && run.talk.contains("events written to"))
        #expect(String(decoding: try OutputFile.read(path), as: UTF8.self).contains("\"event\":\"imported\""))
    }

    // MARK: - gaps

    @Test func tellsWhatToCollect() throws {
        let (fixture, _, labelled) = try Self.fixture()
        let run = try CommandRun(["gaps"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(run.output.contains("unsigned (1)") && run.output.contains("→ Ask the registry for signatures"))
        let json = try Self.json(try CommandRun(["gaps", "plain:1", "--format", "json"], case: fixture.path))
        #expect(json["images"]?.array?.count == 1)
        #expect(json["gaps"]?.array?.allSatisfy { $0["subject"]?.string == "\(labelled)" } == true)
        #expect(json["summary"]?.array?.allSatisfy { $0["collect"]?.string?.isEmpty == false } == true)
        let unknown = try CommandRun(["gaps", "nothing:1"], case: fixture.path)
        #expect(unknown.status == .failure && unknown.talk.contains("raireki images lists them"))
        let empty = try CommandRun(["gaps"], case: try CaseFixture().path)
        #expect(empty.status == .failure)
    }

    // MARK: - distrust and blast

    @Test func notesADistrustAndChangesNothingElse() throws {
        let (fixture, signed, _) = try Self.fixture()
        let path = fixture.path
        let verdicts = try fixture.caseFile.read { reader in
            try reader.signatures().map { try reader.verdict(of: $0.id) }
        }
        let added = try CommandRun(
            ["distrust", "add", "--runner", "7", "--reason", "host taken over \u{1B}[31m"],
            case: path
        )
        #expect(added.status == .success, "\(added.talk)")
        #expect(added.output == "#1 runner 7: host taken over \\u{1b}[31m\n")
        #expect(added.talk.contains("1 image matched"))
        let activity = try #require(try fixture.caseFile.read { try $0.activities() }.last)
        #expect(activity.verb == "distrust add" && activity.result == #"{"distrusts":[1]}"#)
        #expect(
            try fixture.caseFile.read { reader in try reader.signatures().map { try reader.verdict(of: $0.id) } }
                == verdicts
        )
        let again = try CommandRun(["distrust", "add", "--runner", "7", "--reason", "same"], case: path)
        #expect(again.talk == "noted already\n")

        let blast = try CommandRun(["blast", "--format", "json"], case: path)
        #expect(blast.status == .finding)
        #expect(try Self.json(blast)["images"]?.array?.map { $0["image"]?.string } == ["\(signed)"])
        for command in [["trace", "app:1.0"], ["report", "--format", "json"]] {
            let run = try CommandRun(command, case: path)
            #expect(run.talk.contains("hint: raireki blast shows what is affected"), "\(command)")
        }
        #expect(try CommandRun(["distrust", "list"], case: path).output == added.output)

        #expect(try CommandRun(["distrust", "remove", "1"], case: path).status == .success)
        let none = try CommandRun(["blast"], case: path)
        #expect(none.status == .failure && none.talk.hasPrefix("error: nothing is distrusted\n"))
        let gone = try CommandRun(["distrust", "remove", "1"], case: path)
        #expect(gone.status == .failure && gone.talk.contains("no distrust has the number: 1"))
        #expect(!(try CommandRun(["trace", "app:1.0"], case: path)).talk.contains("distrust"))
        // A number is never given again.
        let second = try CommandRun(["distrust", "add", "--job", "5678", "--reason", "x"], case: path)
        #expect(second.output.hasPrefix("#2 job 5678"))
        #expect(try CommandRun(["case", "verify"], case: path).status == .success)
    }

    @Test func asksWithoutNoting() throws {
        let (fixture, signed, _) = try Self.fixture()
        let directory = try TemporaryDirectory()
        let list = directory.path("deny.csv")
        let count = try fixture.caseFile.read { try $0.activities().count }
        let run = try CommandRun(
            ["blast", "--identity", CaseFixture.identity, "--deny-list", list],
            case: fixture.path
        )
        #expect(run.status == .finding)
        #expect(run.output.contains("affected    1 directly, 0 through others"))
        let rows = String(decoding: try OutputFile.read(list), as: UTF8.self).split(separator: "\r\n")
        #expect(rows.count == 2 && rows[1].hasPrefix("\(signed),app:1.0,direct,,"))
        #expect(try fixture.caseFile.read { try $0.activities().count } == count)
        #expect(try fixture.caseFile.read { try $0.distrusts() }.isEmpty)
        let nobody = try CommandRun(["blast", "--identity", "https://git.example/nobody"], case: fixture.path)
        #expect(nobody.status == .success && nobody.output.contains("no image is affected"))
    }

    // MARK: - tags

    @Test func tellsWhenANameMoved() throws {
        let fixture = try CaseFixture()
        let old = try fixture.addTutorialImage("group/app:1").image
        let new = try fixture.addImage("group/app:2")
        try fixture.addImage("group/still:1")
        try fixture.addReference("group/app:latest (earlier)", old, key: "registry tag history")
        try fixture.addReference("group/app:latest", new, key: "registry tag")
        let run = try CommandRun(["tags", "--moved", "--format", "json"], case: fixture.path)
        #expect(run.status == .finding)
        let tags = try #require(try Self.json(run)["tags"]?.array)
        #expect(tags.map { $0["name"]?.string } == ["group/app:latest"])
        #expect(tags[0]["sightings"]?.array?.map { $0["digest"]?.string } == ["\(old)", "\(new)"])
        #expect(tags[0]["sightings"]?.array?.first?["notBeforeBasis"]?.string == "log-attested")
        let still = try CommandRun(["tags", "still:1"], case: fixture.path)
        #expect(still.status == .success && !still.output.contains("moved"))
        #expect(try CommandRun(["tags", "nothing"], case: fixture.path).status == .failure)
    }
}
