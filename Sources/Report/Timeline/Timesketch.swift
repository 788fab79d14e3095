package import Correlation
internal import Cryptography
internal import Presentation
internal import StrictJSON

/// A timeline as Timesketch imports it (Timesketch, "Create a timeline from a JSON/CSV file"): `message`, `datetime` and
/// `timestamp_desc`, and beside them what else is known.
package enum Timesketch {
    /// The names of the columns, in their order.
    private static let columns = [
        "message", "timestamp", "datetime", "timestamp_desc", "event", "basis", "record", "images", "conflicts",
    ]

    /// Comma-separated values (RFC 4180); the file's name must end with `.csv`.
    ///
    /// - Throws: Whatever `put` throws.
    package static func writeCSV(_ timeline: Timeline, to put: @escaping ReportSink) throws {
        var sink = BufferedSink(put)
        try sink.write(columns.joined(separator: ",") + "\r\n")
        for event in timeline.events {
            try sink.write(fields(event).map { CSVField.text($0.value) }.joined(separator: ",") + "\r\n")
        }
        try sink.flush()
    }

    /// A JSON object a line; the file's name must end with `.jsonl`.
    ///
    /// - Throws: Whatever `put` throws.
    package static func writeJSONLines(_ timeline: Timeline, to put: @escaping ReportSink) throws {
        var sink = BufferedSink(put)
        for event in timeline.events {
            let members = fields(event).map { field in
                (field.name, field.name == "timestamp" ? number(event) : JSONValue(field.value))
            }
            try sink.write(JSONValue.members(members).compact + "\n")
        }
        try sink.flush()
    }

    private static func fields(_ event: TimelineEvent) -> [(name: String, value: String)] {
        let conflicts = event.conflicts.map { "\($0.code): \($0.words) (\($0.other))" }
        let values = [
            message(event), microseconds(event), datetime(event), event.kind.words, event.kind.rawValue,
            event.basis.rawValue, event.record, event.images.map { "\($0)" }.joined(separator: " "),
            conflicts.joined(separator: "; "),
        ]
        return zip(columns, values).map { ($0, $1) }
    }

    private static func message(_ event: TimelineEvent) -> String {
        let mark = event.conflicts.isEmpty ? "" : " [clocks contradict]"
        // A keyword field of more than 32,766 bytes is not indexed.
        return "\(event.kind.words): \(EscapedText(event.what, limit: 4_000))\(mark)"
    }

    /// ISO 8601 with an offset, to the microsecond.
    private static func datetime(_ event: TimelineEvent) -> String {
        let whole = Timestamp(seconds: event.time.seconds).description.dropLast()
        let digits = String(event.time.nanoseconds / 1_000)
        return "\(whole).\(String(repeating: "0", count: 6 - digits.count))\(digits)+00:00"
    }

    private static func number(_ event: TimelineEvent) -> JSONValue {
        Int64(microseconds(event)).map { JSONValue($0) } ?? .null
    }

    /// Since 1970; clamped where a time that evidence made up cannot be counted.
    private static func microseconds(_ event: TimelineEvent) -> String {
        let (product, overflow) = event.time.seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return String(event.time.seconds < 0 ? Int64.min : Int64.max) }
        let (sum, isTooLarge) = product.addingReportingOverflow(Int64(event.time.nanoseconds / 1_000))
        return String(isTooLarge ? Int64.max : sum)
    }
}

/// One field of comma-separated values.
package enum CSVField {
    /// What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), full-width forms too.
    private static let formulas = Set("=+-@|%＝＋－＠".unicodeScalars)

    /// Text in quotation marks where it needs them (RFC 4180), never a formula of a spreadsheet.
    package static func text(_ text: String) -> String {
        let safe = VisibleText.guarded(text)
        let isFormula = safe.unicodeScalars.first { !$0.properties.isWhitespace }.map(formulas.contains) ?? false
        // A number with a sign is no formula.
        let field = isFormula && Int64(safe) == nil ? "'" + safe : safe
        guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
