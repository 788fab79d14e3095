internal import Cryptography

/// Times as documents write them: RFC 3339, or seconds since 1970 as logs count.
enum TimeReading {
    /// A time at which something was signed.
    static func signing(_ text: String) -> [Reading] {
        moment(text).map { [Reading(.time, FactValue(.signing($0)))] } ?? []
    }

    /// A time at which something was built.
    static func build(_ text: String) -> [Reading] {
        moment(text).map { [Reading(.time, FactValue(.build($0)))] } ?? []
    }

    private static func moment(_ text: String) -> Timestamp? {
        if text.isDecimal { return Int64(text).map { Timestamp(seconds: $0) } }
        return Timestamp(rfc3339: text)
    }
}
