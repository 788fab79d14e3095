import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// The story that `samples/` tells: releases that are well, one whose commit is denied by its certificate, one whose
/// layer was altered, one that nobody signed.
@Suite struct SampleStoryTests {
    private static let samples = SharedData.projectRoot + "/samples"

    private static let evidence = [
        "gateway-2.0.0", "payments-1.4.0", "payments-1.4.1", "payments-1.4.2", "payments-1.4.3",
        "payments-1.4.3-debug.tar",
    ]

    private static let verify = [
        "verify", "--trusted-root", samples + "/trusted_root.json", "--certificate-identity-regexp",
        "https://gitlab\\.example\\.com/acme/[a-z]+//\\.gitlab-ci\\.yml@refs/(heads|tags)/.+",
        "--certificate-oidc-issuer", "https://gitlab.example.com",
    ]

    private static func openedCase(_ directory: TemporaryDirectory) throws -> String {
        let path = directory.path("case.raireki")
        let paths = evidence.map { samples + "/evidence/" + $0 }
        // The altered layer is noticed on import already.
        #expect(try CommandRun(["import"] + paths, case: path).status == .finding)
        return path
    }

    @Test func givesEveryImageItsOwnVerdict() throws {
        let directory = try TemporaryDirectory()
        let path = try Self.openedCase(directory)
        #expect(try CommandRun(Self.verify, case: path).status == .finding)
        let report = try CommandRun(["report", "--format", "json"], case: path)
        #expect(report.status == .finding)
        let images = try #require(try JSONValue(parsing: Array(report.output.utf8))["images"]?.array)
        let standings = images.map { image in
            let name = image["names"]?.array?.first?.string ?? "?"
            return "\(name.split(separator: "/").last ?? "?") \(image["standing"]?.string ?? "?")"
        }
        #expect(
            standings.sorted() == [
                "gateway:2.0.0 trusted", "payments:1.4.0 trusted", "payments:1.4.1 trusted",
                "payments:1.4.2 contradicted", "payments:1.4.3 altered", "payments:1.4.3-debug unsigned",
            ]
        )
    }

    @Test(arguments: [
        ("payments:1.4.0", []), ("payments:1.4.1", []), ("gateway:2.0.0", []),
        ("payments:1.4.2", ["commit-contradiction", "unsigned-contradiction"]),
        ("payments:1.4.3", ["altered-content", "signature-not-authentic"]),
        ("payments:1.4.3-debug", ["unsigned-image"]),
    ])
    func findsInEachImageWhatIsWrongWithIt(_ name: String, _ rules: [String]) throws {
        let directory = try TemporaryDirectory()
        let path = try Self.openedCase(directory)
        _ = try CommandRun(Self.verify, case: path)
        let trace = try CommandRun(["trace", name, "--format", "json"], case: path)
        #expect(trace.status == (rules.isEmpty ? .success : .finding))
        let findings = try #require(
            try JSONValue(parsing: Array(trace.output.utf8))["images"]?.array?.first?["findings"]?.array
        )
        // Notes tell what is worth knowing; the story is of what is wrong.
        let wrong = findings.filter { $0["severity"]?.string != "note" }
        #expect(Set(wrong.compactMap { $0["rule"]?.string }) == Set(rules))
    }

    @Test func trustsNothingUnderThePublicRoot() throws {
        let directory = try TemporaryDirectory()
        let path = try Self.openedCase(directory)
        let run = try CommandRun(["verify"], case: path)
        #expect(run.status == .finding)
        #expect(run.talk == "6 images, 6 signatures: 0 authentic, 0 trusted\n")
        #expect(run.output.contains("chain.untrusted"))
    }

    @Test func printsForJqWhatTheTutorialExpects() throws {
        let directory = try TemporaryDirectory()
        let path = try Self.openedCase(directory)
        let run = try CommandRun(
            Self.verify + ["payments:1.4.0", "-a", "tag=1.4.0", "--format", "cosign"],
            case: path
        )
        #expect(run.status == .success)
        let element = try #require(try JSONValue(parsing: Array(run.output.utf8)).array?.first)
        #expect(element["optional"]?["tag"] == "1.4.0")
        #expect(element["optional"]?["com.gitlab.ci.job.id"]?.string?.isEmpty == false)
        #expect(element["optional"]?["Bundle"]?["Payload"]?["logIndex"]?.int64 != nil)
        let wrong = try CommandRun(
            Self.verify + ["payments:1.4.0", "-a", "tag=1.4.1", "--format", "cosign"],
            case: path
        )
        #expect(wrong.status == .finding)
        #expect(wrong.output == "\n[]\n")
        #expect(wrong.talk.contains("is not as expected"))
    }
}
