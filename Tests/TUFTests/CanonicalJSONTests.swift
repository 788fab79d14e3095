import StrictJSON
import Testing

@testable import TUF

struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: try JSONValue(parsing: Array(text.utf8)).olpcCanonical(), as: UTF8.self)
    }

    @Test func sortsNamesByCodePointsAndDropsWhiteSpace() throws {
        // By UTF-16 units, as RFC 8785 sorts, the last two would change places.
        #expect(
            try canonical(#"{ "b" : [ 1 , -2 ], "\ud83d\ude00": null, "\uff5e": true, "a" : false }"#)
                == "{\"a\":false,\"b\":[1,-2],\"\u{FF5E}\":true,\"\u{1F600}\":null}"
        )
    }

    @Test func escapesQuotesAndBackslashesAlone() throws {
        #expect(try canonical(#"["\"\\\/\n\u0000é\u2028"]"#) == "[\"\\\"\\\\/\n\u{0}é\u{2028}\"]")
    }

    @Test(arguments: ["1.0", "1e2", "1E2", "-0", "0.5"])
    func refusesNumbersThatAreNoIntegers(_ number: String) {
        #expect(throws: CanonicalFormError.notAnInteger(number)) { try canonical("[\(number)]") }
    }

    @Test func keepsIntegersOfAnySize() throws {
        #expect(try canonical("[123456789012345678901234567890]") == "[123456789012345678901234567890]")
    }
}
