internal import Correlation
internal import Cryptography
internal import Report

/// What is asked about: a fact with its value, within a window of time.
struct Criterion {
    let criterion: ImageCriterion?
    let window: TimeWindow?

    static let parameters = ["kind", "value", "from", "to"]

    /// Reads it from the address; without a value nothing is asked.
    ///
    /// - Throws: ``BrowseError/badParameter(name:reason:)``.
    init(_ request: PageRequest) throws(BrowseError) {
        let kinds = ImageCriterion.Kind.allCases.map(\.rawValue)
        let (first, last) = (try Self.time("from", request), try Self.time("to", request))
        window = first == nil && last == nil ? nil : TimeWindow(from: first, to: last)
        guard let value = request.value("value") else {
            criterion = nil
            return
        }
        guard let kind = ImageCriterion.Kind(rawValue: request.value("kind") ?? "identity") else {
            throw .badParameter(name: "kind", reason: "one of \(kinds.joined(separator: ", "))")
        }
        switch kind {
        case .layer, .digest:
            guard (try? Digest(parsing: value)) != nil else {
                throw .badParameter(name: "value", reason: "a digest like sha256:9f86d08…")
            }
        case .commit:
            guard value.utf8.count >= ImageSearch.shortestCommit, value.allSatisfy({ $0.isASCII && $0.isHexDigit })
            else {
                throw .badParameter(name: "value", reason: "a commit, or at least 7 digits of one")
            }
        case .identity, .issuer, .key, .pipeline, .job, .runner, .user: break
        }
        criterion = ImageCriterion(kind, value)
    }

    private static func time(_ name: String, _ request: PageRequest) throws(BrowseError) -> Timestamp? {
        guard let text = request.value(name) else { return nil }
        guard let time = TimeWindow.bound(text, isEnd: name == "to") else {
            throw .badParameter(name: name, reason: "a time like 2026-03-01T12:00:00Z or a day like 2026-03-01")
        }
        return time
    }

    /// The form that asks it.
    static func form(_ address: String, _ request: PageRequest, submit: String) -> HTMLNode {
        Form.node(
            address,
            [
                Form.choice(
                    "kind",
                    "What",
                    ImageCriterion.Kind.allCases.map(\.rawValue),
                    chosen: request.value("kind") ?? "identity"
                ),
                Form.field("value", "Value", request.value("value") ?? "", isWide: true),
                Form.field("from", "From", request.value("from") ?? "", hint: "2026-03-01"),
                Form.field("to", "To", request.value("to") ?? "", hint: "2026-03-31"),
            ],
            submit: submit
        )
    }
}
