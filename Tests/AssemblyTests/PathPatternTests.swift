import Testing

@testable import Assembly

struct PathPatternTests {
    @Test(arguments: [
        ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("a?c", "abc", true), ("a?c", "aéc", true),
        ("a?c", "ac", false),
        ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[^a-c]x", "dx", true), ("[!a]x", "ax", false),
        ("a\\*b", "a*b", true),
        ("a\\*b", "axb", false), ("**/x", "x", true), ("**/x", "a/b/x", true), ("**/x", "a/b/xx", false),
        ("a/**", "a/b/c", true),
        ("a/**", "a", false), ("a/**/c", "a/c", true), ("a/**/c", "a/b/b/c", true), ("**", "a", true),
        ("[a", "[a", true),
        ("*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func matches(_ pattern: String, _ path: String, _ isMatch: Bool) {
        #expect(PathPattern(FilePath.components(pattern)).matches(FilePath.components(path)) == isMatch)
    }

    @Test(arguments: [
        ("a", "a", true), ("a", "a/b/c", true), ("a", "ab", false), ("/a/", "a/b", true), ("*\n!b", "a", true),
        ("*\n!b", "b", false),
        ("d\n!d/keep", "d/keep", false), ("d\n!d/keep", "d/x", true), ("!a\na", "a", true), ("# a", "# a", false),
        ("**/*.log\n", "x/y.log", true), ("a/../b", "b", true), ("", "a", false), (".", "a", false),
        ("x \r", "x", true),
    ])
    func ignores(_ rules: String, _ path: String, _ isIgnored: Bool) {
        #expect(IgnoreRules(Array(rules.utf8)).ignores(FilePath.components(path)) == isIgnored)
    }

    @Test(arguments: [
        ("755", 0o600, false, 0o755), ("u+x", 0o600, false, 0o700), ("go=rX,u-w", 0o600, false, 0o444),
        ("go=rX,u-w", 0o700, true, 0o555), ("a-x", 0o755, false, 0o644), ("+x", 0o644, false, 0o755),
        ("u=rwx,g=,o=", 0o777, false, 0o700),
        ("4755", 0o600, false, 0o4755), ("u+s", 0o755, false, 0o4755),
    ])
    func changesModes(_ text: String, _ mode: Int, _ isDirectory: Bool, _ expected: Int) throws {
        #expect(try #require(FileMode(text)).applied(to: mode, isDirectory: isDirectory) == expected)
    }

    @Test(arguments: ["", "888", "77777", "u*x", "rwx", "u", ",", "u+q"])
    func refusesModes(_ text: String) {
        #expect(FileMode(text) == nil)
    }
}
