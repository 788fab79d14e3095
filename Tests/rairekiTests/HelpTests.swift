import ArgumentParser
import TestSupport
import Testing

@testable import raireki

@Suite struct HelpTests {
    private static let pages: [(name: String, command: any ParsableCommand.Type)] = [
        ("raireki", Raireki.self), ("investigate", InvestigateCommand.self), ("import", ImportCommand.self),
        ("verify", VerifyCommand.self),
        ("verify-bundle", VerifyBundleCommand.self),
        ("trace", TraceCommand.self), ("check", CheckCommand.self), ("check-claims", CheckClaimsCommand.self),
        ("check-commits", CheckCommitsCommand.self), ("check-log", CheckLogCommand.self), ("rules", RulesCommand.self),
        ("report", ReportCommand.self), ("serve", ServeCommand.self), ("export", ExportCommand.self),
        ("show", ShowCommand.self),
        ("images", ImagesCommand.self), ("commits", CommitsCommand.self), ("case", CaseCommand.self),
        ("case-info", CaseInfoCommand.self),
        ("case-verify", CaseVerifyCommand.self), ("case-seal", CaseSealCommand.self),
        ("files", FilesCommand.self), ("find", FindCommand.self), ("find-file", FindFileCommand.self),
        ("find-images", FindImagesCommand.self), ("timeline", TimelineCommand.self), ("gaps", GapsCommand.self),
        ("distrust", DistrustCommand.self), ("distrust-add", DistrustAddCommand.self),
        ("distrust-list", DistrustListCommand.self), ("distrust-remove", DistrustRemoveCommand.self),
        ("blast", BlastCommand.self), ("tags", TagsCommand.self),
        ("extract", ExtractCommand.self), ("diff", DiffCommand.self), ("secrets", SecretsCommand.self),
        ("lineage", LineageCommand.self),
        ("trust", TrustCommand.self), ("trust-list", TrustListCommand.self), ("trust-show", TrustShowCommand.self),
        ("trust-create", TrustCreateCommand.self), ("trust-update", TrustUpdateCommand.self),
        ("policy", PolicyCommand.self), ("policy-check", PolicyCheckCommand.self), ("sign", SignCommand.self),
        ("attest", AttestCommand.self), ("copy", CopyCommand.self), ("convert", ConvertCommand.self),
        ("keys", KeysCommand.self), ("keys-generate", KeysGenerateCommand.self),
        ("keys-import", KeysImportCommand.self), ("keys-public", KeysPublicCommand.self),
        ("authority", AuthorityCommand.self), ("authority-create", AuthorityCreateCommand.self),
        ("authority-show", AuthorityShowCommand.self), ("authority-log", AuthorityLogCommand.self),
        ("authority-trusted-root", AuthorityTrustedRootCommand.self),
        ("build", BuildCommand.self), ("completion", CompletionCommand.self), ("manual", ManualCommand.self),
    ]

    /// The pages lie in `Tests/Golden/help`; with `RAIREKI_REWRITE` set they are written anew.
    @Test(arguments: pages.indices)
    func readsAsItWasLastReviewed(_ index: Int) throws {
        let page = Self.pages[index]
        let path = SharedData.projectRoot + "/Tests/Golden/help/\(page.name).txt"
        let text = Raireki.helpMessage(for: page.command, columns: 100) + "\n"
        if Environment.isRewriting { try OutputFile.write(text, to: path) }
        #expect(String(decoding: try OutputFile.read(path), as: UTF8.self) == text)
    }

    @Test func teachesEveryCommandByExample() {
        for page in Self.pages where !["policy", "case", "keys", "authority", "find", "check"].contains(page.name) {
            #expect(Raireki.helpMessage(for: page.command).contains("EXAMPLES"), "\(page.name)")
        }
    }

    /// Every example must be a command line that is understood.
    @Test func givesExamplesThatParse() throws {
        let examples = Self.pages.flatMap { page in
            Raireki.helpMessage(for: page.command, columns: 200).replacing("\\\n", with: " ")
                .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        }
        var count = 0
        for words in examples {
            let isVariable = ["RAIREKI_CASE=", "COSIGN_PASSWORD="].contains { words.first?.hasPrefix($0) == true }
            let words = isVariable ? Array(words.dropFirst()) : words
            guard words.first == "raireki", words.count > 1, !words[1].hasPrefix("<"), !words[1].hasPrefix("-"),
                !words.contains("[<images>")
            else { continue }
            let arguments = Self.arguments(of: words)
            #expect(throws: Never.self, "\(arguments)") { try Raireki.parseAsRoot(arguments) }
            count += 1
        }
        #expect(count >= 20)
    }

    /// The words before a pipe, or before the explanation that stands two blanks away.
    private static func arguments(of words: [String]) -> [String] {
        // Quotes as a shell takes them off.
        var arguments = words.dropFirst().prefix { $0 != "|" && $0 != ">" }.map { $0.replacing("'", with: "") }
        let explanations = ["read", "judge", "follow", "write", "list", "sign", "make", "apply"]
        if let end = arguments.firstIndex(where: explanations.contains) { arguments = Array(arguments[..<end]) }
        return arguments
    }
}
