import StrictJSON
import TestSupport
import Testing

@Suite("JSON is written so that it reads back the same")
struct JSONWriterTests {
    @Test("RFC 8785's order of names is that of UTF-16 code units")
    func canonicalOrder() throws {
        let text = """
            {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",\
            "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}
            """
        let value = try JSONValue(parsing: Array(text.utf8))
        let expected =
            #"{"\r":"Carriage Return","1":"One","\#u{80}":"Control","ö":"Latin Small Letter O With Diaeresis","#
            + "\"€\":\"Euro Sign\",\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        #expect(Array(value.canonical.utf8) == Array(expected.utf8))
    }

    @Test("RFC 8785's escapes are the shortest, and nothing above them is escaped")
    func canonicalEscapes() throws {
        let text = #"{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(
            value.canonical == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        )
        #expect(
            JSONValue("\u{7F}\u{80}\u{200B}\u{202E}\u{2028}").canonical == "\"\u{7F}\u{80}\u{200B}\u{202E}\u{2028}\""
        )
        #expect(JSONValue("\u{0}\u{1F}\u{8}\u{C}").canonical == #""\u0000\u001f\b\f""#)
    }

    @Test("Names are sorted at every level")
    func canonicalNesting() throws {
        let value = try JSONValue(parsing: Array(#"{"b":[{"z":1,"a":2}],"a":{"d":1,"c":2}}"#.utf8))
        #expect(value.canonical == #"{"a":{"c":2,"d":1},"b":[{"a":2,"z":1}]}"#)
        #expect(value.compact == #"{"b":[{"z":1,"a":2}],"a":{"d":1,"c":2}}"#)
    }

    @Test("The pretty form is indented, and empty lists stay on their line")
    func pretty() {
        let value: JSONValue = ["a": [1, [], [:]], "b": "x"]
        #expect(value.pretty == "{\n  \"a\": [\n    1,\n    [],\n    {}\n  ],\n  \"b\": \"x\"\n}")
    }

    @Test("What hides or moves text on a terminal is escaped")
    func terminal() {
        #expect(JSONValue("\u{1B}[2J\u{202E}\u{9B}\u{200B}").compact == #""\u001b[2J\u202e\u009b\u200b""#)
        #expect(JSONValue("\u{E0001}").compact == #""\udb40\udc01""#)
        #expect(JSONValue("日本 é").compact == "\"日本 é\"")
    }

    @Test("A member is replaced in its place, added at the end, and removed")
    func members() {
        var object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(object.names == ["a", "b"])
        #expect(object["a"] == 3)
        object["c"] = 4
        object["a"] = nil
        #expect(object.names == ["b", "c"])
        for number in 0..<40 { object["n\(number)"] = JSONValue(number) }
        object["n20"] = nil
        object["n21"] = 0
        #expect(object["n20"] == nil)
        #expect(object["n39"] == 39)
        #expect(object["n21"] == 0)
        #expect(object.members.count == 41)
    }

    @Test("Every generated value is the same after writing and reading, in all three forms")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 8785)
        for _ in 0..<400 {
            let value = Self.value(depth: 0, &generator)
            #expect(try JSONValue(parsing: Array(value.compact.utf8)) == value)
            #expect(try JSONValue(parsing: Array(value.pretty.utf8)) == value)
            let canonical = try JSONValue(parsing: Array(value.canonical.utf8))
            #expect(canonical.canonical == value.canonical)
        }
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 5 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &generator)))
        case 3, 4: return JSONValue(text(&generator))
        case 5:
            let count = Int.random(in: 0..<6, using: &generator)
            return .array((0..<count).map { _ in value(depth: depth + 1, &generator) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<24, using: &generator) {
                object[text(&generator)] = value(depth: depth + 2, &generator)
            }
            return .object(object)
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let limit: UInt32 = [0x20, 0x80, 0x3000, 0x11_0000].randomElement(using: &generator) ?? 0x80
            guard let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) else { continue }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
