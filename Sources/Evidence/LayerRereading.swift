package import Archive
package import CaseIndex
package import Cryptography

/// Reads a layer from the evidence again, and checks that it still is the layer that was imported.
package struct LayerRereading {
    private let layer: LayerRecord
    private let places: [BlobPlace]
    private let evidence: String?
    private let limits: ImportLimits

    /// - Parameters:
    ///   - layer: The layer as the case knows it.
    ///   - places: Where import saw it.
    ///   - evidence: Where the evidence is now; where it was when it was imported, when nil.
    ///   - limits: What is accepted.
    package init(
        _ layer: LayerRecord,
        places: [BlobPlace],
        evidence: String? = nil,
        limits: ImportLimits = .standard
    ) {
        self.layer = layer
        self.places = places
        self.evidence = evidence
        self.limits = limits
    }

    /// Reads the layer at the first place where it can be opened, to the end, and compares its digest.
    ///
    /// What `body` was given counts only when this returns: the digest is known at the end.
    ///
    /// - Parameter body: Is asked of each file, by its position in the layer, and answers what is to be told of its
    ///   content; nil when it does not care.
    /// - Returns: The evidence that was read.
    /// - Throws: ``RereadError``, and what `body` throws.
    @discardableResult
    package func read(_ body: (Int64) throws -> (any ContentReceiver)?) throws -> SourceRecord {
        guard !places.isEmpty else { throw RereadError.noPlace(layer.digest) }
        var failures: [RereadError] = []
        for place in places {
            let source: any ChunkSource
            do {
                source = try place.open(evidence: evidence, size: layer.size)
            } catch let error as RereadError {
                failures.append(error)
                continue
            } catch let error as ArchiveError {
                failures.append(.archive(error))
                continue
            }
            try read(source, body)
            return place.source
        }
        throw failures.first ?? RereadError.noPlace(layer.digest)
    }

    private func read(_ source: any ChunkSource, _ body: (Int64) throws -> (any ContentReceiver)?) throws {
        let hashed = try HashedChunks(source, layer.digest.algorithm)
        do {
            try readMembers(hashed, body)
        } catch let error as ArchiveError {
            // A layer that is damaged in the evidence is so here too; what changed is told by the digest.
            try hashed.drain()
            guard hashed.finish() == layer.digest else { throw RereadError.changed(layer.digest) }
            guard layer.failure != nil || layer.expandedDigest == nil else { throw RereadError.archive(error) }
            return
        }
        try hashed.drain()
        guard hashed.finish() == layer.digest else { throw RereadError.changed(layer.digest) }
    }

    private func readMembers(_ source: any ChunkSource, _ body: (Int64) throws -> (any ContentReceiver)?) throws {
        let head = try HeadChunks(source, atLeast: TarHeader.blockSize)
        var chunks: any ChunkSource = head
        if let compression = head.beginning.flatMap({ Compression(announcedBy: $0) }) {
            chunks = try compression.expanding(head, limit: limits.expandedLayerBytes)
        }
        let reader = try TarReader(chunks, nil, limit: .max)
        var position: Int64 = 0
        var holesLeft = limits.holeBytes
        while let member = try reader.next(), position < layer.entries {
            defer { position += 1 }
            guard member.kind == .file, let receiver = try body(position) else { continue }
            let before = reader.produced
            var size: Int64 = 0
            let content = reader.content(of: member, fillingHolesUpTo: holesLeft)
            while let chunk = try content.next() {
                size += Int64(chunk.count)
                try receiver.receive(chunk)
            }
            holesLeft -= size - (reader.produced - before)
            try receiver.end()
        }
    }
}

/// Takes the content of one file.
package protocol ContentReceiver: AnyObject {
    /// Some bytes, valid during the call.
    func receive(_ chunk: UnsafeRawBufferPointer) throws
    /// The content has ended.
    func end() throws
}

/// Passes bytes on and hashes them.
private final class HashedChunks: ChunkSource {
    private let source: any ChunkSource
    private var hasher: DigestHasher

    init(_ source: any ChunkSource, _ algorithm: DigestAlgorithm) throws {
        self.source = source
        hasher = try DigestHasher(algorithm)
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.next() else { return nil }
        hasher.update(chunk)
        return chunk
    }

    func drain() throws(ArchiveError) {
        while try next() != nil {}
    }

    func finish() -> Digest {
        hasher.finish()
    }
}

/// Why a layer could not be read again.
package enum RereadError: Error, Equatable {
    /// The case does not know where it lies.
    case noPlace(Digest)
    /// It came through standard input.
    case wasStandardInput
    /// The evidence, or the member in it, is not there.
    case notThere(evidence: String, member: String)
    /// Other bytes lie at its place now.
    case changed(Digest)
    /// The archive cannot be read.
    case archive(ArchiveError)
}
