import Presentation
import Testing

@Suite("Text from evidence is shown escaped")
struct EscapedTextTests {
    @Test(
        "Each kind of character",
        arguments: [
            ("plain text/ünï", "plain text/ünï"),
            ("a\nb\u{1B}[31m", "a\\u{a}b\\u{1b}[31m"),
            ("\u{202E}gpj", "\\u{202e}gpj"),
            ("zero\u{200B}width", "zero\\u{200b}width"),
            ("back\\slash", "back\\\\slash"),
            ("no\u{A0}break", "no\\u{a0}break"),
            ("\u{E000}\u{2028}", "\\u{e000}\\u{2028}"),
            ("日本", "日本"),
        ]
    )
    func escapes(input: String, expected: String) {
        #expect(EscapedText(input).text == expected)
        #expect(EscapedText(input.utf8).text == expected)
    }

    @Test("Bytes that are not UTF-8 are shown one by one")
    func strayBytes() {
        #expect(EscapedText([0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x82] as [UInt8]).text == "a\\xff\\xc3(\\xe2\\x82")
        #expect(EscapedText([0xC0, 0x80] as [UInt8]).text == "\\xc0\\x80")
        #expect(EscapedText([0xED, 0xA0, 0x80] as [UInt8]).text == "\\xed\\xa0\\x80")
    }

    @Test("A limit cuts and says so")
    func limit() {
        #expect(EscapedText("abcdef", limit: 3).text == "abc…")
        #expect(EscapedText("abc", limit: 3).text == "abc")
        #expect(EscapedText("\n\n\n", limit: 2).text == "\\u{a}\\u{a}…")
    }
}
