import ArgumentParser
import Sigstore
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// Policies on the command line, over the payments case.
@Suite struct PolicyCommandTests {
    private static let samples = SharedData.projectRoot + "/samples"
    private static let trust = ["--trusted-root", samples + "/trusted_root.json"]

    /// Runs `verify` over the evidence of the sample.
    private static func verify(_ policy: String, _ arguments: String...) throws -> CommandRun {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        _ = try CommandRun(
            [
                "import", samples + "/evidence/payments-1.4.0", samples + "/evidence/payments-1.4.1",
                samples + "/evidence/payments-1.4.3", samples + "/evidence/gateway-2.0.0",
            ],
            case: path
        )
        return try CommandRun(["verify", "--policy", policy] + trust + arguments, case: path)
    }

    private static func outcomes(_ run: CommandRun) throws -> [String: String] {
        let images = try JSONValue(parsing: Array(run.output.utf8))["policy"]?["images"]?.array ?? []
        return Dictionary(
            uniqueKeysWithValues: images.map {
                ($0["names"]?.array?.first?.string ?? "", $0["outcome"]?.string ?? "")
            }
        )
    }

    @Test func findsInTheSampleWhatItsPolicyAsksFor() throws {
        let run = try Self.verify(Self.samples + "/policy.yaml", "--format", "json")
        #expect(run.status == .finding)
        #expect(
            try Self.outcomes(run) == [
                "acme/payments:1.4.0": "met", "acme/payments:1.4.1": "met", "acme/payments:1.4.3": "not-met",
                "acme/gateway:2.0.0": "met",
            ]
        )
        #expect(run.talk.contains("policy: 3 of 4 images met\n"))
    }

    @Test func succeedsWhereEveryImageMeetsItsRules() throws {
        let run = try Self.verify(Self.samples + "/policy.yaml", "1.4.0", "1.4.1", "2.0.0")
        #expect(run.status == .success)
        #expect(run.output.contains("✓ rule payments provenance: met"))
        #expect(run.output.contains("✓ a signature by each: 1 of 1"))
    }

    @Test func saysWhichImagesNoRuleNamesAndWhichRulesNameNone() throws {
        let directory = try TemporaryDirectory()
        let policy = directory.path("policy.yaml")
        let signer = "{identityPattern: 'https://gitlab.example.com/**', issuer: 'https://gitlab.example.com'}"
        let rules = [("gateway", "acme/gateway:*"), ("nothing", "acme/nothing")].map { name, image in
            "- {name: \(name), images: ['\(image)'], signatures: {anyOf: [\(signer)]}}\n"
        }
        try OutputFile.write("version: 1\nrules:\n" + rules.joined(), to: policy)
        let run = try Self.verify(policy, "1.4.0", "2.0.0")
        #expect(run.status == .finding)
        #expect(run.output.contains("✗ no rule names the image"))
        #expect(run.output.contains("rules that name none of the images: nothing"))
        #expect(run.talk.contains("policy: 1 of 2 images met, 1 named by no rule"))
    }

    @Test func explainsAPolicy() throws {
        let run = try CommandRun(["policy", "check", Self.samples + "/policy.yaml"])
        #expect(run.status == .success)
        #expect(
            run.output.contains(
                "rule gateway\n  An image is meant when it is one of:\n    a name like acme/gateway:*\n"
            )
        )
        #expect(run.output.contains("Source Repository Ref refs/heads/main"))
        let json = try CommandRun(["policy", "check", Self.samples + "/policy.yaml", "--format", "json"])
        let document = try JSONValue(parsing: Array(json.output.utf8))
        #expect(document["schema"]?.string == "urn:raireki:policy:1")
        #expect(document["rules"]?.array?.count == 3)
    }

    @Test func saysWhatCountsForNoRuleAndWhatAPatternLetsThrough() throws {
        let directory = try TemporaryDirectory()
        let policy = directory.path("policy.yaml")
        let plain = "{identityRegexp: 'https://gitlab\\.example\\.com/.*', issuer: 'https://gitlab.example.com'}"
        let foreign = "{notaryIdentity: '*'}, {openPGPKey: \(String(repeating: "A", count: 40))}"
        func check(_ signers: String) throws -> CommandRun {
            try OutputFile.write("version: 1\nrules:\n- images: [a]\n  signatures: {anyOf: [\(signers)]}\n", to: policy)
            return try CommandRun(["policy", "check", policy])
        }
        let silent = try check(plain)
        #expect(silent.output.contains("note: signatures in the Notary Project's format count for no rule"))
        #expect(silent.output.contains("note: signatures in OpenPGP count for no rule"))
        let loose = try check(plain.replacing("\\.", with: "."))
        #expect(loose.output.contains("a dot stands for any character"))
        let named = try check(foreign)
        #expect(named.output.contains("in the Notary Project's format, anybody whom the trust store vouches for"))
        #expect(named.output.contains("in OpenPGP, the key AAAA"))
        #expect(named.output.contains("judged by what --notary-trust-store gives"))
        #expect(named.output.contains("judged by what --openpgp-keyring gives"))
        // Without what tells those signers, nothing is judged.
        let refused = try Self.verify(policy)
        #expect(refused.status == .failure)
        #expect(refused.talk.contains("only --notary-trust-store can tell"))
        #expect(refused.talk.contains("hint: give --notary-trust-store"))
        #expect(!silent.output.contains("a dot stands for any character"))
    }

    @Test func saysWhatIsWrongWithAPolicyAndWhere() throws {
        let directory = try TemporaryDirectory()
        let policy = directory.path("policy.yaml")
        try OutputFile.write("version: 1\nrules:\n- images: [a]\n  signature: {}\n", to: policy)
        for arguments in [["policy", "check", policy], ["verify", "--policy", policy]] {
            let path = directory.path("case.raireki")
            _ = try CommandRun(["import", Self.samples + "/evidence/payments-1.4.0"], case: path)
            let run = try CommandRun(arguments, case: path)
            #expect(run.status == .failure)
            #expect(run.output.isEmpty)
            #expect(
                run.talk == """
                    error: \(policy):4: rules[0]: unknown key: signature
                    hint: known here: name, images, signatures, attestations

                    """
            )
        }
    }

    @Test func readsKeysBesideThePolicy() throws {
        let directory = try TemporaryDirectory()
        let policy = directory.path("policy.yaml")
        let rule = "version: 1\nrules:\n- images: [a]\n  signatures: {anyOf: [{key: a.pub}]}\n"
        try OutputFile.write(rule, to: policy)
        let missing = try CommandRun(["policy", "check", policy])
        #expect(missing.status == .failure)
        #expect(missing.talk.contains("policy.yaml:4: rules[0].signatures.anyOf[0].key: cannot read ("))
        #expect(missing.talk.contains("hint: paths of keys begin at the policy's folder"))
        try OutputFile.write("no key", to: directory.path("a.pub"))
        #expect(try CommandRun(["policy", "check", policy]).talk.contains("not a public key in PEM"))
    }

    @Test(arguments: [
        (["--policy", "p", "--key", "k"], "Give --policy, or one expectation"),
        (["--policy", "p", "-a", "x=y"], "Give --policy, or one expectation"),
        (
            ["--policy", "p", "--notary-identity", "*", "--notary-trust-store", "s"],
            "Give --policy, or one expectation"
        ),
        (["--policy", "p", "--certificate-extension", "12=x"], "Give --policy, or one expectation"),
        (
            ["--certificate-extension", "repository=x"],
            "no extension repository; they have: 1 issuer, 2 github-workflow"
        ),
        (["--certificate-extension", "12"], "An extension is written name=value: 12"),
        (["--certificate-extension", "12=x", "--certificate-extension", "Source Repository URI=y"], "Give one value"),
        (["--certificate-github-workflow-sha", "a", "--certificate-extension", "3=b"], "Give one value"),
        (["--certificate-extension", "12=x", "--key", "k"], "A key has no extensions"),
    ])
    func refusesWhatCannotBeMeantTogether(arguments: [String], reason: String) {
        do {
            _ = try Raireki.parseAsRoot(["verify"] + arguments)
            Issue.record("accepted")
        } catch {
            #expect(Raireki.fullMessage(for: error).replacing("\n", with: " ").contains(reason))
            #expect(Raireki.exitCode(for: error).rawValue == 64)
        }
    }

    @Test func readsCosignsOptionsForWorkflows() throws {
        let options = ["trigger", "sha", "name", "repository", "ref"].flatMap {
            ["--certificate-github-workflow-\($0)", $0]
        }
        let arguments = ["verify"] + options + ["--certificate-extension", "Run Invocation URI=https://x/?a=b"]
        let command = try #require(try Raireki.parseAsRoot(arguments) as? VerifyCommand)
        #expect(
            try command.expectation.certificate.expected() == [
                .githubWorkflowTrigger: "trigger", .githubWorkflowSHA: "sha", .githubWorkflowName: "name",
                .githubWorkflowRepository: "repository", .githubWorkflowRef: "ref",
                .runInvocationURI: "https://x/?a=b",
            ]
        )
    }
}
