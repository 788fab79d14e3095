internal import Archive
internal import CaseIndex
internal import Cryptography

/// Writes one table as files of a bounded size; where one ends depends on the rows alone.
final class PartWriter {
    /// One file that is written.
    private final class Part {
        let name: String
        let file: StagedFile
        var hasher: DigestHasher
        var rows: Int64 = 0
        var bytes: Int64 = 0

        init(_ name: String, _ folder: StagedFolder) throws {
            self.name = name
            file = try folder.file(name)
            hasher = try DigestHasher(.sha256)
        }
    }

    /// What was written into one file.
    struct Written {
        let name: String
        let digest: Digest
        let rows: Int64
        /// Before they were compressed.
        let bytes: Int64
    }

    private let table: ExportedTable
    private let folder: StagedFolder
    private let compression: OutputCompression
    private let workers: Int
    private var current: (part: Part, output: CompressedOutput)?
    /// The files.
    private(set) var written: [Written] = []

    /// No file has more rows.
    static let maximumRows: Int64 = 500_000
    /// No file grows further once its rows take so many bytes.
    static let fullSize: Int64 = 128 << 20

    init(_ table: ExportedTable, in folder: StagedFolder, _ compression: OutputCompression, workers: Int) {
        (self.table, self.folder, self.compression, self.workers) = (table, folder, compression, workers)
    }

    /// Appends lines of whole rows.
    func write(_ lines: [UInt8], rows: Int64) throws {
        if let (part, _) = current, part.rows + rows > Self.maximumRows || part.bytes >= Self.fullSize { try endPart() }
        let (part, output) = try current ?? begin()
        try output.write(lines)
        part.rows += rows
        part.bytes += Int64(lines.count)
    }

    /// Ends the table; one without rows has one empty file, so that its name is there.
    func finish() throws {
        if current == nil, written.isEmpty { _ = try begin() }
        try endPart()
    }

    private func begin() throws -> (part: Part, output: CompressedOutput) {
        let number = String(100_000 + written.count).dropFirst()
        let part = try Part("\(table.name)/part-\(number).jsonl\(compression.suffix)", folder)
        let output = try CompressedOutput(compression, workers: workers) { _ in
        } sink: { bytes in
            part.hasher.update(bytes)
            try part.file.write(bytes)
        }
        current = (part, output)
        return (part, output)
    }

    private func endPart() throws {
        guard let (part, output) = current else { return }
        current = nil
        try output.finish()
        try part.file.finish()
        written.append(Written(name: part.name, digest: part.hasher.finish(), rows: part.rows, bytes: part.bytes))
    }
}

extension OutputCompression {
    /// What names of files end with.
    var suffix: String {
        switch self {
        case .none: ""
        case .gzip: ".gz"
        case .zstd: ".zst"
        }
    }
}
