internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Sigstore

/// Everything that `case verify` says of a case, in order.
struct CaseCheckList {
    private let found: CaseVerification

    init(_ found: CaseVerification) {
        self.found = found
    }

    /// The checks of the case by itself.
    var ofContent: [CaseCheck] {
        guard !found.schema.contains(where: \.isDangerous) else {
            return [schema]
                + ["integrity", "custody", "content", "tables", "documents", "layers", "imports"].map {
                    .notPerformed($0, "schema.changed", "nothing is read from tables that are not this program's")
                }
        }
        return [schema, integrity, custody, content, tables, documents, layers, imports]
    }

    private var schema: CaseCheck {
        guard !found.schema.isEmpty else { return .passed("schema", "as this version makes it") }
        return .failed("schema", "schema.changed", "the schema was changed", found.schema.map(\.description))
    }

    private var integrity: CaseCheck {
        guard !found.integrity.isEmpty else { return .passed("integrity", "SQLite finds no damage") }
        return .failed("integrity", "integrity.damaged", "SQLite finds damage", found.integrity)
    }

    private var custody: CaseCheck {
        let clock = found.chain.clockSteps.map { "note: record \($0) began before the record in front of it" }
        if let broken = found.chain.firstBroken {
            let detail = "broken at record \(broken.record): \(broken.reason)"
            return .failed("custody", "custody.broken", detail, clock)
        }
        if let unreadable = found.unreadable.first(where: { $0.name == "activity" }) {
            return .failed("custody", "custody.unreadable", "cannot be read: \(unreadable.reason)")
        }
        guard let last = found.chain.last else {
            return .failed("custody", "custody.empty", "the log has no record")
        }
        let detail = "\(counted(found.chain.count, "record")), unbroken; the last is \(last.id) \(last.hash)"
        return .passed("custody", detail, clock)
    }

    private var content: CaseCheck {
        guard let isRecorded = found.isContentRecorded, let last = found.chain.last else {
            return .notPerformed("content", "custody.empty", "no record states what the case holds")
        }
        guard isRecorded || found.incompleteSources.isEmpty else {
            let detail = "an import is under way or was killed: its layers have no record yet"
            return .notPerformed("content", "import.incomplete", detail)
        }
        guard isRecorded else {
            let detail = "schema or sums of the tables are not what record \(last.id) states"
            return .failed("content", "content.unrecorded", detail)
        }
        let portable = found.contentDigest.map { "; content digest \($0)" } ?? ""
        return .passed("content", "what record \(last.id) states\(portable)")
    }

    private var tables: CaseCheck {
        let changed = found.tables.filter { !$0.holds }.flatMap { table in
            let heading = "\(table.name): \(counted(Int(clamping: table.rows), "row")), \(table.recordedRows) written"
            return [heading] + table.suspects.map { "  among these: \($0)" }
        }
        let unreadable = found.unreadable.map { "\($0.name): cannot be read: \($0.reason)" }
        guard changed.isEmpty, unreadable.isEmpty else {
            return .failed("tables", "table.changed", "rows are not those that were written", changed + unreadable)
        }
        let rows = found.tables.map { Int(clamping: $0.rows) }.reduce(0, +)
        return .passed("tables", "\(counted(found.tables.count, "table")), \(counted(rows, "row")), as written")
    }

    private var documents: CaseCheck {
        guard found.wrongDocuments.isEmpty else {
            let detail = "\(found.wrongDocuments.count) of \(found.documents) are not what their digests name"
            return .failed("documents", "document.digest-mismatch", detail, found.wrongDocuments)
        }
        return .passed("documents", "\(counted(found.documents, "stored document")), each what its digest names")
    }

    private var layers: CaseCheck {
        guard found.wrongLayers.isEmpty else {
            let detail = "files of \(counted(found.wrongLayers.count, "layer")) are not those that were read"
            return .failed("layers", "layer.changed", detail, found.wrongLayers)
        }
        return .passed("layers", "\(counted(found.layers, "layer")), each with the files that were read")
    }

    private var imports: CaseCheck {
        guard found.incompleteSources.isEmpty else {
            return .failed("imports", "import.incomplete", "import incomplete", found.incompleteSources)
        }
        guard found.cutSources.isEmpty else {
            return .failed("imports", "import.cut", "not all of the evidence was read", found.cutSources)
        }
        return .passed("imports", "all evidence was read to its end")
    }
}

extension CaseCheckList {
    /// The check of a head that was noted elsewhere, and that of its signature.
    func of(_ head: CaseHead?, key: PublicKey?, first: ActivityRecord?) -> [CaseCheck] {
        guard let head else {
            return [.notPerformed("head", "head.none", "not sealed: truncation cannot be detected (give --head)")]
        }
        return [position(of: head, first)] + signature(of: head, key)
    }

    private func position(of head: CaseHead, _ first: ActivityRecord?) -> CaseCheck {
        if let note = head.note, let first, !note.origin.utf8.elementsEqual(CaseHead.origin(first).utf8) {
            return .failed("head", "head.other-case", "the head is of another case: \(note.origin)")
        }
        let name = head.record.map { "record \($0)" } ?? "the record"
        switch found.chain.compare(record: head.record, hash: head.hash) {
        case .included(let following):
            let more = following == 0 ? "nothing follows" : "\(counted(following, "record")) more"
            return .passed("head", "the log goes through \(name) as it was noted; \(more)")
        case .truncated(let last):
            return .failed("head", "head.truncated", "the log ends at record \(last): \(name) is missing")
        case .differs(let hash):
            return .failed("head", "head.differs", "\(name) was noted with another hash; here it has \(hash)")
        case .unknown: return .failed("head", "head.unknown", "no record has the hash that was noted")
        }
    }

    private func signature(of head: CaseHead, _ key: PublicKey?) -> [CaseCheck] {
        guard let note = head.note else {
            guard key != nil else { return [] }
            return [.notPerformed("signature", "head.unsigned", "the head that was given is not a signed note")]
        }
        guard let key else {
            return [.notPerformed("signature", "head.no-key", "who signed the head is not checked (give --key)")]
        }
        guard note.isSigned(by: key) else {
            return [.failed("signature", "head.signature", "the key did not sign the head")]
        }
        return [.passed("signature", "the key signed the head")]
    }

    /// The check of the evidence itself.
    static func of(_ comparison: EvidenceComparison?) -> CaseCheck {
        guard let comparison else {
            return .notPerformed("evidence", "evidence.none", "not read again (give --evidence)")
        }
        let absent = comparison.absent.map { "not compared: \($0.path) \($0.digest)" }
        let different = comparison.different.map { piece, source in
            source.map { "\(piece.path): \(piece.digest), imported as \($0.digest)" }
                ?? "\(piece.path): \(piece.digest) was not imported"
        }
        guard different.isEmpty else {
            return .failed("evidence", "evidence.changed", "not what was imported", different + absent)
        }
        let total = comparison.same.count + comparison.absent.count
        return .passed("evidence", "\(comparison.same.count) of \(total) pieces of evidence, unchanged", absent)
    }
}
