import ArgumentParser
internal import Cryptography
internal import Glibc

/// The command line: each verb is a file in `Commands`.
@main
struct Raireki: ParsableCommand {
    /// The version that the custody log and `--version` name.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "raireki",
        abstract: "Offline audit and forensics for container images.",
        discussion: """
            Raireki keeps what it learns in one file, the case. No command opens a network connection but export, to \
            the database that you name.

            EXAMPLES
              raireki investigate /media/usb/* -o report.html   all of the following in one
              raireki import /media/usb/*               read image layouts, folders or tar archives
              raireki verify                            judge every signature by every check
              raireki trace app:1.0                     follow an image back to its pipeline and commit
              raireki check claims --all                apply every rule to every image
              raireki report -o report.html             write the provenance report
              raireki export --jsonl folder/            write the case for other tools, or into PostgreSQL
              raireki images                            list what the case holds
              raireki sign --key cosign.key layout/     sign an image in a layout
              raireki build . -t app:1.0 -o layout      make an image, the same bytes every day
              raireki files app:1.0 --deleted           list what its layers deleted or overwrote
              raireki find file --path '**/id_rsa'      list every image that has, or had, such a file
              raireki find images --runner 42           list what this runner built
              raireki blast --key cosign.pub            list what is affected when this key was stolen
              raireki timeline app:1.0                  show in what order it happened
              raireki gaps                              list what is missing, and what to collect
              raireki commits 4d329c75                  look at a commit of its repositories

            The case is case.raireki in the current folder, unless --case or RAIREKI_CASE names another file.

            EXIT STATUS
              0  nothing wrong
              1  evidence is incomplete, a check failed, or there is a finding
              2  the work could not be done
              64 the arguments are not understood

            SHELL COMPLETION
              raireki --generate-completion-script bash > /etc/bash_completion.d/raireki
              (also zsh and fish)
            """,
        version: version,
        subcommands: [
            InvestigateCommand.self, ImportCommand.self, VerifyCommand.self, TraceCommand.self, CheckCommand.self,
            RulesCommand.self, ReportCommand.self, ExportCommand.self,
            ShowCommand.self, ImagesCommand.self, FilesCommand.self, FindCommand.self, ExtractCommand.self,
            DiffCommand.self, SecretsCommand.self, LineageCommand.self, TagsCommand.self, CommitsCommand.self,
            TimelineCommand.self, GapsCommand.self, DistrustCommand.self, BlastCommand.self, CaseCommand.self,
            PolicyCommand.self, VerifyBundleCommand.self, TrustCommand.self, SignCommand.self, AttestCommand.self,
            KeysCommand.self,
            AuthorityCommand.self, CopyCommand.self, ConvertCommand.self, BuildCommand.self,
        ]
    )

    /// Runs the command that the arguments name.
    static func main() {
        OpenSSLConfiguration.forProgram()
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.first == "verify-bundle", let question = BundleQuestion(plain: arguments.dropFirst())
        else { return main(nil) }
        // Everything is written: what libraries would tidy up now, the system takes back at once.
        Glibc._exit(Session.process().perform(question.answer).rawValue)
    }
}
