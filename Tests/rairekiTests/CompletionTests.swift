import CaseFixtures
import Foundation
import TestSupport
import Testing

@testable import raireki

/// Each shell reads the script that is made for it, and is asked what it would offer.
@Suite struct CompletionTests {
    private static let zsh = "/usr/bin/zsh"
    private static let fish = "/usr/bin/fish"

    /// The environment in which a shell finds the program and the case.
    private static func environment(_ fixture: CaseFixture?, _ directory: TemporaryDirectory) -> [String: String] {
        let folder = URL(fileURLWithPath: ProgramRun.program).deletingLastPathComponent().path
        return [
            "PATH": folder + ":/usr/bin:/bin", "HOME": directory.path,
            "RAIREKI_CASE": fixture?.path ?? directory.path("none"), "TERM": "xterm",
        ]
    }

    private static func write(_ shell: String, to name: String, in directory: TemporaryDirectory) throws -> String {
        let path = directory.path(name)
        try OutputFile.write(try CommandRun(["completion", shell]).output, to: path)
        return path
    }

    private static func caseOfTwo() throws -> CaseFixture {
        let fixture = try CaseFixture()
        _ = try fixture.addImage("acme/app:1.0")
        _ = try fixture.addImage("acme/app:1.1")
        return fixture
    }

    @Test(arguments: [
        ("raireki im", ["images", "import"]), ("raireki check c", ["claims", "commits"]),
        ("raireki report --format s", ["sarif", "svr"]), ("raireki completion ", ["bash", "fish", "zsh"]),
        ("raireki trace acme/", ["acme/app:1.0", "acme/app:1.1"]), ("raireki trace acme/app:1.", ["1.0", "1.1"]),
        ("raireki images --qu", ["--quiet"]),
    ])
    func bashOffers(_ line: String, _ words: [String]) throws {
        let directory = try TemporaryDirectory()
        let fixture = try Self.caseOfTwo()
        let script = try Self.write("bash", to: "raireki.bash", in: directory)
        let question = """
            set -e; source '\(script)'; set +e
            COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
            COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
            IFS=' ' read -r -a COMP_WORDS <<< "$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            function=$(complete -p raireki | sed -E 's/.*-F ([^ ]+).*/\\1/')
            "$function" raireki "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}" | grep -v '^-h$\\|^--help$\\|^--version$\\|^-[qv]$' | sort
            """
        let run = try ProgramRun(
            ["/bin/bash", "-c", question],
            environment: Self.environment(fixture, directory)
        )
        let offered = run.output.split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("-") || line.contains("-")
        }
        #expect(Set(offered) == Set(words), "\(run.talk)")
        #expect(run.talk == "")
    }

    @Test(
        .enabled(if: ReportTool.has(fish)),
        arguments: [
            ("raireki im", ["images", "import"]), ("raireki check c", ["claims", "commits"]),
            ("raireki report --format s", ["sarif", "svr"]),
        ]
    )
    func fishOffers(_ line: String, _ words: [String]) throws {
        let directory = try TemporaryDirectory()
        let script = try Self.write("fish", to: "raireki.fish", in: directory)
        let run = try ProgramRun(
            [Self.fish, "--no-config", "-c", "source '\(script)'; complete -C '\(line)'"],
            environment: Self.environment(nil, directory)
        )
        let offered = run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
        #expect(Set(offered) == Set(words), "\(run.talk)")
    }

    /// An interactive zsh in a terminal of its own, whose line is read back after the key for completion.
    ///
    /// The marks are typed in pieces, so that what the terminal echoes is not taken for them.
    @Test(
        .enabled(if: ReportTool.has(zsh)),
        arguments: [
            ("raireki impo", "raireki import"), ("raireki check cl", "raireki check claims"),
            ("raireki report --format sa", "raireki report --format sarif"),
            ("raireki trace acme/app:1.1", "raireki trace acme/app:1.1"),
            ("raireki trace acme/a", "raireki trace acme/app:1."),
        ]
    )
    func zshCompletes(_ line: String, _ completed: String) throws {
        let directory = try TemporaryDirectory()
        let fixture = try Self.caseOfTwo()
        _ = try Self.write("zsh", to: "_raireki", in: directory)
        let question = """
            zmodload zsh/zpty
            zpty shell 'zsh -f -i'
            zpty -w shell 'PS1=; fpath=(\(directory.path) $fpath); autoload -Uz compinit; compinit -u -D'
            zpty -w shell 'answer() { print -r -- "ANS""WER<$BUFFER>"; exit }; zle -N answer; bindkey "^X" answer'
            zpty -w shell 'unsetopt beep; print READ''Y'
            zpty -r shell text '*READY*'
            zpty -w -n shell $'\(line)\\t\\C-X'
            zpty -r shell text '*ANSWER<*>*'
            print -r -- "${${text##*ANSWER<}%%>*}"
            """
        let run = try ProgramRun(
            ["/usr/bin/timeout", "60", Self.zsh, "-f", "-c", question],
            environment: Self.environment(fixture, directory)
        )
        #expect(run.output.trimmingCharacters(in: .whitespacesAndNewlines) == completed, "\(run.talk)")
    }

    @Test func offersNoNameThatAShellWouldTakeApart() throws {
        let fixture = try CaseFixture()
        for name in ["good:1", "$(touch x)", "a b", "`id`", "-rf", "a;b", "sha256-00.sig", "caf\u{E9}", "x\u{1B}[2J"] {
            _ = try fixture.addImage(name)
        }
        let environment = ["RAIREKI_CASE": fixture.path]
        #expect(ImageCompletion.names([], beginning: "", environment) == ["good:1"])
        #expect(ImageCompletion.names([], beginning: "go", environment) == ["good:1"])
        #expect(ImageCompletion.names([], beginning: "$(", environment) == [])
        #expect(ImageCompletion.names(["raireki", "show", "--case", fixture.path], beginning: "", [:]) == ["good:1"])
        #expect(ImageCompletion.names(["--case=/nonexistent"], beginning: "", environment) == [])
    }
}
