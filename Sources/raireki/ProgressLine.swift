internal import Presentation

/// One line that tells how far work has come, how fast it goes, and how long it will still take.
struct ProgressLine {
    /// What is counted.
    enum Unit: Hashable, Sendable {
        case bytes
        /// Things with a name, in the plural.
        case things(String)
    }

    let title: String
    let unit: Unit
    let done: Int64
    /// How much there is; 0 when nobody knows.
    let total: Int64
    let elapsed: Duration

    private static let columns = 24
    /// Sooner, a rate says little about the rest.
    private static let firstEstimate = 1.0

    /// The line, cut to a terminal's width; its title is what gives way.
    func text(columns width: Int) -> String {
        let seconds = elapsed.seconds
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var parts: [String] = []
        if total > 0 {
            let part = min(1, max(0, Double(done) / Double(total)))
            let filled = Int(part * Double(Self.columns))
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.columns - filled)
            parts.append("\(bar) \(Int(part * 100)) %")
        }
        parts.append(total > 0 ? "\(amount(done)) of \(counted(total))" : counted(done))
        if seconds >= Self.firstEstimate, rate > 0 {
            parts.append(speed(rate))
            if total > done { parts.append("\(Self.span(Double(total - done) / rate)) left") }
        }
        let line = parts.joined(separator: "  ")
        // One column stays free: some terminals begin a new line when the last is written to.
        let room = width - 1
        if line.count > room { return String(line.prefix(max(0, room))) }
        let title = EscapedText(self.title, limit: max(0, room - line.count - 3)).text
        return line.count + 2 + title.count <= room ? line + "  " + title : line
    }

    /// A number of the unit, with its name.
    private func counted(_ number: Int64) -> String {
        switch unit {
        case .bytes: Self.size(Double(number))
        case .things(let name): "\(number) \(name)"
        }
    }

    private func amount(_ number: Int64) -> String {
        switch unit {
        case .bytes: Self.size(Double(number))
        case .things: "\(number)"
        }
    }

    private func speed(_ rate: Double) -> String {
        switch unit {
        case .bytes: Self.size(rate) + "/s"
        case .things: (rate < 10 ? Self.tenths(rate) : "\(Int(rate))") + "/s"
        }
    }

    /// Bytes in decimal units (IEC 80000-13), with one digit after the point where that says something.
    static func size(_ bytes: Double) -> String {
        var value = bytes
        var rest = ["B", "kB", "MB", "GB", "TB", "PB"][...]
        while value >= 999.5, rest.count > 1 {
            value /= 1_000
            rest = rest.dropFirst()
        }
        let unit = rest.first ?? "B"
        return (unit == "B" || value >= 99.95 ? "\(Int(value.rounded()))" : tenths(value)) + " " + unit
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Seconds in at most two units.
    static func span(_ seconds: Double) -> String {
        guard seconds < 360_000 else { return "days" }
        let whole = max(1, Int(seconds.rounded(.up)))
        if whole < 60 { return "\(whole) s" }
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
