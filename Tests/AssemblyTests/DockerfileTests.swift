import Testing

@testable import Assembly

struct DockerfileTests {
    private func instructions(_ text: String) throws -> [Instruction] {
        try Dockerfile(parsing: Array("FROM scratch\n\(text)".utf8)).stages[0].instructions
    }

    private func error(_ text: String) -> AssemblyError? {
        do throws(AssemblyError) {
            _ = try Dockerfile(parsing: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    private func at(_ line: Int, _ column: Int) -> DockerfileLocation { DockerfileLocation(line: line, column: column) }

    // MARK: - Lines

    @Test func joinsLinesOverCommentsAndEmptyLines() throws {
        let read = try instructions("ENV A=1 \\\n  # a comment\n\n  B=2 \\ \n C=3\n# end\nUSER x")
        guard case .environment(let pairs) = read[0].command else { return #expect(Bool(false)) }
        #expect(pairs.map(\.name.text) == ["A", "B", "C"])
        #expect(pairs.map(\.name.location) == [at(2, 5), at(5, 3), at(6, 2)])
        #expect(read[1].location == at(8, 1))
    }

    @Test func joinsNoLinesByAnEscapedEscape() throws {
        #expect(try instructions("ENV A=b\\\\\nUSER x").count == 2)
    }

    @Test func takesAnotherEscapeByDirective() throws {
        let file = try Dockerfile(parsing: Array("# escape=`\nFROM scratch\nENV A=1 `\n B=C:\\x".utf8))
        guard case .environment(let pairs) = file.stages[0].instructions[0].command else { return #expect(Bool(false)) }
        #expect(pairs.map { $0.value?.text } == ["1", "C:\\x"])
    }

    @Test func takesNoDirectiveAfterAComment() throws {
        #expect(try Dockerfile(parsing: Array("# hello\n# escape=`\nFROM scratch".utf8)).escape == UInt8(ascii: "\\"))
    }

    @Test func refusesDirectivesThatCannotBe() {
        #expect(error("# escape=x\nFROM scratch")?.fault == .badDirective(name: "escape", value: "x"))
        #expect(
            error("# escape=`\n# escape=`\nFROM scratch")
                == AssemblyError(.badDirective(name: "escape", value: "`"), at: at(2, 1))
        )
    }

    @Test func readsLinesThatEndAsWindowsEndsThem() throws {
        #expect(try instructions("USER a\r\nUSER b\r\n").map(\.text) == ["USER a", "USER b"])
    }

    // MARK: - Heredocs

    @Test func takesHeredocsInOrder() throws {
        guard
            case .copy(let copy) = try instructions("COPY <<A <<-\"B\" /x/\n1 $V\nA\n\t\t2 $V\n\tB\nUSER u")[0].command
        else { return #expect(Bool(false)) }
        #expect(copy.documents.map(\.content) == ["1 $V\n", "2 $V\n"])
        #expect(copy.documents.map(\.isExpanded) == [true, false])
        #expect(copy.destination.text == "/x/")
    }

    @Test func tellsWhereAHeredocBeganThatNothingEnds() {
        #expect(error("FROM scratch\nCOPY <<EOF /x\nabc") == AssemblyError(.endlessHeredoc(name: "EOF"), at: at(2, 6)))
        #expect(error("FROM scratch\nRUN cat <<'E'\nabc") == AssemblyError(.endlessHeredoc(name: "E"), at: at(2, 9)))
    }

    // MARK: - Instructions

    @Test func tellsTheNearestInstruction() {
        #expect(
            error("FROM scratch\n  COPPY a b")
                == AssemblyError(.unknownInstruction("COPPY", nearest: "COPY"), at: at(2, 3))
        )
        #expect(error("FORM scratch") == AssemblyError(.unknownInstruction("FORM", nearest: "FROM"), at: at(1, 1)))
        #expect(error("FROM scratch\nABRACADABRA")?.fault == .unknownInstruction("ABRACADABRA", nearest: nil))
    }

    @Test(arguments: [
        ("FROM scratch\nCOPY --form=a b c", AssemblyError.Fault.unknownFlag(instruction: "COPY", flag: "--form"), 2, 6),
        ("FROM scratch\nADD --from=a b c", .unknownFlag(instruction: "ADD", flag: "--from"), 2, 5),
        ("FROM scratch\nCOPY --link=maybe b c", .badFlag(flag: "--link", value: "maybe"), 2, 6),
        ("FROM scratch\nCOPY --chown= b c", .badFlag(flag: "--chown", value: ""), 2, 6),
        ("FROM scratch\nUSER --x y", .unknownFlag(instruction: "USER", flag: "--x"), 2, 6),
        ("FROM scratch\nHEALTHCHECK --interval=1 CMD x", .badFlag(flag: "--interval", value: "1"), 2, 13),
        (
            "FROM scratch\nHEALTHCHECK nothing",
            .badArguments(instruction: "HEALTHCHECK", needs: "NONE alone, or CMD and a command"), 2, 1
        ),
        ("FROM scratch\nRUN --network=host true", .unsupportedRun("--network=host"), 2, 5),
        ("FROM scratch\nRUN --mount=type=ssh true", .unsupportedRun("--mount=type=ssh"), 2, 5),
        ("FROM scratch\nRUN", .badArguments(instruction: "RUN", needs: "a command"), 2, 1),
        (
            "FROM scratch\nSHELL /bin/sh",
            .badArguments(instruction: "SHELL", needs: "a list such as [\"/bin/sh\", \"-c\"]"), 2, 1
        ),
        ("FROM scratch\nENV A=1 B", .badArguments(instruction: "ENV", needs: "name=value"), 2, 9),
        ("FROM scratch\nENV A", .badArguments(instruction: "ENV", needs: "name=value"), 2, 1),
        (
            "FROM scratch\nCOPY a", .badArguments(instruction: "COPY", needs: "at least one source, and a destination"),
            2, 1
        ),
        ("FROM scratch\nCOPY a b c", .destinationNotFolder("c"), 2, 10),
        ("FROM scratch AS", .badArguments(instruction: "FROM", needs: "an image, and then nothing or AS name"), 1, 1),
        (
            "FROM scratch AS 1x",
            .badArguments(instruction: "FROM", needs: "a stage's name of letters, digits, and - _ ."), 1, 17
        ),
        ("FROM scratch AS a\nFROM scratch AS A", .duplicateStage("a"), 2, 1),
        ("USER x\nFROM scratch", .beforeFirstStage("USER"), 1, 1),
        ("FROM scratch\nONBUILD FROM x", .notForOnbuild("FROM"), 2, 9),
        ("FROM scratch\nONBUILD COPPY a b", .unknownInstruction("COPPY", nearest: "COPY"), 2, 9),
        ("FROM scratch\n\u{1}", .notText, 2, 1),
    ])
    func refuses(_ text: String, _ fault: AssemblyError.Fault, _ line: Int, _ column: Int) {
        #expect(error(text) == AssemblyError(fault, at: at(line, column)))
    }

    @Test func refusesWhatIsNoDockerfile() {
        #expect(error("") == AssemblyError(.noStage))
        #expect(error("# only a comment\n") == AssemblyError(.noStage))
        #expect(error("ARG A=1") == AssemblyError(.noStage))
        let binary: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 0xFF]
        #expect(throws: AssemblyError(.notText, at: at(1, 5))) { try Dockerfile(parsing: binary) }
        #expect(throws: AssemblyError(.notText, at: at(1, 3))) {
            try Dockerfile(parsing: Array("ab".utf8) + [0xC3, 0x28])
        }
        #expect(throws: AssemblyError(.tooLong(limit: 1 << 20))) {
            try Dockerfile(parsing: Array(repeating: 0x23, count: 1 << 20 + 1))
        }
    }

    @Test func readsTheFormsOfPrograms() throws {
        let read = try instructions("CMD [\"a\", \"b c\"]\nCMD a b\nCMD [a]\nENTRYPOINT []")
        #expect(
            read.map(\.command) == [
                .program(.words(["a", "b c"])), .program(.line("a b")), .program(.line("[a]")), .entrypoint(.words([])),
            ]
        )
    }

    @Test func readsHealthChecks() throws {
        let read = try instructions(
            "HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD curl -f x\nHEALTHCHECK NONE"
        )
        var check = Instruction.HealthCheck()
        (check.test, check.interval, check.timeout, check.retries) = (
            .line("curl -f x"), 90_000_000_000, 500_000_000, 3
        )
        #expect(read.map(\.command) == [.healthCheck(check), .healthCheck(Instruction.HealthCheck())])
    }

    @Test func readsTheOldFormOfEnvironmentAndLabels() throws {
        guard case .environment(let pairs) = try instructions("ENV NAME a  b=c ")[0].command else {
            return #expect(Bool(false))
        }
        #expect(pairs.map { [$0.name.text, $0.value?.text] } == [["NAME", "a  b=c"]])
    }
}
