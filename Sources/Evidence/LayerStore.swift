internal import CaseIndex
internal import Cryptography
internal import Synchronization

/// Puts the members of layers into the case while the evidence is still being read, a few thousand rows a transaction.
///
/// Layers that fit into one batch are collected and written together: a transaction for each would wait for the disk
/// each time.
final class LayerStore: Sendable {
    /// Rows of one transaction.
    static let batchRows = 8192
    /// Layers of one transaction.
    private static let batchLayers = 256

    private let caseFile: CaseFile
    private let openImportID: Int64
    private let waiting = Mutex(Waiting())

    private struct Waiting {
        var layers: [(layer: LayerRecord, entries: [FileEntryRecord])] = []
        var rows = 0
        var digests: Set<Digest> = []
    }

    init(_ caseFile: CaseFile, openImportID: Int64) {
        self.caseFile = caseFile
        self.openImportID = openImportID
    }

    /// The layer of this digest, when the case has its members already.
    func known(_ digest: Digest) throws -> LayerRecord? {
        try caseFile.read { try $0.layer(digest) }
    }

    /// Makes room for a layer that does not fit into one batch; answers its number.
    func begin() throws -> Int64 {
        try caseFile.write { try $0.beginLayer(openImportID: openImportID) }
    }

    /// Writes a batch of such a layer.
    func append(_ entries: [FileEntryRecord], toLayer layerID: Int64, from position: Int64) throws {
        try caseFile.write { try $0.append(entries, toLayer: layerID, from: position) }
    }

    /// Writes the last batch of such a layer, and states what it came to.
    func complete(_ layer: LayerRecord, id: Int64, _ rest: [FileEntryRecord], from position: Int64) throws {
        try caseFile.write { writer in
            try writer.append(rest, toLayer: id, from: position)
            try writer.complete(layerID: id, layer)
        }
    }

    /// Takes a whole layer that fits into one batch.
    func add(_ layer: LayerRecord, _ entries: [FileEntryRecord]) throws {
        let full: Waiting? = waiting.withLock { waiting in
            guard waiting.digests.insert(layer.digest).inserted else { return nil }
            waiting.layers.append((layer, entries))
            waiting.rows += entries.count
            guard waiting.rows >= Self.batchRows || waiting.layers.count >= Self.batchLayers else { return nil }
            let full = waiting
            waiting = Waiting()
            return full
        }
        if let full { try caseFile.write { try write(full, $0) } }
    }

    /// Writes what is waiting.
    func flush(_ writer: CaseWriter) throws {
        let rest = waiting.withLock { waiting in
            let rest = waiting
            waiting = Waiting()
            return rest
        }
        try write(rest, writer)
    }

    private func write(_ batch: Waiting, _ writer: CaseWriter) throws {
        for (layer, entries) in batch.layers where try writer.reader.layer(layer.digest) == nil {
            let id = try writer.beginLayer(openImportID: openImportID)
            try writer.append(entries, toLayer: id, from: 0)
            try writer.complete(layerID: id, layer)
        }
        Failpoint.pass("layers")
    }

    /// Removes what was written of a layer that could not be read.
    func discard(layerID: Int64) throws {
        try caseFile.write { try $0.remove(layerID: layerID) }
    }
}
