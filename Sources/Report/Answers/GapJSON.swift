package import Correlation
internal import Cryptography
package import StrictJSON

/// What is missing, as a document.
package enum GapJSON {
    /// The document behind `gaps --format json`.
    package static func document(_ gaps: Gaps) -> JSONValue {
        Document.make(
            "gaps",
            [
                ("images", .array(gaps.rows.map(row))),
                ("gaps", .array(gaps.gaps.map(gap))),
                (
                    "summary",
                    .array(
                        gaps.summary.map { kind, count in
                            .members([
                                ("kind", JSONValue(kind.rawValue)), ("count", JSONValue(count)),
                                ("orphan", .bool(kind.isOrphan)), ("collect", JSONValue(kind.advice)),
                            ])
                        }
                    )
                ),
            ]
        )
    }

    private static func row(_ row: GapRow) -> JSONValue {
        .members([
            ("image", JSONValue("\(row.image)")), ("names", .strings(row.names)), ("whole", .bool(row.isWhole)),
            (
                "checks",
                .members(
                    GapCheck.allCases.map { ($0.rawValue, JSONValue((row.states[$0] ?? .notApplicable).rawValue)) }
                )
            ),
        ])
    }

    private static func gap(_ gap: Gap) -> JSONValue {
        .members([
            ("kind", JSONValue(gap.kind.rawValue)), ("subject", JSONValue(gap.subject?.description)),
            ("what", JSONValue(gap.what)), ("records", .strings(gap.records)),
        ])
    }
}
