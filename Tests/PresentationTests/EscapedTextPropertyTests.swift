import Presentation
import TestSupport
import Testing

@Suite("Whatever evidence holds, what is shown is one plain line that stands for nothing else")
struct EscapedTextPropertyTests {
    private static func bytes(_ generator: inout SeededGenerator) -> [UInt8] {
        let telling: [[UInt8]] = [
            [0x5C], [0x78], [0x75], [0x7B], [0x66], [0xFF], [0x0A], [0x1B], [0xC3, 0xA9], [0xE2, 0x80, 0xAE],
            [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xCC, 0x81], [0xC2, 0x85], [0x00], [0xF3, 0xA0, 0x80, 0x81],
        ]
        return (0..<Int.random(in: 0...5, using: &generator)).flatMap { _ in
            telling.randomElement(using: &generator) ?? []
        }
    }

    @Test("No control, format or line character is left, and different bytes are shown differently")
    func safeAndDistinct() {
        var generator = SeededGenerator(seed: 1)
        var seen: [[UInt8]: [UInt8]] = [:]
        for _ in 0..<5_000 {
            let bytes = Self.bytes(&generator)
            let shown = EscapedText(bytes).text
            for scalar in shown.unicodeScalars {
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                    Issue.record("\(bytes) leaves U+\(String(scalar.value, radix: 16))")
                default: break
                }
            }
            let before = seen.updateValue(bytes, forKey: Array(shown.utf8))
            #expect(before == nil || before == bytes, "\(bytes) looks like \(before ?? [])")
        }
        #expect(seen.count > 1_000)
    }

    @Test("What is shown is taken back for the very bytes")
    func takenBack() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let bytes = Self.bytes(&generator)
            #expect(EscapedText.bytes(shownAs: EscapedText(bytes).text) == bytes)
        }
    }

    @Test(
        "What no listing shows stands for itself",
        arguments: [#"\x2d"#, #"\xg0"#, #"\x8"#, #"\u{}"#, #"\u{110000}"#, #"\u{d800}"#, #"\u{41"#, #"\n"#, #"a\"#]
    )
    func notEscapes(text: String) {
        #expect(EscapedText.bytes(shownAs: text) == Array(text.utf8))
    }

    @Test("Text and its bytes are shown alike")
    func textAndBytes() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<1_000 {
            guard let text = String(validating: Self.bytes(&generator), as: UTF8.self) else { continue }
            #expect(EscapedText(text) == EscapedText(text.utf8))
        }
    }

    @Test("A hundred thousand combining marks are shown, and cut where a limit says so")
    func combiningMarks() {
        let marks = String(repeating: "\u{301}\u{323}", count: 50_000)
        #expect(EscapedText(marks).text.utf8.count == 200_000)
        #expect(Array(EscapedText(marks, limit: 1).text.unicodeScalars) == ["\u{301}", "…"])
    }

    @Test("A limit of nothing shows that something was there")
    func noRoom() {
        #expect(EscapedText("a", limit: 0).text == "…")
        #expect(EscapedText("", limit: 0).text == "")
    }
}
