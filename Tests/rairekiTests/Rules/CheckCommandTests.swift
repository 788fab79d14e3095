import ArgumentParser
import CaseIndex
import Correlation
import Cryptography
import Foundation
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// `rules`, and the commands below `check`.
@Suite struct CheckCommandTests {
    private static func json(_ run: CommandRun) throws -> JSONValue {
        try JSONValue(parsing: Array(run.output.utf8))
    }

    // MARK: - Rules

    @Test func listsEveryRuleInALine() throws {
        let run = try CommandRun(["rules"])
        #expect(run.status == .success)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == Rules.all.count + 1)
        for rule in Rules.all {
            #expect(lines.contains { $0.hasPrefix("\(rule.id) ") && $0.hasSuffix(rule.guidance.summary) }, "\(rule.id)")
        }
        let listed = try Self.json(try CommandRun(["rules", "--format", "json"]))["rules"]?.array ?? []
        #expect(listed.compactMap { $0["id"]?.string } == Rules.all.map(\.id))
    }

    @Test(arguments: Rules.all.map(\.id))
    func explainsARule(id: String) throws {
        let rule = try #require(Rules.rule(id))
        let run = try CommandRun(["rules", id])
        #expect(run.status == .success)
        #expect(run.output.hasPrefix("\(id) (\(rule.severity.rawValue))\n"))
        let texts = [rule.guidance.examines, rule.guidance.innocentCause, rule.guidance.collect, rule.explanation]
        for text in texts {
            #expect(run.output.contains(text))
            #expect(text.utf8.count > 12 && text.hasSuffix("."), "\(text)")
        }
        #expect(rule.guidance.summary.utf8.count < 120)
    }

    @Test func refusesAnUnknownRuleWithAHint() throws {
        let run = try CommandRun(["rules", "no-such\u{1B}[31m"])
        #expect(run.status == .failure && run.output.isEmpty)
        #expect(run.talk.hasPrefix("error: no such rule: no-such") && run.talk.contains("hint: raireki rules lists"))
        #expect(!run.talk.contains("\u{1B}"))
    }

    // MARK: - Claims

    @Test func saysByItsStatusWhetherAnythingDisagrees() throws {
        let clean = try CheckedCase(try GeneratedCase())
        let good = try CommandRun(["check", "claims", "1.4.0"], case: clean.path)
        #expect(good.status == .success && good.output.contains("no findings"))
        #expect(try CommandRun(["check", "claims", "--all"], case: clean.path).output == "no findings\n")

        var made = try GeneratedCase()
        made.build.annotations["com.gitlab.ci.commit.sha"] = RulePair.otherCommit
        let bad = try CheckedCase(made)
        let text = try CommandRun(["check", "claims", "1.4.0"], case: bad.path)
        #expect(text.status == .finding && text.output.contains("commit-contradiction"))
        #expect(text.talk.contains("1 image: ") && !text.talk.contains(" 0 errors"))
        let all = try CommandRun(["check", "claims", "--all"], case: bad.path)
        #expect(all.output.contains("RULE ") && all.status == .finding)
    }

    @Test func doesNotFailForANote() throws {
        var made = try GeneratedCase()
        made.build.isReferrer = true
        let checked = try CheckedCase(made)
        #expect(checked.rules == ["referrer-only"] && checked.check.status == .success)
    }

    @Test(arguments: [["check", "claims"], ["check", "claims", "--all", "x"], ["check", "commits"]])
    func wantsToKnowWhichImages(arguments: [String]) {
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(arguments) }
    }

    @Test func keepsWhatComparesImagesWhenAnImageIsTracedAgain() throws {
        var made = try GeneratedCase()
        made.addEarlier(3)
        made.build.job.pipelineSource = "web"
        let checked = try CheckedCase(made)
        #expect(checked.rules == ["first-seen-trigger"])
        _ = try CommandRun(["trace", "1.4.0"], case: checked.path)
        let report = try CommandRun(["check", "claims", "1.4.0", "--format", "json"], case: checked.path)
        #expect(report.output.contains("first-seen-trigger"))
    }

    // MARK: - SARIF

    @Test func writesSARIFAsTheFormatAsks() throws {
        var made = try GeneratedCase()
        made.build.annotations["com.gitlab.ci.commit.sha"] = RulePair.otherCommit
        let checked = try CheckedCase(made)
        let run = try CommandRun(["check", "claims", "--all", "--format", "sarif"], case: checked.path)
        #expect(run.status == .finding)
        let document = try Self.json(run)
        #expect(document["version"]?.string == "2.1.0" && document["$schema"]?.string?.hasSuffix("2.1.0.json") == true)
        let one = try #require(document["runs"]?.array?.first)
        let driver = try #require(one["tool"]?["driver"])
        let rules = try #require(driver["rules"]?.array)
        #expect(driver["name"]?.string == "raireki" && rules.count == Rules.all.count)
        for rule in rules {
            let level = try #require(rule["defaultConfiguration"]?["level"]?.string)
            #expect(["error", "warning", "note"].contains(level))
            for member in ["shortDescription", "fullDescription", "help"] {
                #expect(rule[member]?["text"]?.string?.isEmpty == false)
            }
        }
        let results = try #require(one["results"]?.array)
        #expect(results.count == checked.findings.count && !results.isEmpty)
        for result in results {
            let index = try #require(result["ruleIndex"]?.int64)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            let place = try #require(result["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"])
            let number = Int(try #require(place["index"]?.int64))
            let artifact = try #require(one["artifacts"]?.array?[number])
            #expect(artifact["location"]?["uri"] == place["uri"])
            let hash = try #require(artifact["hashes"]?["sha-256"]?.string)
            #expect(place["uri"]?.string == "sha256:\(hash)")
            #expect(result["partialFingerprints"]?["finding/v1"]?.string?.utf8.count == 64)
        }
        #expect(one["invocations"]?.array?.first?["executionSuccessful"]?.bool == true)
    }

    /// `RAIREKI_SARIF_SCHEMA` names OASIS's schema, where it is at hand; Python's jsonschema compares.
    @Test(.enabled(if: CheckCommandTests.schema != nil, "RAIREKI_SARIF_SCHEMA names no schema of SARIF"))
    func writesSARIFThatItsSchemaAccepts() throws {
        var made = try GeneratedCase()
        made.build.annotations["com.gitlab.ci.commit.sha"] = RulePair.otherCommit
        let checked = try CheckedCase(made)
        let run = try CommandRun(["check", "claims", "--all", "--format", "sarif"], case: checked.path)
        let file = try checked.directory.write(run.output, to: "findings.sarif")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import json,sys,jsonschema; jsonschema.validate(*[json.load(open(p)) for p in sys.argv[1:]])", file,
            try #require(Self.schema),
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    static let schema = ProcessInfo.processInfo.environment["RAIREKI_SARIF_SCHEMA"]

    // MARK: - Commits

    private static func commits(_ made: GeneratedCase) throws -> (CommandRun, JSONValue) {
        let checked = try CheckedCase(made)
        let run = try CommandRun(["check", "commits", "--all", "--format", "json"], case: checked.path)
        return (run, try #require(try json(run)["commits"]?.array?.first))
    }

    @Test func findsACommitOnItsBranchSinceItWasMade() throws {
        let made = try GeneratedCase()
        let (run, answer) = try Self.commits(made)
        #expect(run.status == .success && answer["answer"]?.string == "on-branch")
        #expect(answer["recordedAsProtected"]?.bool == nil || answer["recordedAsProtected"]?.bool == true)
        let branch = try #require(answer["branches"]?.array?.first)
        #expect(branch["branch"]?.string == "refs/heads/main" && branch["since"]?.string == made.commits[1])
    }

    @Test func findsACommitThatWasForcedAway() throws {
        var made = try GeneratedCase()
        try made.repository.git(["update-ref", "refs/keep-around/\(made.commits[1])", made.commits[1]])
        try made.repository.git(["reset", "--quiet", "--hard", made.commits[0]])
        let (run, answer) = try Self.commits(made)
        #expect(run.status == .finding && answer["answer"]?.string == "not-on-branch")
        #expect(answer["present"]?.bool == true)
        made.build.job.commit = RulePair.otherCommit
        let (_, absent) = try Self.commits(made)
        #expect(absent["answer"]?.string == "unknown" && absent["present"]?.bool == false)
    }

    @Test func findsACommitThatWasMergedAfterItWasBuilt() throws {
        var made = try GeneratedCase()
        try made.repository.git(["checkout", "--quiet", "-b", "feature"])
        let feature = try made.repository.commit("A feature", file: "feature")
        try made.repository.git(["checkout", "--quiet", "main"])
        try made.repository.commit("Meanwhile", file: "meanwhile")
        try made.repository.git(
            ["merge", "--quiet", "--no-ff", "-m", "Merge the feature", "feature"],
            at: made.sigstore.time.adding(seconds: 86_400).seconds
        )
        let merge = try made.repository.git(["rev-parse", "HEAD"])
        made.build.job.commit = feature
        let (run, answer) = try Self.commits(made)
        #expect(run.status == .finding && answer["answer"]?.string == "later")
        #expect(answer["branches"]?.array?.first?["since"]?.string == merge)
        let checked = try CheckedCase(made)
        let text = try CommandRun(
            ["check", "commits", "1.4.0", "--protected", "feature"],
            case: checked.path
        )
        #expect(text.status == .success, "\(text.output)\(text.talk)")
        #expect(text.output.contains("refs/heads/feature"))
    }

    @Test func saysThatThereIsNoRepository() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let layout = try SignedLayout(storage: .legacy).write(to: directory)
        _ = try CommandRun(["import", layout], case: path)
        let run = try CommandRun(["check", "commits", "--all"], case: path)
        #expect(run.status == .failure && run.talk.contains("no repository") && run.talk.contains("hint: "))
    }

    // MARK: - Log

    @Test func findsSignaturesWithoutAnEntryAndEntriesWithoutAnArtifact() throws {
        let clean = try CheckedCase(try GeneratedCase())
        let good = try CommandRun(["check", "log"], case: clean.path)
        #expect(good.status == .success && good.output.contains("every log entry has its artifact"))

        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        var sigstore = try VirtualSigstore()
        let plan = SigningPlan(log: .none, isStamped: true)
        let image = try SignedLayout()
        var layout = image.layout
        layout.store(
            signatures: [try sigstore.signedImage(image.image.digest, plan: plan).layer],
            of: image.image,
            as: .legacy
        )
        try LayoutWriter.write(layout, to: directory.path("layout"))
        let loose = try directory.write(try sigstore.attested().bundle.bytes, to: "loose.sigstore.json")
        _ = try CommandRun(["import", directory.path("layout"), loose], case: path)
        let run = try CommandRun(["check", "log", "--format", "json"], case: path)
        #expect(run.status == .finding)
        let document = try Self.json(run)
        let orphans = try #require(document["entriesWithoutArtifact"]?.array)
        #expect(orphans.map { $0["digest"]?.string } == ["\(Digest(hashing: sigstore.artifact))"])
        let unlogged = try #require(document["signaturesWithoutEntry"]?.array)
        #expect(unlogged.map { $0["subject"]?.string } == ["\(image.image.digest)"])
        let text = try CommandRun(["check", "log"], case: path)
        #expect(text.output.contains("log entries without an artifact"))
        #expect(text.output.contains("signatures without a log entry"))
    }
}
