import Cryptography
import TestSupport
import Testing

@Suite("Times are read and written as RFC 3339")
struct TimestampTests {
    @Test(
        "A time, its seconds since 1970, and how it is written",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"),
            ("2000-02-29T12:34:56Z", 951_827_696, 0, "2000-02-29T12:34:56Z"),
            ("2024-02-29T00:00:00Z", 1_709_164_800, 0, "2024-02-29T00:00:00Z"),
            ("1969-12-31T23:59:59Z", -1, 0, "1969-12-31T23:59:59Z"),
            ("1900-03-01T00:00:00Z", -2_203_891_200, 0, "1900-03-01T00:00:00Z"),
            ("2022-12-31T23:59:59.999Z", 1_672_531_199, 999_000_000, "2022-12-31T23:59:59.999Z"),
            ("2022-12-31T23:59:59.999000Z", 1_672_531_199, 999_000_000, "2022-12-31T23:59:59.999Z"),
            ("2022-01-01T00:00:00.1234567891234Z", 1_640_995_200, 123_456_789, "2022-01-01T00:00:00.123456789Z"),
            ("2022-01-01T00:00:00.000000001Z", 1_640_995_200, 1, "2022-01-01T00:00:00.000000001Z"),
            ("2022-01-01T02:00:00+02:00", 1_640_995_200, 0, "2022-01-01T00:00:00Z"),
            ("2021-12-31T18:30:00-05:30", 1_640_995_200, 0, "2022-01-01T00:00:00Z"),
            ("2022-01-01t00:00:00z", 1_640_995_200, 0, "2022-01-01T00:00:00Z"),
            ("2022-01-01 00:00:00Z", 1_640_995_200, 0, "2022-01-01T00:00:00Z"),
            ("2016-12-31T23:59:60Z", 1_483_228_799, 0, "2016-12-31T23:59:59Z"),
            ("9999-12-31T23:59:59Z", 253_402_300_799, 0, "9999-12-31T23:59:59Z"),
            ("0000-01-01T00:00:00Z", -62_167_219_200, 0, "0000-01-01T00:00:00Z"),
            ("2038-01-19T03:14:08Z", 2_147_483_648, 0, "2038-01-19T03:14:08Z"),
        ] as [(String, Int64, Int32, String)]
    )
    func table(text: String, seconds: Int64, nanoseconds: Int32, written: String) throws {
        let time = try #require(Timestamp(rfc3339: text))
        #expect(time.seconds == seconds)
        #expect(time.nanoseconds == nanoseconds)
        #expect("\(time)" == written)
        #expect(Timestamp(rfc3339: written) == time)
    }

    @Test(
        "What is no such time is refused",
        arguments: [
            "", "2022", "2022-01-01", "2022-01-01T00:00Z", "2022-01-01T00:00:00", "2022-01-01T00:00:00.Z",
            "2022-13-01T00:00:00Z", "2022-00-01T00:00:00Z", "2022-01-00T00:00:00Z", "2022-01-32T00:00:00Z",
            "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2022-04-31T00:00:00Z",
            "2022-01-01T24:00:00Z", "2022-01-01T00:60:00Z", "2022-01-01T00:00:61Z", "2022-1-1T00:00:00Z",
            "+022-01-01T00:00:00Z", "12022-01-01T00:00:00Z", "2022-01-01T00:00:00+24:00", "2022-01-01T00:00:00+00:60",
            "2022-01-01T00:00:00+0000", "2022-01-01T00:00:00Z ", " 2022-01-01T00:00:00Z", "2022-01-01T00:00:00Zx",
            "2022-01-01T00:00:00,5Z", "２022-01-01T00:00:00Z", "2022-01-01T-1:00:00Z",
            "2022-01-01T00:00:00\u{2212}01:00",
        ]
    )
    func refused(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Every day of eight centuries is written as it was read")
    func everyDay() throws {
        var expected: Int64 = -11_676_096_000
        for year in 1600..<2400 {
            for month in 1...12 {
                for day in 1...31 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
                    guard let time = Timestamp(rfc3339: text) else { continue }
                    guard time.seconds == expected, "\(time)" == text else {
                        Issue.record("\(text) is \(time.seconds) and \(time)")
                        return
                    }
                    expected += 86_400
                }
            }
        }
        #expect(expected == 13_569_465_600)
    }

    @Test("Extreme values are clamped and never stop the program")
    func extremes() {
        #expect("\(Timestamp(seconds: .max))" == "9999-12-31T23:59:59Z")
        #expect("\(Timestamp(seconds: .min))" == "0000-01-01T00:00:00Z")
        #expect("\(Timestamp(seconds: .max, nanoseconds: 999_999_999))" == "9999-12-31T23:59:59.999999999Z")
        #expect(Timestamp(milliseconds: .max).seconds == 18_446_744_073_709_551)
        #expect(Timestamp(milliseconds: .max).nanoseconds == 615_000_000)
        #expect(Timestamp(seconds: .max).adding(seconds: 1).seconds == .max)
        #expect(Timestamp(seconds: .min).adding(seconds: -1).seconds == .min)
        #expect(Timestamp(seconds: .min).adding(seconds: .max).seconds == -1)
        #expect(Timestamp(rfc3339: "0000-01-01T00:00:00+23:59")?.seconds == -62_167_305_540)
        #expect(Timestamp(rfc3339: "9999-12-31T23:59:59-23:59")?.seconds == 253_402_387_139)
    }

    @Test("Times are ordered to the nanosecond")
    func order() {
        #expect(Timestamp(seconds: 1, nanoseconds: 1) > Timestamp(seconds: 1))
        #expect(Timestamp(seconds: -1, nanoseconds: 999_999_999) < Timestamp(seconds: 0))
        #expect(Timestamp(milliseconds: 1_500) == Timestamp(seconds: 1, nanoseconds: 500_000_000))
    }

    @Test("Damaged times are read or refused, and what is read is written and read the same")
    func mutations() {
        var mutator = Mutator(seed: 3339)
        for _ in 0..<3_000 {
            let text = String(decoding: mutator.mutate(Array("2022-12-31T23:59:59.999+05:30".utf8)), as: UTF8.self)
            guard let time = Timestamp(rfc3339: text) else { continue }
            #expect(Timestamp(rfc3339: "\(time)") == time)
        }
    }
}
