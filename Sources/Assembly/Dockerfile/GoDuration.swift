/// Durations as Go writes them: `1m30s`, `500ms`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// Nanoseconds of a duration; nil when the text is none, or one of more than a year.
    static func nanoseconds(_ text: String) -> Int64? {
        if text == "0" { return 0 }
        var rest = text[...]
        var sum = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard number.count <= 20, let value = Double(String(number)),
                let scale = units.first(where: { $0.name == unit })?.nanoseconds
            else { return nil }
            sum += value * scale
        }
        return sum.isFinite && sum <= 366 * 86_400 * 1e9 ? Int64(sum.rounded()) : nil
    }

    /// The duration as Go prints it; whole seconds and more without a fraction where there is none.
    static func text(_ nanoseconds: Int64) -> String {
        guard nanoseconds != 0 else { return "0s" }
        guard nanoseconds >= 1_000_000_000 else { return decimal(nanoseconds, 1_000_000) + "ms" }
        let hours = nanoseconds / 3_600_000_000_000
        let minutes = nanoseconds / 60_000_000_000 % 60
        let seconds = decimal(nanoseconds % 60_000_000_000, 1_000_000_000) + "s"
        if hours > 0 { return "\(hours)h\(minutes)m\(seconds)" }
        return minutes > 0 ? "\(minutes)m\(seconds)" : seconds
    }

    private static func decimal(_ number: Int64, _ unit: Int64) -> String {
        guard number % unit != 0 else { return "\(number / unit)" }
        var fraction = String(number % unit)
        fraction = String(repeating: "0", count: String(unit).count - 1 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(number / unit).\(fraction)"
    }
}
