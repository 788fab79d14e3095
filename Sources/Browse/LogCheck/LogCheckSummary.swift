internal import CaseIndex
internal import Report
internal import StrictJSON

/// What the check of every log entry came to: how much there is of each kind, the first rows, and the whole as a document.
struct LogCheckSummary: Sendable {
    /// Some rows of all that there are.
    struct Rows<Row: Sendable>: Sendable {
        let count: Int
        let first: [Row]

        init(_ rows: [Row]) {
            count = rows.count
            first = Array(rows.prefix(200))
        }
    }

    let isClean: Bool
    let orphans: Rows<OrphanEntry>
    let unlogged: Rows<UnloggedSignature>
    let shared: Rows<SharedEntry>
    /// The JSON twin.
    let document: String

    init(_ check: LogCheckPage) {
        isClean = check.isClean
        orphans = Rows(check.orphans)
        unlogged = Rows(check.unlogged)
        shared = Rows(check.shared)
        document = check.json.pretty + "\n"
    }
}
