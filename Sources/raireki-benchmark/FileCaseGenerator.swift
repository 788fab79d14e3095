internal import CaseIndex
internal import Cryptography

/// Makes the file rows of a large case, the same ones each time.
struct FileCaseGenerator {
    let rows: Int
    let paths: Int
    let contents: Int
    let layerRows: Int

    /// Layers of one image; the lower five are shared by ten images.
    private static let layersOfImage = 10
    private static let sharedLayers = 5
    private static let imagesOfBase = 10

    /// Rows of one call, as import writes them.
    private static let batchRows = 8_192
    /// Layers of one transaction: this is not about how fast a disk is.
    private static let layersOfTransaction = 20

    /// Writes layers with their members, and the images that list them.
    func write(to caseFile: CaseFile) throws {
        let layers = max(1, (rows + layerRows - 1) / layerRows)
        let importID = try caseFile.write { writer in
            try writer.begin(OpenImportRecord(path: "generated", startedAt: Timestamp(seconds: 0), owner: "benchmark"))
        }
        for first in stride(from: 0, to: layers, by: Self.layersOfTransaction) {
            try caseFile.write { writer in
                for layer in first..<min(first + Self.layersOfTransaction, layers) {
                    let start = layer * layerRows
                    try write(layer, rows: start..<min(start + layerRows, rows), writer, importID)
                }
            }
        }
        try caseFile.write { writer in
            try writer.end(openImportID: importID)
            try writeImages(layers, writer)
        }
    }

    private func write(_ layer: Int, rows: Range<Int>, _ writer: CaseWriter, _ importID: Int64) throws {
        let digest = Self.layerDigest(layer)
        let id = try writer.beginLayer(openImportID: importID)
        var next = rows.lowerBound
        while next < rows.upperBound {
            let end = min(next + Self.batchRows, rows.upperBound)
            try writer.append((next..<end).map { entry($0) }, toLayer: id, from: Int64(next - rows.lowerBound))
            next = end
        }
        try writer.complete(
            layerID: id,
            LayerRecord(
                digest: digest,
                size: 1,
                expandedDigest: digest,
                expandedSize: 1,
                compression: "gzip",
                entries: Int64(rows.count),
                entriesDigest: digest
            )
        )
    }

    private func writeImages(_ layers: Int, _ writer: CaseWriter) throws {
        let sourceID = try writer.insert(
            SourceRecord(
                kind: "oci-layout",
                path: "generated",
                digest: Digest(hashing: Array("generated".utf8)),
                importedAt: Timestamp(seconds: 0),
                isComplete: true
            )
        )
        var base: [Int] = []
        var image = 0
        var next = 0
        while next < layers {
            if image % Self.imagesOfBase == 0 {
                base = Array(next..<min(next + Self.sharedLayers, layers))
                next += base.count
            }
            let own = next..<min(next + Self.layersOfImage - Self.sharedLayers, layers)
            next = own.upperBound
            let digest = Digest(hashing: Array("image \(image)".utf8))
            try writer.insert(ArtifactRecord(digest: digest, size: 1, mediaType: nil, role: .imageManifest))
            try writer.insert(
                ReferenceRecord(name: "app:\(image)", digest: digest, sourceID: sourceID, key: "generated")
            )
            for (position, layer) in (base + own).enumerated() {
                try writer.insert(
                    RelationshipRecord(
                        sourceID: sourceID,
                        origin: digest,
                        kind: .layer,
                        position: position,
                        target: Self.layerDigest(layer),
                        mediaType: nil,
                        size: 1,
                        outcome: .matched
                    )
                )
            }
            image += 1
        }
    }

    private static func layerDigest(_ layer: Int) -> Digest {
        Digest(hashing: Array("layer \(layer)".utf8))
    }

    /// The SHA-256 of a content.
    func digest(ofContent number: Int) -> [UInt8] {
        Digest(hashing: Array("content \(number)".utf8)).bytes
    }

    /// One member: paths come again every `paths` rows, contents every `contents` rows; every twentieth is a folder.
    private func entry(_ row: Int) -> FileEntryRecord {
        let number = Self.scattered(row) % paths
        let path = Array("usr/share/package-\(number / 300)/module-\(number / 20 % 15)/file-\(number).so".utf8)
        guard row % 20 > 0 else {
            return FileEntryRecord(path: path, kind: .directory, mode: 0o755, modified: 1_700_000_000)
        }
        let content = row % contents
        return FileEntryRecord(
            path: path,
            kind: .file,
            mode: row % 7 == 0 ? 0o755 : 0o644,
            modified: 1_700_000_000 + Int64(row % 86_400),
            content: FileContentRecord(digest: digest(ofContent: content), size: Int64(content) * 3)
        )
    }

    /// Spreads numbers, so that neighbours in a layer are not neighbours in the index.
    private static func scattered(_ row: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(row) &* 0x9E37_79B9_7F4A_7C15) >> 20)
    }
}
