import ArgumentParser
import CaseFixtures
import Testing

@testable import raireki

/// How every command talks: quiet, verbose, coloured or not, with values shortened or whole.
@Suite struct MannerTests {
    @Test func saysNothingButTheAnswerWhenQuiet() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let loud = try CommandRun(["verify", "app:1.0"], case: fixture.path)
        let quiet = try CommandRun(["verify", "app:1.0", "--quiet"], case: fixture.path)
        #expect(loud.talk.contains("1 image"))
        #expect(quiet.talk == "")
        #expect(quiet.output == loud.output)
        #expect(quiet.status == loud.status)
    }

    @Test func saysErrorsWithTheirHintsAlsoWhenQuiet() throws {
        let run = try CommandRun(["images", "-q"], case: "/nonexistent/case.raireki")
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: no case at: /nonexistent/case.raireki\nhint: "))
    }

    @Test func saysWhatIsReadAndDecidedWhenVerbose() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let run = try CommandRun(["verify", "app:1.0", "-v"], case: fixture.path)
        let plain = try CommandRun(["verify", "app:1.0"], case: fixture.path)
        #expect(run.output == plain.output)
        let details = run.talk.split(separator: "\n").filter { $0.hasPrefix("verbose: ") }
        #expect(details.contains { $0.contains(fixture.path) })
        #expect(details.contains { $0.contains("trusted root: public-good, built in") })
        #expect(details.contains("verbose: images: \(image)"))
        #expect(details.last?.hasPrefix("verbose: exit status \(run.status.rawValue): ") == true)
        #expect(!plain.talk.contains("verbose"))
    }

    @Test func escapesWhatItTellsWhenVerbose() throws {
        let run = try CommandRun(["import", "/nonexistent/\u{1B}[2J\nerror: fake", "-v"], case: "/nonexistent/c")
        #expect(!run.talk.contains("\u{1B}"))
        #expect(!run.talk.contains("\nerror: fake"))
    }

    @Test func refusesToBeQuietAndVerboseAtOnce() {
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["images", "--quiet", "--verbose"]) }
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["images", "--color", "sometimes"]) }
        #expect(throws: Never.self) { try Raireki.parseAsRoot(["images", "--quiet", "--color", "always"]) }
    }

    @Test(arguments: [
        (ColorChoice.auto, true, [:], true), (.auto, false, [:], false),
        (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
        (.auto, true, ["TERM": "dumb"], false), (.auto, false, ["CLICOLOR_FORCE": "1"], true),
        (.auto, false, ["CLICOLOR_FORCE": "0"], false),
        (.auto, false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
        (.always, false, ["NO_COLOR": "1"], true), (.never, true, ["CLICOLOR_FORCE": "1"], false),
    ])
    func decidesOnColour(_ choice: ColorChoice, _ isTerminal: Bool, _ variables: [String: String], _ expected: Bool) {
        #expect(choice.isColoured(isTerminal: isTerminal, variables) == expected)
    }

    @Test func coloursAnErrorOnATerminalAlone() throws {
        let onTerminal = try CommandRun(["images"], case: "/nonexistent/c", terminal: 80)
        let inPipe = try CommandRun(["images"], case: "/nonexistent/c")
        #expect(onTerminal.talk.hasPrefix("\u{1B}[31;1merror:\u{1B}[0m no case at"))
        #expect(inPipe.talk.hasPrefix("error: no case at"))
    }

    @Test func showsDigestsWholeWhenAsked() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let short = try CommandRun(["images"], case: fixture.path)
        let whole = try CommandRun(["images", "--no-trunc"], case: fixture.path)
        #expect(!short.output.contains("\(image)"))
        #expect(whole.output.contains("\(image)"))
    }

    /// Sentences fold and values are cut: nothing runs over the edge of a narrow terminal.
    @Test(arguments: [
        ["images"], ["show", "app:1.0"], ["verify", "app:1.0"], ["trace", "app:1.0"], ["check", "claims", "--all"],
        ["timeline", "--all"], ["gaps"], ["case", "info"], ["find", "images", "--issuer", "https://git.example"],
        ["rules"],
        ["check", "log"], ["commits"], ["tags"],
    ])
    func fitsTheTerminal(_ arguments: [String]) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        for width in [80, 140] {
            let run = try CommandRun(arguments, case: fixture.path, environment: ["NO_COLOR": "1"], terminal: width)
            for line in run.output.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        }
    }

    /// Every command takes the same options, whatever else it takes.
    @Test func areOptionsOfEveryCommand() throws {
        let program = try #require(CommandHelp.program())
        let commands = program.all.filter(\.subcommands.isEmpty)
        #expect(commands.count > 45)
        for command in commands {
            let names = command.arguments.flatMap(\.names)
            for option in ["-q", "--quiet", "-v", "--verbose", "--color", "--no-trunc"] {
                #expect(names.count { $0 == option } == 1, "\(command.path) \(option)")
            }
        }
    }
}
