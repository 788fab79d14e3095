internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// Findings of a case of any size as SARIF 2.1.0, for code scanning and dashboards; see ``SARIFDocument``.
package enum SARIFReport {
    /// Warnings of import beyond these are in the other forms of the report.
    private static let notificationLimit = 1_000

    /// Writes the log.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - version: The program's version.
    ///   - put: Where the log goes.
    ///   - each: Called for every image.
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        version: String,
        to put: @escaping ReportSink,
        each: (ImageDossier) -> Void
    ) throws {
        let schema = JSONValue(SARIFDocument.schema).compact
        try put("{\n  \"$schema\": \(schema),\n  \"version\": \"2.1.0\",\n  \"runs\": [\n")
        let opening: [(String, JSONValue)] = [
            ("tool", SARIFDocument.tool(version)), ("invocations", invocations(stream.heading)),
            ("columnKind", "unicodeCodePoints"),
        ]
        var artifacts: [JSONValue] = []
        var pieces = try JSONPieces(opening, list: "results", put)
        try stream.forEach { dossier in
            each(dossier)
            let image = CheckedImage(dossier.trace)
            guard !image.findings.isEmpty else { return }
            for result in SARIFDocument.results(image, place: artifacts.count) { try pieces.add(result) }
            artifacts.append(SARIFDocument.artifact(image))
        }
        try pieces.finish([("artifacts", .array(artifacts))])
        try put("  ]\n}\n")
    }

    /// The run: whether it saw everything, and what was noticed about the evidence itself.
    private static func invocations(_ heading: CaseDossier) -> JSONValue {
        let notifications = heading.grave.prefix(notificationLimit).map { warning in
            JSONValue.members([
                ("descriptor", ["id": JSONValue(warning.code)]),
                ("level", JSONValue(warning.severity == .recovered ? "note" : "warning")),
                ("message", ["text": JSONValue("\(warning.path): \(warning.message)")]),
            ])
        }
        return [
            [
                "executionSuccessful": .bool(heading.incompleteSources.isEmpty),
                "toolExecutionNotifications": .array(Array(notifications)),
            ]
        ]
    }
}
