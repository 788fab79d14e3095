extension FileEntryRecord {
    /// Appends the bytes that stand for the entry in a layer's ``LayerRecord/entriesDigest``: every field with its length
    /// or in decimal digits, so that no two different entries give the same bytes.
    package func appendCanonical(to bytes: inout [UInt8]) {
        bytes.append(counted: path)
        for number in [kind.rawValue, Int64(mode), userID, groupID, modified, nanoseconds] {
            bytes.append(decimal: number)
        }
        if let content {
            bytes.append(decimal: content.size)
            bytes.append(counted: content.digest)
        } else {
            bytes.append(UInt8(ascii: "-"))
        }
        if let link { bytes.append(counted: link) } else { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: Int64(details.count))
        for detail in details {
            bytes.append(counted: Array(detail.name.utf8))
            bytes.append(counted: detail.value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}

extension [UInt8] {
    /// Appends decimal digits and a space.
    fileprivate mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var digits: (UInt64, Int) = (number.magnitude, 0)
        var reversed: UInt64 = 0
        // At most 19 digits: the last is kept apart, the others fit once turned round.
        let last = UInt8(digits.0 % 10)
        digits.0 /= 10
        while digits.0 > 0 {
            reversed = reversed * 10 + digits.0 % 10
            digits.0 /= 10
            digits.1 += 1
        }
        for _ in 0..<digits.1 {
            append(UInt8(ascii: "0") + UInt8(reversed % 10))
            reversed /= 10
        }
        append(UInt8(ascii: "0") + last)
        append(UInt8(ascii: " "))
    }

    /// Appends a length and that many bytes.
    fileprivate mutating func append(counted bytes: [UInt8]) {
        append(decimal: Int64(bytes.count))
        append(contentsOf: bytes)
    }
}
