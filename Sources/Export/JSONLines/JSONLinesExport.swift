package import Archive
package import CaseIndex
package import Cryptography
internal import StrictJSON

/// Writes a case as a folder of JSON Lines, with a schema for every table and a list of digests.
package struct JSONLinesExport {
    /// How the files of rows are compressed.
    package var compression = OutputCompression.gzip(level: 6)
    /// How many processors compress.
    package var workers = 1
    /// Signs the list of digests.
    package var key: SigningKey?
    /// Whether a state is replaced through which this case did not go.
    package var isForced = false
    /// The program, with its version.
    package var tool = ""
    /// Told how many rows are written.
    package var progress: (Int64) -> Void = { _ in }

    package init() {}

    /// What came of it.
    package struct Outcome: Sendable {
        /// The case.
        package let exported: ExportedCase
        /// How many rows there are.
        package let rows: Int64
        /// How many tables, files of rows, and bytes before compression.
        package let tables: Int, files: Int, bytes: Int64
        /// The digest of the list of digests: it names the export.
        package let digest: Digest
        /// Whether the folder held the same already.
        package let isUnchanged: Bool
    }

    /// Writes the folder.
    ///
    /// - Throws: ``ExportError``, ``CaseError``, ``ArchiveError``, ``CryptographyError``; the folder is then as it was.
    package func write(_ reader: CaseReader, to path: String) throws -> Outcome {
        let exported = try ExportedCase(reader)
        let old = try ExportFolder.existing(at: path)
        try old?.checkReplaceable(by: exported, isForced: isForced)
        let folder = try StagedFolder(path)
        var list = DigestList()
        var parts: [PartWriter.Written] = []
        var tables: [JSONValue] = []
        var done: Int64 = 0
        for table in try ExportedTable.all() {
            let written = try write(table, exported, reader, folder, &done)
            let schema = TableDescription(table: table).schema.pretty + "\n"
            try put(Array(schema.utf8), "schema/\(table.name).schema.json", folder, &list)
            for part in written { list.add(part.name, part.digest) }
            tables.append(Self.description(table, written))
            parts += written
        }
        try put(Array((manifest(exported, tables).pretty + "\n").utf8), ExportFolder.manifestName, folder, &list)
        let text = Array(list.text.utf8)
        let isUnchanged = try old.map { try $0.holds(text, signedBy: key) } ?? false
        if !isUnchanged {
            try folder.write(text, to: DigestList.name)
            if let key {
                let signature = Base64.encode(try key.sign(text)) + "\n"
                try folder.write(Array(signature.utf8), to: DigestList.signatureName)
            }
            try folder.commit(replacing: old != nil)
        }
        return Outcome(
            exported: exported,
            rows: done,
            tables: tables.count,
            files: parts.count,
            bytes: parts.reduce(0) { $0 + $1.bytes },
            digest: Digest(hashing: text),
            isUnchanged: isUnchanged
        )
    }

    private func write(
        _ table: ExportedTable,
        _ exported: ExportedCase,
        _ reader: CaseReader,
        _ folder: StagedFolder,
        _ done: inout Int64
    ) throws -> [PartWriter.Written] {
        let writer = PartWriter(table, in: folder, compression, workers: workers)
        let encoder = JSONRow(table, caseID: exported.id)
        var (lines, rows, ordinal) = ([UInt8](), Int64(0), Int64(0))
        try reader.forEachRow(of: table.source) { row in
            try encoder.append(row, ordinal: ordinal, to: &lines)
            ordinal += 1
            rows += 1
            guard rows == Self.batch || lines.count >= Self.batchBytes else { return }
            try writer.write(lines, rows: rows)
            lines.removeAll(keepingCapacity: true)
            rows = 0
            progress(done + ordinal)
        }
        if rows > 0 { try writer.write(lines, rows: rows) }
        try writer.finish()
        done += ordinal
        return writer.written
    }

    private func put(
        _ bytes: [UInt8],
        _ name: String,
        _ folder: StagedFolder,
        _ list: inout DigestList
    ) throws {
        try folder.write(bytes, to: name)
        list.add(name, Digest(hashing: bytes))
    }

    private static func description(_ table: ExportedTable, _ parts: [PartWriter.Written]) -> JSONValue {
        let files = parts.map { part -> JSONValue in
            [
                "path": JSONValue(part.name), "sha256": JSONValue(part.digest.hex), "rows": JSONValue(part.rows),
                "bytes": JSONValue(part.bytes),
            ]
        }
        return [
            "name": JSONValue(table.name), "source": JSONValue(table.source.name),
            "schema": JSONValue("schema/\(table.name).schema.json"),
            "rows": JSONValue(parts.reduce(0) { $0 + $1.rows }), "files": .array(files),
        ]
    }

    private func manifest(_ exported: ExportedCase, _ tables: [JSONValue]) -> JSONValue {
        let compression =
            switch compression {
            case .none: "none"
            case .gzip: "gzip"
            case .zstd: "zstd"
            }
        return [
            "schema": JSONValue(ExportFolder.manifestSchema), "tool": JSONValue(tool),
            "case": JSONValue(exported.id), "head": JSONValue(exported.head), "records": JSONValue(exported.records),
            "isComplete": .bool(exported.isComplete), "caseFormat": JSONValue(CaseTable.schemaVersion),
            "compression": JSONValue(compression), "tables": .array(tables),
        ]
    }

    /// So many rows are handed to a file at once.
    private static let batch: Int64 = 1_000
    /// Or so many bytes.
    private static let batchBytes = 4 << 20
}
