/// Tells values that stand for a secret in documentation from secrets.
enum Placeholder {
    private static let words: [StaticString] = [
        "example", "xxxxxx", "your_", "your-", "yourkey", "yourtoken", "placeholder", "changeme", "change_me",
        "redacted", "dummy", "0123456789",
        "1234567890", "abcdefgh",
    ]

    /// Whether a value is made up: it says so, as AWS's documented `AKIAIOSFODNN7EXAMPLE` does, or it hardly varies.
    static func isLikely(_ value: UnsafeRawBufferPointer) -> Bool {
        let lower = value.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if words.contains(where: { contains(lower, $0) }) { return true }
        return value.count >= 12 && bitsPerByte(value) < 2
    }

    private static func contains(_ text: [UInt8], _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard text.count >= count else { return false }
        return (0...(text.count - count)).contains { start in
            (0..<count).allSatisfy { text[start + $0] == word.utf8Start[$0] }
        }
    }

    /// Shannon's entropy of the bytes' frequencies, times the number of bytes, over that number: 2 means that four
    /// bytes take turns.
    static func bitsPerByte(_ value: UnsafeRawBufferPointer) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in value { counts[Int(byte)] += 1 }
        // The logarithm by halves of powers: exact enough to tell one from the other, and no library for it.
        let total = Double(value.count)
        return counts.filter { $0 > 0 }.reduce(0) { sum, count in
            let share = Double(count) / total
            return sum - share * binaryLogarithm(share)
        }
    }

    /// The logarithm to base 2 of a number in (0, 1].
    private static func binaryLogarithm(_ number: Double) -> Double {
        var mantissa = number.significand
        var result = Double(number.exponent)
        var weight = 0.5
        for _ in 0..<20 {
            mantissa *= mantissa
            if mantissa >= 2 {
                mantissa /= 2
                result += weight
            }
            weight /= 2
        }
        return result
    }
}
