package import CaseIndex
internal import Cryptography
package import StrictJSON

/// What `check log` found: entries without artifacts, artifacts without entries, and entries that several signatures state.
package struct LogCheckPage: Sendable {
    /// Entries for whose artifact the case has nothing.
    package let orphans: [OrphanEntry]
    /// Signatures to which no entry belongs.
    package let unlogged: [UnloggedSignature]
    /// Entries that signatures of different content state.
    package let shared: [SharedEntry]
    /// Entries that came as files of their own and are of signatures in the case.
    package let joined: [JoinedEntry]
    /// How many signatures have an entry.
    package let logged: Int
    /// How many entries came alone.
    package let alone: Int

    package init(_ reader: CaseReader) throws {
        joined = try reader.joinedEntries()
        let documents = Set(joined.map { "\($0.document)" })
        let entries = Set(joined.compactMap(\.entryID))
        let signatures = Set(joined.flatMap(\.signatureIDs))
        orphans = try reader.orphanEntries().filter { orphan in
            !(orphan.signatureID.map(entries.contains) ?? orphan.document.map(documents.contains) ?? false)
        }
        unlogged = try reader.unloggedSignatures().filter { !signatures.contains($0.signatureID) }
        shared = try reader.sharedEntries(besides: joined)
        (logged, alone) = try reader.logEntryCounts(besides: joined)
    }

    /// Whether everything fits.
    package var isClean: Bool { orphans.isEmpty && unlogged.isEmpty && shared.isEmpty }

    /// For people.
    package func text(_ style: TextStyle) -> String {
        var lines: [String] = []
        func add(_ title: String, _ table: TextTable, _ isEmpty: Bool) {
            guard !isEmpty else { return }
            lines += (lines.isEmpty ? [] : [""]) + [style.paint(title, .strong)] + table.lines(style)
        }
        add("log entries without an artifact", orphanTable(style), orphans.isEmpty)
        add("signatures without a log entry", unloggedTable(style), unlogged.isEmpty)
        add("log entries that several signatures state", sharedTable(style), shared.isEmpty)
        if lines.isEmpty {
            lines = [style.paint("every log entry has its artifact, and every signature its entry", .good)]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func orphanTable(_ style: TextStyle) -> TextTable {
        var table = TextTable(["DIGEST", "INDEX", "TIME", "CAME WITH"], indentation: 2)
        for entry in orphans {
            table.add([
                TextCell(evidence: entry.digest), TextCell(evidence: entry.logIndex ?? ""),
                TextCell(evidence: entry.time ?? ""),
                TextCell(entry.signatureID.map { "signature \(style.brief($0))" } ?? "nothing"),
            ])
        }
        return table
    }

    private func unloggedTable(_ style: TextStyle) -> TextTable {
        var table = TextTable(["IMAGE", "SIGNATURE", "FORM", "AUTHENTIC", "SIGNER"], indentation: 2)
        for signature in unlogged {
            let authentic = signature.isAuthentic.map { $0 ? "yes" : "no" } ?? "not verified yet"
            table.add([
                TextCell(signature.subject), TextCell(style.brief(signature.signatureID)),
                TextCell(signature.kind), TextCell(authentic), TextCell(evidence: signature.identity ?? ""),
            ])
        }
        return table
    }

    private func sharedTable(_ style: TextStyle) -> TextTable {
        var table = TextTable(["LOG", "INDEX", "SIGNATURES"], indentation: 2)
        for entry in shared {
            let ids = entry.signatureIDs.map { style.brief($0) }.joined(separator: " ")
            table.add([TextCell(style.brief(entry.logID)), TextCell("\(entry.logIndex)"), TextCell(ids)])
        }
        return table
    }

    /// The document.
    package var json: JSONValue {
        Document.make(
            "log-check",
            [
                ("loggedSignatures", JSONValue(logged)),
                ("entriesAlone", JSONValue(alone)),
                ("entriesWithoutArtifact", .array(orphans.map(Self.value))),
                ("signaturesWithoutEntry", .array(unlogged.map(Self.value))),
                ("sharedEntries", .array(shared.map(Self.value))),
                ("joinedEntries", .array(joined.map(Self.value))),
            ]
        )
    }

    private static func value(_ entry: OrphanEntry) -> JSONValue {
        .members([
            ("digest", JSONValue(entry.digest)), ("logID", JSONValue(entry.logID)),
            ("logIndex", JSONValue(entry.logIndex)), ("time", JSONValue(entry.time)),
            ("signature", JSONValue(entry.signatureID)), ("claim", entry.claimID.map { JSONValue($0) } ?? .null),
        ])
    }

    private static func value(_ signature: UnloggedSignature) -> JSONValue {
        .members([
            ("signature", JSONValue(signature.signatureID)), ("subject", JSONValue(signature.subject)),
            ("kind", JSONValue(signature.kind)),
            ("authentic", signature.isAuthentic.map { .bool($0) } ?? .null),
            ("identity", JSONValue(signature.identity)),
        ])
    }

    private static func value(_ entry: JoinedEntry) -> JSONValue {
        .members([
            ("document", JSONValue("\(entry.document)")), ("entry", JSONValue(entry.entryID)),
            ("signatures", .strings(entry.signatureIDs)),
        ])
    }

    private static func value(_ entry: SharedEntry) -> JSONValue {
        .members([
            ("logID", JSONValue(entry.logID)), ("logIndex", JSONValue(entry.logIndex)),
            ("signatures", .strings(entry.signatureIDs)),
        ])
    }
}
