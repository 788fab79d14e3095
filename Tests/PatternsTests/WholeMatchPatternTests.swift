import Patterns
import Testing

@Suite struct WholeMatchPatternTests {
    @Test(arguments: [
        ("https://github.com/acme/.*", "https://github.com/acme/app@refs/heads/main", true),
        ("https://github.com/acme/.*", "https://evil.example/?x=https://github.com/acme/app", false),
        ("https://github.com/acme", "https://github.com/acme-evil", false),
        ("^a|b$", "ax", false),
        ("^a|b$", "xb", false),
        ("^a|b$", "b", true),
        ("a$", "a\n", false),
        ("K", "\u{212A}", false),
    ])
    func matchesTheWholeTextOnly(pattern: String, text: String, expected: Bool) throws {
        #expect(try WholeMatchPattern(pattern).matches(text) == expected)
    }

    @Test func givesUpOnCatastrophicBacktracking() throws {
        let text = String(repeating: "a", count: 64) + "!"
        #expect(try !WholeMatchPattern("(a+)+").matches(text))
    }

    @Test func namesTheOffsetOfAMalformedExpression() {
        #expect(throws: PatternError.malformed(pattern: "a(b", offset: 3, reason: "missing closing parenthesis")) {
            try WholeMatchPattern("a(b")
        }
    }
}
