import ArgumentParser

/// The command `raireki completion`.
struct CompletionCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Write the script by which a shell completes commands, options, values and names of images.",
        discussion: """
            Names and digests of images come from the case that the command line or RAIREKI_CASE names; such names as a \
            shell would take apart are left out.

            EXAMPLES
              raireki completion bash > ~/.local/share/bash-completion/completions/raireki
              raireki completion zsh > ~/.zfunc/_raireki
              raireki completion fish > ~/.config/fish/completions/raireki.fish

            For one session of bash: source <(raireki completion bash). Zsh needs ~/.zfunc in its fpath before compinit.
            """
    )

    /// The shells that are known.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "The shell.") var shell: Shell

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        session.write(Raireki.completionScript(for: kind) + "\n" + (shell == .bash ? BashColons.script : ""))
        return .success
    }
}
