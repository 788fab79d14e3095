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
    package static func csv(_ timeline: Timeline) -> String {
        let rows = timeline.events.map { event in fields(event).map { CSVField.text($0.value) } }
        return ([columns] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// A JSON object a line; the file's name must end with `.jsonl`.
    package static func jsonLines(_ timeline: Timeline) -> String {
        timeline.events.map { event in
            let members = fields(event).map { field in
                (field.name, field.name == "timestamp" ? number(event) : JSONValue(field.value))
            }
            return JSONValue.members(members).compact + "\n"
        }.joined()
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
    /// Text in quotation marks where it needs them (RFC 4180), never a formula of a spreadsheet.
    package static func text(_ text: String) -> String {
        let safe = VisibleText.guarded(text)
        let isFormula = safe.utf8.first.map { Array("=+-@".utf8).contains($0) } ?? false
        let isNumber = Int64(safe) != nil
        let field = isFormula && !isNumber ? "'" + safe : safe
        guard field.utf8.contains(where: { Array(",\"\r\n".utf8).contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
