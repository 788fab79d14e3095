package import Correlation
internal import Cryptography
package import StrictJSON

/// What is affected, as documents.
package enum BlastJSON {
    /// The document behind `blast --format json`.
    package static func document(_ blast: Blast) -> JSONValue {
        Document.make(
            "blast",
            [
                ("distrusts", .array(blast.distrusts.map(distrust))),
                ("images", .array(blast.images.map { image($0, blast) })),
                ("rebuildOrder", .strings(blast.rebuildOrder.map { "\($0)" })),
                ("circular", .strings(blast.circular.sorted().map { "\($0)" })),
            ]
        )
    }

    /// One thing that is not believed.
    package static func distrust(_ distrust: Distrust) -> JSONValue {
        .members([
            ("id", distrust.id.map { JSONValue($0) } ?? .null),
            ("kind", JSONValue(distrust.criterion.kind.rawValue)),
            ("value", JSONValue(distrust.criterion.value)),
            ("from", JSONValue(distrust.window.first?.description)),
            ("to", JSONValue(distrust.window.last?.description)),
            ("reason", JSONValue(distrust.reason)),
        ])
    }

    private static func image(_ image: AffectedImage, _ blast: Blast) -> JSONValue {
        let directs = image.directs.map { reason -> JSONValue in
            .members([
                ("distrust", distrust(reason.distrust)), ("match", MatchText.json(reason.match)),
                ("timeUnknown", .bool(reason.isTimeUnknown)),
            ])
        }
        let links = image.links.map { link -> JSONValue in
            .members([
                ("from", JSONValue("\(link.from)")), ("kind", JSONValue(link.kind.rawValue)),
                ("evidence", JSONValue(link.evidence)),
            ])
        }
        return .members([
            ("image", JSONValue("\(image.image)")), ("names", .strings(image.names)),
            ("present", .bool(image.isPresent)), ("distance", JSONValue(image.distance)),
            ("timeUnknown", .bool(image.isTimeUnknown)), ("direct", .array(directs)), ("through", .array(links)),
            ("chain", .strings(blast.chain(of: image.image).map { "\($0.image)" })),
        ])
    }

    /// A list of digests for an admission controller or a registry: comma-separated values with a heading.
    package static func denyList(_ blast: Blast) -> String {
        let rows = blast.images.map { image in
            let reasons = image.directs.map { reason in
                "\(reason.distrust.criterion.kind.rawValue) \(reason.distrust.criterion.value)"
            }
            let through = image.links.first.map { "\($0.kind.rawValue) \($0.from)" }
            let reason = reasons.isEmpty ? through ?? "" : Set(reasons).sorted().joined(separator: "; ")
            return [
                "\(image.image)", image.names.joined(separator: " "), image.directs.isEmpty ? "through" : "direct",
                image.isTimeUnknown ? "unknown" : "", reason,
            ]
        }
        return ([["digest", "names", "affected", "time", "reason"]] + rows).map { row in
            row.map { CSVField.text($0) }.joined(separator: ",") + "\r\n"
        }.joined()
    }
}
