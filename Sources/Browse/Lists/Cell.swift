internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report

/// How the values of columns look, and where they lead.
enum Cell {
    /// The title of a column.
    static func title(_ column: String) -> String {
        switch column {
        case "signedAt": "Signed at"
        case "createdAt": "Created at"
        case "startedAt": "Started at"
        case "committedAt": "Committed at"
        case "importedAt": "Imported at"
        case "integratedTime": "Entered at"
        case "commitName": "Commit"
        case "isProtected": "Protected"
        case "runnerName": "Runner’s name"
        case "runnerClass": "Runner’s class"
        case "logIndex": "Index"
        case "toolVersion": "Program"
        case "first": "First signed"
        case "last": "Last signed"
        default: column.prefix(1).uppercased() + column.dropFirst()
        }
    }

    /// The class of a column in the style sheet.
    static func columnClass(_ column: String) -> String {
        switch column {
        case "severity", "authentic", "trusted": "word"
        case "signedAt", "createdAt", "startedAt", "committedAt", "importedAt", "integratedTime", "time", "first",
            "last":
            "time"
        case "signatures", "images", "names", "digests", "logIndex", "number", "pipeline", "run": "number"
        case "identity", "issuer", "message", "what", "evidence", "arguments", "subject", "path", "result": "wide"
        case "name", "rule", "author": "name"
        default: "plain"
        }
    }

    /// A value with its link; nothing where the record says nothing.
    static func node(_ column: String, _ value: String?, _ list: CaseList) -> HTMLNode {
        guard let value, !value.isEmpty else { return .empty }
        switch column {
        case "image", "digest":
            return (try? Digest(parsing: value)).map { Link.image($0) } ?? HTMLNode("code", [], [.evidence(value)])
        case "commit", "commitName":
            return Link.isCommit(value) ? Link.commit(value) : HTMLNode("code", [], [.evidence(value)])
        case "severity":
            if let severity = FindingSeverity(rawValue: value) { return Badge.severity(severity) }
            return Badge.node(value, value == "recovered" ? .quiet : .bad)
        case "rule": return filtered(list, "rule", value)
        case "project", "ref", "runner", "runnerName", "runnerClass", "user", "status", "trigger", "service", "kind":
            return filtered(list, column, value)
        case "isProtected", "complete", "promise", "proof": return .text(value == "1" ? "yes" : "no")
        case "hash", "signature", "log": return HTMLNode("code", [], [.evidence(String(value.prefix(16)))])
        default: return .evidence(value)
        }
    }

    /// A value that leads to the rows that have it.
    private static func filtered(_ list: CaseList, _ column: String, _ value: String) -> HTMLNode {
        Link.node(Address.make([list.name], [(column, value)]), [.evidence(value)])
    }
}
