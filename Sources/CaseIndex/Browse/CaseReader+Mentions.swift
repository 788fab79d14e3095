internal import Cryptography
internal import GRDB

// Looking a text up that somebody typed, wherever it may stand, without reading more than a page shows.

extension CaseReader {
    /// Claims whose value begins with a text, over the index `claimByKey`: of one key or of every key, and never more
    /// than `limit`.
    package func claims(key: String? = nil, valueBeginning text: String, limit: Int) throws -> [ClaimRecord] {
        guard !text.isEmpty else { return [] }
        var found: [ClaimRecord] = []
        for key in try key.map({ [$0] }) ?? claimKeys() where found.count < limit {
            found += try ClaimRecord.fetch(
                database,
                where: "key = ? AND value >= ? AND value < ? || char(1114111)",
                [EvidenceText(key), EvidenceText(text), EvidenceText(text)],
                order: "value, id LIMIT \(max(0, limit - found.count))"
            )
        }
        return found
    }

    /// Whether some layer's file has this content.
    package func hasFile(content digest: [UInt8]) throws -> Bool {
        try Int.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM fileContent WHERE digest = ?)",
            arguments: [Blob(digest)]
        ) == 1
    }
}
