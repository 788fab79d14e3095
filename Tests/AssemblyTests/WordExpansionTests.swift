import Testing

@testable import Assembly

/// What BuildKit's shell lexer makes of words.
struct WordExpansionTests {
    private func expand(_ text: String, escape: UInt8 = UInt8(ascii: "\\")) throws -> String {
        let variables = ["A": "value", "EMPTY": "", "PATH": "/usr/lib/x.tar.gz", "B": "a b"]
        return try WordExpansion(variables: { variables[$0] }, escape: escape)
            .expand(Word(text: text, location: DockerfileLocation(line: 3, column: 7)))
    }

    @Test(arguments: [
        ("$A", "value"), ("${A}", "value"), ("x${A}y$A", "xvaluey" + "value"), ("$NONE", ""), ("${NONE}", ""),
        ("${A:-w}", "value"), ("${NONE:-w}", "w"), ("${EMPTY:-w}", "w"), ("${EMPTY-w}", ""), ("${NONE-w}", "w"),
        ("${A:+w}", "w"), ("${EMPTY:+w}", ""), ("${EMPTY+w}", "w"), ("${NONE:+w}", ""), ("${NONE:-$A}", "value"),
        ("${NONE:-${NONE:-${A}}}", "value"), ("${A:?no}", "value"),
        ("${PATH#*/}", "usr/lib/x.tar.gz"), ("${PATH##*/}", "x.tar.gz"), ("${PATH%.*}", "/usr/lib/x.tar"),
        ("${PATH%%.*}", "/usr/lib/x"), ("${PATH#nothing}", "/usr/lib/x.tar.gz"), ("${PATH%?z}", "/usr/lib/x.tar."),
        ("${PATH/r/R}", "/usR/lib/x.tar.gz"), ("${PATH//r/R}", "/usR/lib/x.taR.gz"),
        ("${PATH//\\//-}", "-usr-lib-x.tar.gz"),
        ("'$A'", "$A"), ("\"$A\"", "value"), ("\\$A", "$A"), ("\"\\$A\"", "$A"), ("\"a\\b\"", "a\\b"), ("a\\ b", "a b"),
        ("$", "$"), ("a$/b", "a$/b"), ("$1", ""), ("it\\'s", "it's"), ("\"it's\"", "it's"), ("''", ""),
        ("é$A", "évalue"),
    ])
    func puts(_ text: String, _ expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test func takesAnotherEscape() throws {
        #expect(try expand("`$A\\x", escape: UInt8(ascii: "`")) == "$A\\x")
    }

    @Test(arguments: [
        ("${A", AssemblyError.Fault.unclosed("}")), ("'a", .unclosed("'")), ("\"a", .unclosed("\"")),
        ("${A!b}", .badSubstitution("${A!b}")), ("${}", .badSubstitution("${}")), ("${A:", .unclosed("}")),
        ("${NONE:?give it}", .variableRequired(name: "NONE", message: "give it")),
        ("${NONE?}", .variableRequired(name: "NONE", message: "")),
    ])
    func refuses(_ text: String, _ fault: AssemblyError.Fault) {
        #expect(throws: AssemblyError(fault, at: DockerfileLocation(line: 3, column: 7))) { try expand(text) }
    }

    @Test func refusesWhatGrowsWithoutEnd() {
        let dockerfile = "FROM scratch\nENV A=0123456789\n" + String(repeating: "ENV A=$A$A$A$A\n", count: 40)
        #expect(try! BuildCase(dockerfile).error()?.fault == .expansionTooLong(limit: 1 << 20))
    }

    @Test func refusesNestingWithoutEnd() {
        let text = String(repeating: "${N:-", count: 200) + String(repeating: "}", count: 200)
        #expect(throws: AssemblyError.self) { try expand(text) }
    }

    @Test func matchesLongPatternsInTime() throws {
        let value = String(repeating: "a", count: 100_000)
        let expansion = WordExpansion(variables: { _ in value }, escape: UInt8(ascii: "\\"))
        let word = Word(
            text: "${A##" + String(repeating: "*a", count: 50) + "b}",
            location: DockerfileLocation(line: 1, column: 1)
        )
        #expect(throws: AssemblyError.self) { try expansion.expand(word) }
    }
}
