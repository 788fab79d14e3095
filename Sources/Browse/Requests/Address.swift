/// Addresses of pages, written so that nothing in them can mean anything else.
enum Address {
    /// A path from its steps, with parameters; those without a value are left out.
    static func make(_ steps: [String], _ parameters: [(String, String?)] = []) -> String {
        let path = "/" + steps.map(encode).joined(separator: "/")
        let pairs = parameters.compactMap { name, value in
            value.map { "\(encode(name))=\(encode($0))" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    /// Percent-encoding of all but unreserved characters (RFC 3986, section 2.3) and the colon of digests.
    static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: ":"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
