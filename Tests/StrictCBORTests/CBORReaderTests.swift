import StrictCBOR
import Testing

@Suite("Strict CBOR")
struct CBORReaderTests {
    private func read(_ hex: String) throws -> CBORValue {
        let digits = Array(hex.utf8).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        return try CBORValue(parsing: bytes)
    }

    @Test(
        "The examples of RFC 8949, Appendix A",
        arguments: [
            ("00", 0), ("17", 23), ("1818", 24), ("1903e8", 1000), ("1a000f4240", 1_000_000),
            ("1bffffffffffffffff", .unsigned(.max)), ("20", -1), ("3903e7", -1000),
            ("3bffffffffffffffff", .negative(.max)), ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
            ("f7", .simple(23)), ("f0", .simple(16)), ("f8ff", .simple(255)), ("f90001", .float(5.960464477539063e-8)),
            ("f93c00", .float(1)), ("f97bff", .float(65504)), ("f9c400", .float(-4)), ("f97c00", .float(.infinity)),
            ("fa47c35000", .float(100_000)), ("fb3ff199999999999a", .float(1.1)),
            ("c11a514b67b0", .tag(1, 1_363_896_240)), ("4401020304", .bytes([1, 2, 3, 4])), ("6449455446", "IETF"),
            ("62c3bc", "ü"), ("80", .array([])), ("83010203", .array([1, 2, 3])),
            ("a201020304", .map([CBORPair(1, 2), CBORPair(3, 4)])),
            ("a26161016162820203", .map([CBORPair("a", 1), CBORPair("b", .array([2, 3]))])),
        ] as [(String, CBORValue)]
    )
    func examples(hex: String, value: CBORValue) throws {
        #expect(try read(hex) == value)
        // Half and single precision are written as doubles.
        if case .float = value { return }
        #expect(try CBORValue(parsing: value.encoding) == value)
        #expect(value.encoding.count == hex.count / 2)
    }

    @Test(
        "What is not strict is refused, and where",
        arguments: [
            ("", .truncated(offset: 0)), ("18", .truncated(offset: 1)), ("19ff", .truncated(offset: 1)),
            ("420102ff", .trailingBytes(offset: 3)), ("43 01".filter { $0 != " " }, .truncated(offset: 1)),
            ("1800", .notShortest(offset: 0)), ("190017", .notShortest(offset: 0)),
            ("1a0000ffff", .notShortest(offset: 0)), ("1b00000000ffffffff", .notShortest(offset: 0)),
            ("5800", .notShortest(offset: 0)), ("f818", .notShortest(offset: 0)),
            ("5f4100ff", .indefiniteLength(offset: 0)),
            ("9f00ff", .indefiniteLength(offset: 0)), ("ff", .indefiniteLength(offset: 0)),
            ("1c", .reserved(offset: 0)),
            ("fe", .reserved(offset: 0)), ("61ff", .notUTF8(offset: 0)), ("a201000100", .duplicateKey(offset: 3)),
            ("9bffffffffffffffff", .truncated(offset: 0)), ("bb7fffffffffffffff", .truncated(offset: 0)),
            ("5bffffffffffffffff", .truncated(offset: 9)), ("a101", .truncated(offset: 0)),
        ] as [(String, CBORError)]
    )
    func refused(hex: String, error: CBORError) {
        #expect(throws: error) { try read(hex) }
    }

    @Test("Texts that look alike are different keys")
    func keys() throws {
        // é composed and decomposed.
        #expect(try read("a262c3a9016365cc8102").pairs?.count == 2)
    }

    @Test("Depth, items and bytes are bounded")
    func limits() throws {
        let deep = [UInt8](repeating: 0x81, count: 100_000) + [0]
        #expect(throws: CBORError.tooDeep(limit: 16, offset: 17)) { try CBORValue(parsing: deep) }
        let tags = [UInt8](repeating: 0xC1, count: 100_000) + [0]
        #expect(throws: CBORError.tooDeep(limit: 16, offset: 17)) { try CBORValue(parsing: tags) }
        let wide = [0x99, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 0xFFFF)
        #expect(throws: CBORError.tooManyItems(limit: 10_000, offset: 10_002)) { try CBORValue(parsing: wide) }
        let large = CBORLimits(bytes: 3)
        #expect(throws: CBORError.tooLarge(size: 4, limit: 3)) { try CBORValue(parsing: [0, 0, 0, 0], limits: large) }
    }

    @Test("Numbers are given where they fit")
    func numbers() throws {
        #expect(CBORValue(Int64.min).int64 == .min)
        #expect(CBORValue(Int64.max).int64 == .max)
        #expect(CBORValue.unsigned(.max).int64 == nil)
        #expect(CBORValue.negative(.max).int64 == nil)
        #expect(CBORValue.map([CBORPair(1, "a")])[1]?.string == "a")
        #expect(CBORValue.array([1]).elements == [1])
        #expect(CBORValue.bytes([1]).byteString == [1])
    }
}
