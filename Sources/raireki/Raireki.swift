import ArgumentParser

/// The command line: each verb is a file in `Commands`.
@main
struct Raireki: ParsableCommand {
    /// The version that the custody log and `--version` name.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "raireki",
        abstract: "Offline audit and forensics for container images.",
        discussion: """
            Raireki keeps what it learns in one file, the case, and never opens a network connection.

            EXAMPLES
              raireki investigate /media/usb/* -o report.html   all of the following in one
              raireki import /media/usb/*               read image layouts, folders or tar archives
              raireki verify                            judge every signature by every check
              raireki trace app:1.0                     follow an image back to its pipeline and commit
              raireki report -o report.html             write the provenance report
              raireki images                            list what the case holds
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
            InvestigateCommand.self, ImportCommand.self, VerifyCommand.self, TraceCommand.self, ReportCommand.self,
            ShowCommand.self, ImagesCommand.self, CommitsCommand.self, CaseCommand.self, PolicyCommand.self,
            VerifyBundleCommand.self,
            TrustCommand.self,
        ]
    )
}
