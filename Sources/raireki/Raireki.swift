import ArgumentParser
internal import Cryptography
internal import Glibc

/// The command line: each verb is a file in `Commands`.
@main
struct Raireki: ParsableCommand {
    /// The version that the custody log and `--version` name.
    static let version = "0.1.0"
    /// The day of that version, for its manual pages.
    static let versionDate = "2026-11-25"

    static let configuration = CommandConfiguration(
        commandName: "raireki",
        abstract: "Offline audit and forensics for container images.",
        discussion: """
            Raireki keeps what it learns in one file, the case. No command opens a network connection but export, to \
            the database that you name; serve listens on 127.0.0.1.

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

            HELP IN THE SHELL
              source <(raireki completion bash)         complete commands, options and names of images (also zsh, fish)
              raireki manual report | man -l -          read a command's help as a manual page
            """,
        version: version,
        subcommands: [
            InvestigateCommand.self, ImportCommand.self, VerifyCommand.self, TraceCommand.self, CheckCommand.self,
            RulesCommand.self, ReportCommand.self, ServeCommand.self, ExportCommand.self,
            ShowCommand.self, ImagesCommand.self, FilesCommand.self, FindCommand.self, ExtractCommand.self,
            DiffCommand.self, SecretsCommand.self, LineageCommand.self, TagsCommand.self, CommitsCommand.self,
            TimelineCommand.self, GapsCommand.self, DistrustCommand.self, BlastCommand.self, CaseCommand.self,
            PolicyCommand.self, VerifyBundleCommand.self, TrustCommand.self, SignCommand.self, AttestCommand.self,
            KeysCommand.self,
            AuthorityCommand.self, CopyCommand.self, ConvertCommand.self, BuildCommand.self, CompletionCommand.self,
            ManualCommand.self,
        ]
    )

    /// Runs the command that the arguments name.
    static func main() {
        OpenSSLConfiguration.forProgram()
        let arguments = RawArguments.ofProcess
        guard arguments.first == "verify-bundle", let question = BundleQuestion(plain: arguments.dropFirst())
        else { return main(arguments) }
        // Everything is written: what libraries would tidy up now, the system takes back at once.
        Glibc._exit(Session.process().perform(in: question.manner, question.answer).rawValue)
    }
}
