import Cryptography
import TestSupport
import Testing

@Suite("DER is read strictly")
struct DERReaderTests {
    private func failure(_ body: () throws -> Void) -> DERError? {
        do {
            try body()
            return nil
        } catch {
            return error as? DERError
        }
    }

    private func element(_ bytes: [UInt8]) throws -> DERElement {
        var reader = DERReader(bytes)
        let element = try reader.element()
        try reader.end()
        return element
    }

    @Test(
        "An encoding that is not distinguished is refused for its reason",
        arguments: [
            ([], DERError.truncated), ([0x30], .truncated), ([0x30, 0x01], .truncated),
            ([0x30, 0x82, 0x01], .truncated),
            ([0x30, 0x80, 0x00, 0x00], .notDistinguished), ([0x30, 0xFF], .notDistinguished),
            ([0x30, 0x81, 0x01, 0x00], .notDistinguished), ([0x30, 0x81, 0x7F], .notDistinguished),
            ([0x30, 0x82, 0x00, 0x80], .notDistinguished), ([0x30, 0x85, 0x01, 0, 0, 0, 0], .notDistinguished),
            ([0x1F, 0x81, 0x00, 0x00], .notDistinguished), ([0xBF, 0x1F, 0x00], .notDistinguished),
            ([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], .truncated), ([0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0], .truncated),
            ([0x05, 0x00, 0x00], .trailingBytes(1)), ([0x30, 0x00, 0x05, 0x00], .trailingBytes(2)),
        ] as [([UInt8], DERError)]
    )
    func refused(bytes: [UInt8], error: DERError) {
        #expect(failure { _ = try element(bytes) } == error)
    }

    @Test(
        "Lengths in their shortest form are read at every size",
        arguments: [0, 1, 127, 128, 255, 256, 65_535, 65_536]
    )
    func lengths(count: Int) throws {
        let content = [UInt8](repeating: 0x5A, count: count)
        let encoding = DERWriter.element(0x04, content)
        let read = try element(encoding)
        #expect(Array(read.content) == content)
        #expect(Array(read.encoding) == encoding)
        #expect(DERBuilder.octetString(content) == encoding)
        #expect(failure { _ = try element(Array(encoding.dropLast())) } == .truncated)
    }

    @Test("Another tag is named with the one that was asked for")
    func tags() {
        var reader = DERReader([0x02, 0x01, 0x00])
        #expect(failure { _ = try reader.element(0x30) } == .unexpectedTag(found: 0x02, expected: 0x30))
        var other = DERReader([0x02, 0x01, 0x00])
        #expect((try? other.optional(0x30)) == .some(nil))
        #expect(other.nextTag == 0x02)
        #expect((try? other.optional(0x02))??.content.first == 0)
        #expect(other.isAtEnd)
    }

    @Test(
        "Object identifiers",
        arguments: [
            ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], "1.2.840.10045.2.1"),
            ([0x2B, 0x06, 0x01, 0x04, 0x01, 0x83, 0xBF, 0x30, 0x01, 0x08], "1.3.6.1.4.1.57264.1.8"),
            ([0x00], "0.0"), ([0x27], "0.39"), ([0x28], "1.0"), ([0x4F], "1.39"), ([0x50], "2.0"),
            ([0x88, 0x37], "2.999"), ([0x2B, 0x65, 0x70], "1.3.101.112"),
            ([0x2A, 0x90, 0x80, 0x80, 0x80, 0x00], "1.2.4294967296"),
            ([0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "1.2.9223372036854775807"),
        ] as [([UInt8], String)]
    )
    func identifiers(content: [UInt8], text: String) throws {
        #expect(try element(DERWriter.element(0x06, content)).objectIdentifier() == text)
    }

    @Test(
        "Malformed object identifiers",
        arguments: [
            [], [0x80, 0x01], [0x2A, 0x80, 0x01], [0x2A, 0x86], [0xFF],
            [0x2A, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [UInt8](repeating: 0xFF, count: 40) + [0],
        ] as [[UInt8]]
    )
    func malformedIdentifiers(content: [UInt8]) {
        let failed = failure { _ = try element(DERWriter.element(0x06, content)).objectIdentifier() }
        #expect(failed == .invalidContent(tag: 0x06))
        #expect(failure { _ = try element([0x05, 0x00]).objectIdentifier() } == .invalidContent(tag: 0x05))
    }

    @Test(
        "Small integers",
        arguments: [
            ([0x00], 0), ([0x7F], 127), ([0x00, 0x80], 128), ([0x01, 0x00], 256),
            ([0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], (1 << 55) - 1),
            ([], nil), ([0x80], nil), ([0xFF], nil), ([0x00, 0x7F], nil), ([0x00, 0x00], nil),
            ([0x01, 0, 0, 0, 0, 0, 0, 0], nil),
        ] as [([UInt8], Int?)]
    )
    func integers(content: [UInt8], value: Int?) throws {
        let integer = try element(DERWriter.element(0x02, content))
        if let value {
            #expect(try integer.smallInteger() == value)
        } else {
            #expect(failure { _ = try integer.smallInteger() } == .invalidContent(tag: 0x02))
        }
    }

    @Test(
        "Times of timestamp tokens",
        arguments: [
            ("20221231235959Z", "2022-12-31T23:59:59Z"), ("20221231235959.5Z", "2022-12-31T23:59:59.5Z"),
            ("20221231235959", nil), ("202212312359Z", nil), ("20221231235959+0000", nil), ("20221231235959.Z", nil),
            ("20221331235959Z", nil), ("20221231235959Z ", nil), ("", nil),
        ] as [(String, String?)]
    )
    func times(text: String, expected: String?) throws {
        let time = try element(DERWriter.element(0x18, Array(text.utf8)))
        if let expected {
            #expect(try time.generalizedTime().description == expected)
        } else {
            #expect(failure { _ = try time.generalizedTime() } == .invalidContent(tag: 0x18))
        }
    }

    @Test("UTF8String holds UTF-8 of any length, and nothing else does")
    func text() throws {
        let long = String(repeating: "é", count: 100)
        #expect(try element(DERBuilder.utf8String(long)).utf8Text() == long)
        #expect(failure { _ = try element([0x0C, 0x01, 0xFF]).utf8Text() } == .invalidContent(tag: 0x0C))
        #expect(failure { _ = try element([0x16, 0x01, 0x41]).utf8Text() } == .invalidContent(tag: 0x16))
    }

    @Test("Ten thousand nested sequences cost nothing to read")
    func depth() throws {
        var bytes: [UInt8] = []
        for _ in 0..<10_000 { bytes = DERWriter.element(0x30, bytes) }
        var reader = DERReader(bytes)
        var levels = 0
        while !reader.isAtEnd {
            reader = try reader.nested(0x30)
            levels += 1
        }
        #expect(levels == 10_000)
        #expect((try? Certificate(der: bytes)) == nil)
    }
}
