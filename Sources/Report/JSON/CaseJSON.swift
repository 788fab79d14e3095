package import CaseIndex
internal import Correlation
package import Cryptography
package import StrictJSON

/// The documents behind `images`, `show`, `case info` and `report --format json`.
package enum CaseJSON {
    /// The images of a case.
    package static func images(_ entries: [ImageEntry]) -> JSONValue {
        let images = entries.map { entry in
            JSONValue.members(ImageJSON.heading(entry) + [("signatures", JSONValue(entry.signatureCount))])
        }
        return Document.make("images", [("images", .array(images))])
    }

    /// What the evidence holds of one image.
    package static func show(_ dossier: ImageDossier) -> JSONValue {
        Document.make("image", ImageJSON.heading(dossier.trace.entry) + evidence(dossier))
    }

    /// What a case holds.
    package static func info(_ dossier: CaseDossier, contentDigest: Digest) -> JSONValue {
        Document.make("case", caseMembers(dossier) + [("contentDigest", JSONValue("\(contentDigest)"))])
    }

    /// The provenance report.
    package static func report(_ dossier: CaseDossier) -> JSONValue {
        let images = dossier.images.map(reported)
        return Document.make("report", [("images", .array(images)), ("case", .members(caseMembers(dossier)))])
    }

    /// Writes the provenance report of a case of any size; the same bytes as ``report(_:)`` gives.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - put: Where the document goes.
    ///   - each: Called for every image.
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        to put: @escaping ReportSink,
        each: (ImageDossier) -> Void = { _ in }
    ) throws {
        var pieces = try JSONPieces([("schema", JSONValue(Document.schema("report")))], list: "images", put)
        try stream.forEach { dossier in
            each(dossier)
            try pieces.add(reported(dossier))
        }
        try pieces.finish([("case", .members(caseMembers(stream.heading)))])
    }

    /// Everything of one image, with its timeline.
    package static func image(_ dossier: ImageDossier) -> JSONValue {
        guard case .object(let image) = reported(dossier) else { return .null }
        let members = image.members.map { ($0.name.text, $0.value) }
        let timeline = dossier.timeline.map { ("timeline", TimelineJSON.document($0)) }
        return Document.make("image", members + [timeline].compactMap(\.self))
    }

    private static func reported(_ image: ImageDossier) -> JSONValue {
        .members(ImageJSON.heading(image.trace.entry) + TraceJSON.members(image.trace) + evidence(image))
    }

    private static func evidence(_ dossier: ImageDossier) -> [(String, JSONValue)] {
        let signatures = dossier.trace.signatures.map {
            SignatureJSON.value($0, sightings: $0.sightings)
        }
        return [
            ("content", ImageJSON.content(dossier.trace.graph)),
            ("signatures", .array(signatures)),
            ("warnings", .array(dossier.warnings.map(warning))),
        ]
    }

    private static func caseMembers(_ dossier: CaseDossier) -> [(String, JSONValue)] {
        [
            ("path", JSONValue(dossier.path)),
            ("counts", .members(dossier.counts.rows.map { ($0.0, JSONValue($0.1)) })),
            ("sources", .array(dossier.sources.map(source))),
            ("warnings", .array(dossier.warnings.map(warning))),
            ("custody", .array(dossier.activities.map(activity))),
            ("custodyBrokenAt", dossier.firstBrokenActivity.map { JSONValue($0) } ?? .null),
        ]
    }

    private static func source(_ source: SourceRecord) -> JSONValue {
        .members([
            ("id", JSONValue(source.id)),
            ("kind", JSONValue(source.kind)),
            ("path", JSONValue(source.path)),
            ("digest", JSONValue("\(source.digest)")),
            ("importedAt", JSONValue("\(source.importedAt)")),
            ("complete", .bool(source.isComplete)),
        ])
    }

    private static func warning(_ warning: WarningRecord) -> JSONValue {
        .members([
            ("source", JSONValue(warning.sourceID)),
            ("path", JSONValue(warning.path)),
            ("code", JSONValue(warning.code)),
            ("severity", JSONValue(warning.severity.rawValue)),
            ("digest", JSONValue(warning.digest?.description)),
            ("message", JSONValue(warning.message)),
        ])
    }

    private static func activity(_ activity: ActivityRecord) -> JSONValue {
        .members([
            ("id", JSONValue(activity.id)),
            ("startedAt", JSONValue("\(activity.startedAt)")),
            ("verb", JSONValue(activity.verb)),
            ("arguments", (try? JSONValue(parsing: Array(activity.arguments.utf8))) ?? JSONValue(activity.arguments)),
            ("toolVersion", JSONValue(activity.toolVersion)),
            ("result", (try? JSONValue(parsing: Array(activity.result.utf8))) ?? JSONValue(activity.result)),
            ("previousHash", JSONValue(activity.previousHash)),
            ("hash", JSONValue(activity.hash)),
        ])
    }
}
