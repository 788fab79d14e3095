import StrictJSON
import TestSupport
import Testing

@Suite("JSON is read strictly")
struct JSONParserTests {
    private func failure(_ bytes: [UInt8], limits: JSONLimits = .standard) -> JSONError? {
        do {
            _ = try JSONValue(parsing: bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    private func parsed(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    @Test(
        "A text that is not strict JSON is refused for its reason",
        arguments: [
            (#"{"digest":"FIRST","digest":"LAST"}"#, JSONError.duplicateName("digest", offset: 18)),
            (#"{"digest":1,"d\u0069gest":2}"#, .duplicateName("digest", offset: 12)),
            (#"{"a":{"b":1,"b":1}}"#, .duplicateName("b", offset: 12)),
            (#"{"a":1,}"#, .unexpectedByte(0x7D, offset: 7)),
            ("[1,]", .unexpectedByte(0x5D, offset: 3)),
            ("[,1]", .unexpectedByte(0x2C, offset: 1)),
            ("{} {}", .trailingBytes(offset: 3)),
            ("{}\u{0}", .trailingBytes(offset: 2)),
            ("// a\n{}", .unexpectedByte(0x2F, offset: 0)),
            ("", .unexpectedEnd(offset: 0)),
            (" ", .unexpectedEnd(offset: 1)),
            ("[1", .unexpectedEnd(offset: 2)),
            (#"{"a""#, .unexpectedEnd(offset: 4)),
            (#"{"a":"#, .unexpectedEnd(offset: 5)),
            (#""abc"#, .unexpectedEnd(offset: 4)),
            (#"{a:1}"#, .unexpectedByte(0x61, offset: 1)),
            (#"{'a':1}"#, .unexpectedByte(0x27, offset: 1)),
            ("[1 2]", .unexpectedByte(0x32, offset: 3)),
            (#"{"a" 1}"#, .unexpectedByte(0x31, offset: 5)),
            ("tru", .unexpectedEnd(offset: 3)),
            ("trux", .unexpectedByte(0x78, offset: 3)),
            ("NaN", .unexpectedByte(0x4E, offset: 0)),
            ("+1", .unexpectedByte(0x2B, offset: 0)),
            (".5", .unexpectedByte(0x2E, offset: 0)),
            ("01", .invalidNumber(offset: 0)),
            ("-01", .invalidNumber(offset: 0)),
            ("-", .invalidNumber(offset: 0)),
            ("-a", .invalidNumber(offset: 0)),
            ("1.", .invalidNumber(offset: 0)),
            ("1e", .invalidNumber(offset: 0)),
            ("1e+", .invalidNumber(offset: 0)),
            ("0x10", .trailingBytes(offset: 1)),
            ("\"a\nb\"", .unexpectedByte(0x0A, offset: 2)),
            ("\"\\n\nb\"", .unexpectedByte(0x0A, offset: 3)),
            (#""\x""#, .invalidEscape(offset: 1)),
            (#""\u12g4""#, .invalidEscape(offset: 1)),
            (#""\u+123""#, .invalidEscape(offset: 1)),
            (#""\ud800""#, .invalidEscape(offset: 1)),
            (#""\udc00""#, .invalidEscape(offset: 1)),
            (#""\ud800\ud800""#, .invalidEscape(offset: 1)),
            (#""\ud800\n""#, .invalidEscape(offset: 1)),
            (#""\ud800x""#, .invalidEscape(offset: 1)),
            ("\u{FEFF}{}", .byteOrderMark),
        ]
    )
    func refuses(text: String, error: JSONError) {
        #expect(failure(Array(text.utf8)) == error)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            ([0x22, 0xFF, 0x22], JSONError.invalidUTF8(offset: 1)),
            ([0x22, 0x5C, 0x6E, 0xC0, 0x80, 0x22], .invalidUTF8(offset: 1)),
            ([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8(offset: 1)),
            ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8(offset: 1)),
            ([0x22, 0xE2, 0x82, 0x22], .invalidUTF8(offset: 1)),
            ([0xFF], .unexpectedByte(0xFF, offset: 0)),
            ([0x7B, 0x00, 0x7D, 0x00], .unexpectedByte(0x00, offset: 1)),
            ([0x00, 0x7B, 0x00, 0x7D], .unexpectedByte(0x00, offset: 0)),
            ([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], .unexpectedByte(0xFF, offset: 0)),
            ([0xFE, 0xFF, 0x00, 0x7B], .unexpectedByte(0xFE, offset: 0)),
            ([0x7B, 0x00, 0x00, 0x00, 0x7D, 0x00, 0x00, 0x00], .unexpectedByte(0x00, offset: 1)),
            ([0x00, 0x00, 0xFE, 0xFF], .unexpectedByte(0x00, offset: 0)),
        ] as [([UInt8], JSONError)]
    )
    func refusesOtherEncodings(bytes: [UInt8], error: JSONError) {
        #expect(failure(bytes) == error)
    }

    @Test("Names that Unicode calls equal are different members")
    func namesAreBytes() throws {
        let value = try parsed("{\"e\u{301}\":1,\"\u{E9}\":2,\"K\":3,\"\u{212A}\":4}")
        #expect(value.object?.members.count == 4)
        #expect(value["e\u{301}"] == 1)
        #expect(value["\u{E9}"] == 2)
        #expect(value["K"] == 3)
        #expect(value["\u{212A}"] == 4)
        #expect(JSONValue("\u{E9}") != JSONValue("e\u{301}"))
    }

    @Test("Names that differ in case are different members")
    func caseMatters() throws {
        let value = try parsed(#"{"Digest":"UPPER","digest":"lower"}"#)
        #expect(value["digest"]?.string == "lower")
        #expect(value["Digest"]?.string == "UPPER")
        #expect(try parsed(#"{"Digest":"UPPER"}"#)["digest"] == nil)
    }

    @Test(
        "Only an integer that fits is an integer",
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("18446744073709551616", nil),
            ("1.0", nil), ("1e3", nil), ("1E3", nil), ("-0", nil), ("0.0", nil), ("1e400", nil),
            ("9007199254740993", 9_007_199_254_740_993),
        ] as [(String, Int64?)]
    )
    func integers(text: String, expected: Int64?) throws {
        let value = try parsed(text)
        #expect(value.kind == "number")
        #expect(value.int64 == expected)
        #expect(value.compact == text)
    }

    @Test("A string is not an integer, nor the reverse")
    func kinds() throws {
        #expect(try parsed(#""1""#).int64 == nil)
        #expect(try parsed("1").string == nil)
        #expect(try parsed("true").int64 == nil)
        #expect(try parsed("null").isNull)
        #expect(try parsed("[true,false]").array?.map(\.bool) == [true, false])
    }

    @Test(
        "Escapes stand for their characters",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""\u00e9\u20AC""#, "é€"),
            (#""\ud83d\ude00""#, "\u{1F600}"),
            (#""\udbff\udfff""#, "\u{10FFFF}"),
            (#""\u0000""#, "\u{0}"),
            (#""é\u0301""#, "é\u{301}"),
        ]
    )
    func escapes(text: String, expected: String) throws {
        let found = try #require(try parsed(text).string)
        #expect(Array(found.utf8) == Array(expected.utf8))
    }

    @Test("Sixty-four levels are read, sixty-five are refused")
    func depth() {
        func nested(_ open: String, _ close: String, _ levels: Int) -> [UInt8] {
            Array((String(repeating: open, count: levels) + String(repeating: close, count: levels)).utf8)
        }
        #expect(failure(nested("[", "]", 64)) == nil)
        #expect(failure(nested("[", "]", 65)) == .tooDeep(limit: 64, offset: 64))
        #expect(failure(Array(String(repeating: "[", count: 1_000_000).utf8)) == .tooDeep(limit: 64, offset: 64))
        let objects = String(repeating: #"{"a":"#, count: 64) + "1" + String(repeating: "}", count: 64)
        #expect(failure(Array(objects.utf8)) == nil)
        #expect(failure(Array(#"{"a":\#(objects)}"#.utf8)) == .tooDeep(limit: 64, offset: 320))
    }

    @Test("Limits of size and number of values are exact")
    func limits() {
        let text = Array("[1,2,3]".utf8)
        #expect(failure(text, limits: JSONLimits(bytes: 7, depth: 1, values: 4)) == nil)
        #expect(failure(text, limits: JSONLimits(bytes: 6, depth: 1, values: 4)) == .tooLarge(size: 7, limit: 6))
        #expect(
            failure(text, limits: JSONLimits(bytes: 7, depth: 1, values: 3)) == .tooManyValues(limit: 3, offset: 5)
        )
        #expect(failure(text, limits: JSONLimits(bytes: 7, depth: 0, values: 4)) == .tooDeep(limit: 0, offset: 0))
        #expect(failure([], limits: JSONLimits(bytes: 0, depth: 0, values: 0)) == .tooManyValues(limit: 0, offset: 0))
    }

    @Test("An object of a hundred thousand members is read, and its last name is found to be a duplicate")
    func manyMembers() throws {
        let members = (0..<100_000).map { "\"name-\($0)\":\($0)" }.joined(separator: ",")
        let value = try parsed("{\(members)}")
        #expect(value.object?.members.count == 100_000)
        #expect(value["name-99999"] == 99_999)
        #expect(value["name-100000"] == nil)
        let repeated = Array("{\(members),\"name-0\":1}".utf8)
        #expect(failure(repeated) == .duplicateName("name-0", offset: members.utf8.count + 2))
    }

    @Test("White space is passed over, and only JSON's own")
    func whiteSpace() throws {
        #expect(try parsed(" \t\r\n[ 1 ,\n2 ] \n").array?.count == 2)
        #expect(failure(Array("\u{A0}1".utf8)) == .unexpectedByte(0xC2, offset: 0))
        #expect(failure(Array("\u{B}1".utf8)) == .unexpectedByte(0x0B, offset: 0))
    }

    @Test("Thousands of damaged documents are read or refused, and what is read can be written and read again")
    func mutations() throws {
        let document = #"{"a":[1,-2.5e3,true,null,"é\ud83d\ude00\n"],"bb":{"c":{},"d":[[],[{}]]},"e":"\u0041"}"#
        var mutator = Mutator(seed: 0x1234)
        var read = 0
        for _ in 0..<4_000 {
            let bytes = mutator.mutate(Array(document.utf8))
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            read += 1
            #expect(try JSONValue(parsing: Array(value.compact.utf8)) == value)
        }
        #expect(read > 0)
    }
}
