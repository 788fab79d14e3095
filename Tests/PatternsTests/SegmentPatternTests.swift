import Patterns
import Testing

struct SegmentPatternTests {
    @Test(arguments: [
        ("app:1.0", "app:1.0"), ("acme/payments:*", "acme/payments:1.4.0"), ("acme/*:1.0", "acme/payments:1.0"),
        ("acme/*", "acme/payments:1.0"), ("**", "acme/payments:1.0"), ("**/payments:*", "payments:1"),
        ("**/payments:*", "registry.example:5000/acme/payments:1"), ("acme/**", "acme/a/b/c"),
        ("a/**/z", "a/z"), ("a/**/z", "a/b/c/z"), ("a*c*e", "abcde"), ("a*", "a"), ("*é*", "xéy"),
        (
            "https://gitlab.com/acme/*//.gitlab-ci.yml@refs/tags/*",
            "https://gitlab.com/acme/app//.gitlab-ci.yml@refs/tags/v1"
        ),
        ("https://github.com/org/**", "https://github.com/org/repo/.github/workflows/x.yml@refs/heads/main"),
    ])
    func matches(pattern: String, text: String) throws {
        #expect(try SegmentPattern(pattern).matches(text))
    }

    /// P-34: a pattern ends where its segment ends.
    @Test(arguments: [
        ("https://github.com/org/**", "https://github.com/organisation-evil/repo"),
        ("https://github.com/org/**", "https://github.com/org"), ("https://github.com/org", "https://github.com/org/x"),
        ("https://github.com/org*", "https://github.com/org/x"), ("acme/*", "acme/a/b"), ("acme/*/b", "acme//b"),
        ("acme/payments:*", "evil/acme/payments:1"), ("acme/payments:*", "acme/payments:1\n/x"),
        ("**/payments:*", "xpayments:1"), ("a*a", "a"), ("a*b*b", "ab"), ("app:1.0", "app:1x0"),
        ("APP", "app"), ("\u{E9}", "e\u{301}"), ("a/**/z", "a/zz"), ("a/**", "a"),
    ])
    func doesNotMatch(pattern: String, text: String) throws {
        #expect(try !SegmentPattern(pattern).matches(text))
    }

    @Test(arguments: ["https://github.com/org**", "**a/b", "a***b", "***"])
    func refusesTwoStarsBesideOtherCharacters(pattern: String) {
        #expect(throws: SegmentPatternError.gluedStars(pattern: pattern)) { try SegmentPattern(pattern) }
    }

    @Test func refusesAnEmptyPattern() {
        #expect(throws: SegmentPatternError.empty) { try SegmentPattern("") }
    }

    @Test func takesNoLongTimeOverManyStars() throws {
        let pattern = try SegmentPattern(Array(repeating: "a", count: 200).joined(separator: "*") + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
        let segments = try SegmentPattern(Array(repeating: "**", count: 100).joined(separator: "/") + "/b")
        #expect(!segments.matches(Array(repeating: "a", count: 5_000).joined(separator: "/")))
    }
}
