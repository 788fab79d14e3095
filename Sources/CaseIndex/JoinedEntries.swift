package import Cryptography
internal import GRDB

/// A log entry that came in a file of its own, and the signatures in the case that it is of.
package struct JoinedEntry: Hashable, Sendable {
    /// The entry's own document.
    package let document: Digest
    /// The record of the entry as a signature; nil for an entry that leaves the signature in an envelope.
    package let entryID: String?
    /// The signatures, of the same content, the same bytes and, as far as both say it, the same key.
    package let signatureIDs: [String]
}

/// What the document of a log entry states (Rekor v1: `hashedrekord`, `rekord`, `dsse`, `intoto`).
private struct StatedEntry {
    let document: Digest
    let entryID: String?
    /// The digests of the message or payload, and of the envelope as it was uploaded.
    var digests: Set<String> = []
    var signature: [UInt8]?
    /// The first signer's certificate; nil for a key.
    var certificate: Digest?
    /// Log and index as ``CaseReader/joinedEntries()`` compares them.
    var place = ""
}

/// A signature that an entry may be of.
private struct Candidate: FetchableRecord {
    let id, kind, subject, payload: String
    let attached: String?

    init(row: Row) throws {
        (id, kind) = (row["id"], row["kind"])
        (subject, payload) = (row["subject"], row["payload"])
        attached = row["attached"]
    }
}

extension CaseReader {
    /// Log entries that came in files of their own and are of signatures that the case has, by their documents.
    ///
    /// Whichever was imported first: nothing is written, and the documents themselves are compared. An entry of a
    /// signature by another key, or over other bytes, is no such entry.
    package func joinedEntries() throws -> [JoinedEntry] {
        let entries = try statedEntries()
        guard !entries.isEmpty else { return [] }
        let candidates = try candidates(for: entries)
        return try entries.compactMap { entry in
            var found: [String] = []
            for candidate in candidates where try isOf(candidate, entry) { found.append(candidate.id) }
            guard !found.isEmpty else { return nil }
            return JoinedEntry(document: entry.document, entryID: entry.entryID, signatureIDs: found.sorted())
        }
    }

    private func statedEntries() throws -> [StatedEntry] {
        let sql = """
            SELECT payload AS document, id FROM signature WHERE kind = 'log-entry'
            UNION SELECT readFrom, NULL FROM claim
                WHERE speaker = 'log-entry' AND key = 'logIndex' AND signatureID IS NULL
            ORDER BY 1, 2
            """
        return try Row.fetchAll(database, sql: sql).compactMap { row in
            guard let document = try? Digest(parsing: try row.text("document")) else { return nil }
            return try statedEntry(StatedEntry(document: document, entryID: try row.optionalText("id")))
        }
    }

    private func statedEntry(_ empty: StatedEntry) throws -> StatedEntry? {
        guard let bytes = try content(empty.document) else { return nil }
        let outer = try texts(bytes, ["$.body", "$.logID", "$.logIndex"], ofFirstMember: true)
        guard let body = outer[0].flatMap({ Base64.decode($0) }), let log = outer[1], let index = outer[2] else {
            return nil
        }
        var entry = empty
        entry.place = "\(log):\(index)"
        let hashes = [
            "$.spec.data.hash", "$.spec.payloadHash", "$.spec.envelopeHash", "$.spec.content.payloadHash",
            "$.spec.content.hash",
        ]
        let algorithms = try texts(body, hashes.map { $0 + ".algorithm" })
        for (algorithm, value) in zip(algorithms, try texts(body, hashes.map { $0 + ".value" })) {
            if let algorithm, let value { entry.digests.insert("\(algorithm):\(value)") }
        }
        let signed = try texts(
            body,
            [
                "$.spec.signature.content", "$.spec.signatures[0].signature",
                "$.spec.content.envelope.signatures[0].sig",
                "$.spec.signature.publicKey.content", "$.spec.signatures[0].verifier",
                "$.spec.content.envelope.signatures[0].publicKey", "$.spec.publicKey",
            ]
        )
        entry.signature = (signed[0] ?? signed[1]).flatMap { Base64.decode($0) }
        if entry.signature == nil, let twice = signed[2].flatMap({ Base64.decode($0) }) {
            entry.signature = Base64.decode(String(decoding: twice, as: UTF8.self))
        }
        let key = signed[3...].compactMap(\.self).first.flatMap { Base64.decode($0) } ?? []
        let block = try? PEMBlock.parse(String(decoding: key, as: UTF8.self)).first
        if let block, block.label == "CERTIFICATE" { entry.certificate = Digest(hashing: block.content) }
        return entry
    }

    /// Signatures that name what an entry names, or that state an entry of the same place.
    private func candidates(for entries: [StatedEntry]) throws -> [Candidate] {
        let digests = JSONList(entries.flatMap(\.digests))
        let places = JSONList(entries.map(\.place))
        let sql = """
            SELECT id, kind, subject, payload, CASE WHEN kind = 'simple-signing' AND json_valid(annotations)
                THEN json_extract(annotations, '$."dev.cosignproject.cosign/signature"') END AS attached
                FROM signature WHERE kind <> 'log-entry' AND (
                    payload IN (SELECT value FROM json_each(?1)) OR subject IN (SELECT value FROM json_each(?1))
                    OR id IN (SELECT signatureID FROM logEntry
                        WHERE logID || ':' || logIndex IN (SELECT value FROM json_each(?2))))
                ORDER BY id
            """
        return try Candidate.fetchAll(database, sql: sql, arguments: [digests.text, places.text])
    }

    /// Whether an entry is of a signature: the same content, the same signature, and no other certificate.
    private func isOf(_ signature: Candidate, _ entry: StatedEntry) throws -> Bool {
        var signed: [[UInt8]] = []
        var names: Set<String> = []
        if signature.kind == "simple-signing" {
            names = [signature.payload]
            signed = [signature.attached.flatMap { Base64.decodeFolded($0) }].compactMap(\.self)
        } else if let digest = try? Digest(parsing: signature.payload), let bytes = try content(digest) {
            let found = try texts(bytes, Self.paths)
            signed = found[..<4].compactMap { $0.flatMap { Base64.decode($0) } }
            names = found[0] == nil ? [signature.payload] : [signature.subject]
            for payload in found[4...].compactMap({ $0.flatMap { Base64.decode($0) } }) {
                for algorithm in DigestAlgorithm.allCases { names.insert("\(Digest(hashing: payload, algorithm))") }
            }
        }
        guard !names.isDisjoint(with: entry.digests) else { return false }
        // `intoto 0.0.1` holds no signature.
        if let bytes = entry.signature, !signed.contains(bytes) { return false }
        let certificates = try certificates(of: signature.id)
        return certificates.isEmpty
            ? entry.certificate == nil : certificates.contains { $0.digest == entry.certificate }
    }

    /// Where bundles, attestations of PEP 740 and envelopes have their signature, then where their payload.
    private static let paths = [
        "$.messageSignature.signature", "$.dsseEnvelope.signatures[0].sig", "$.envelope.signature",
        "$.signatures[0].sig", "$.dsseEnvelope.payload", "$.envelope.statement", "$.payload",
    ]

    /// The texts and numbers at some places of a JSON text; nil for each that is not there, and for all of what is no
    /// JSON.
    private func texts(_ bytes: [UInt8], _ paths: [String], ofFirstMember: Bool = false) throws -> [String?] {
        let text = String(decoding: bytes, as: UTF8.self)
        let whole = "SELECT CASE WHEN json_valid(?1) THEN ?1 ELSE '{}' END AS document"
        let source =
            ofFirstMember
            ? "SELECT value AS document FROM json_each((\(whole))) WHERE type = 'object' LIMIT 1" : whole
        let columns = paths.indices.map { "CAST(json_extract(document, ?\($0 + 2)) AS TEXT)" }
        let sql = "SELECT \(columns.joined(separator: ", ")) FROM (\(source))"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: StatementArguments([text] + paths)) else {
            return paths.map { _ in nil }
        }
        return paths.indices.map { row[$0] as String? }
    }
}

/// A list of texts as SQLite's `json_each` reads it; the texts hold digests and digits only.
private struct JSONList {
    let text: String

    init(_ texts: [String]) {
        let plain = texts.filter { $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C } }
        text = "[\(plain.map { "\"\($0)\"" }.joined(separator: ","))]"
    }
}
