internal import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// The document behind `trace --format json`.
package enum TraceJSON {
    /// The document.
    package static func document(_ traces: [Trace]) -> JSONValue {
        Document.make("trace", [("images", .array(traces.map(image)))])
    }

    private static func image(_ trace: Trace) -> JSONValue {
        .members(ImageJSON.heading(trace.entry) + members(trace))
    }

    /// What a trace adds to the heading of an image.
    static func members(_ trace: Trace) -> [(String, JSONValue)] {
        var more: [(String, JSONValue)] = []
        if !trace.commits.isEmpty { more.append(("commits", .array(trace.commits.map(CommitJSON.traced)))) }
        if !trace.runs.isEmpty { more.append(("runs", .array(trace.runs.map(RunJSON.value)))) }
        return [
            ("standing", JSONValue(trace.standing.rawValue)),
            ("chains", .array(trace.chains.map(chain))),
            ("facts", .array(trace.rows.map(row))),
        ] + more + [("findings", .array(trace.findings.map(finding)))]
    }

    private static func chain(_ chain: ProvenanceChain) -> JSONValue {
        let links = chain.links.map { link in
            JSONValue.members([
                ("station", JSONValue(link.station.rawValue)),
                ("value", JSONValue(link.value)),
                ("detail", JSONValue(link.detail)),
                ("basis", JSONValue(link.basis.rawValue)),
                ("objection", JSONValue(link.objection)),
                ("claim", link.claimID.map { JSONValue($0) } ?? .null),
            ])
        }
        return .members([
            ("signature", JSONValue(chain.signatureID)),
            ("authentic", .bool(chain.isAuthentic)),
            ("links", .array(links)),
        ])
    }

    private static func row(_ row: FactRow) -> JSONValue {
        let conflicts = row.conflicts.map { conflict in
            JSONValue.array([JSONValue(conflict.stronger.claim.id), JSONValue(conflict.weaker.claim.id)])
        }
        return .members([
            ("fact", JSONValue(row.fact.rawValue)),
            ("verdict", JSONValue(row.verdict.rawValue)),
            ("lacksCertificateCounterpart", .bool(row.lacksCounterpart)),
            ("values", .array(row.values.map(value))),
            ("conflicts", .array(conflicts)),
        ])
    }

    private static func value(_ value: TracedValue) -> JSONValue {
        .members([
            ("claim", JSONValue(value.claim.id)),
            ("value", JSONValue(value.claim.value)),
            ("compared", JSONValue(value.value.normal)),
            ("scope", JSONValue(value.value.scope)),
            ("aspect", value.value.aspect == .itself ? .null : JSONValue(value.value.aspect.rawValue)),
            ("basis", JSONValue(value.basis.rawValue)),
            ("speaker", JSONValue(value.claim.speaker.rawValue)),
            ("key", JSONValue(value.claim.key)),
            ("subject", JSONValue("\(value.claim.subject)")),
            ("signature", JSONValue(value.claim.signatureID)),
            ("readFrom", JSONValue("\(value.claim.readFrom)")),
            ("pointer", JSONValue(value.claim.pointer)),
        ])
    }

    static func finding(_ finding: FindingRecord) -> JSONValue {
        .members([
            ("rule", JSONValue(finding.rule)),
            ("severity", JSONValue(finding.severity.rawValue)),
            ("message", JSONValue(finding.message)),
            ("records", (try? JSONValue(parsing: Array(finding.records.utf8))) ?? .array([])),
        ])
    }
}
