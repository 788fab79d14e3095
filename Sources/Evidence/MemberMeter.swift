internal import Archive
internal import CaseIndex
internal import Cryptography

/// Reads members and measures them in one pass: size, digest, the digest of the expanded bytes and, for a layer, every
/// file in it.
///
/// One meter serves one task; its contexts are reused from member to member. A large member is read by two threads: one
/// reads, hashes what it reads and inflates; the other hashes what comes out and reads the archive in it.
final class MemberMeter {
    private var contentHasher: DigestHasher
    private var expansionHasher: DigestHasher
    private let limits: ImportLimits
    private let budget: ExpansionBudget
    private let layers: LayerStore?

    /// Members below this size are read by one thread: to start another costs more.
    static let pipelinedBytes: Int64 = 8 << 20

    /// Makes a meter.
    ///
    /// - Parameters:
    ///   - limits: What is accepted.
    ///   - budget: How many bytes all members together may expand to.
    ///   - layers: Where the files of layers go; nil when they are not asked for.
    /// - Throws: ``CryptographyError``.
    init(_ limits: ImportLimits, _ budget: ExpansionBudget, layers: LayerStore? = nil) throws(CryptographyError) {
        contentHasher = try DigestHasher(.sha256)
        expansionHasher = try DigestHasher(.sha256)
        self.limits = limits
        self.budget = budget
        self.layers = limits.listsFiles ? layers : nil
    }

    /// Reads a source to its end.
    ///
    /// - Parameters:
    ///   - source: The member's bytes.
    ///   - algorithm: By which its place addresses it.
    ///   - retained: How many bytes of a document are kept.
    ///   - keepsAnything: Whether the bytes are kept even if they look like no document.
    ///   - isPipelined: Whether a second thread may work on it.
    /// - Returns: What was measured.
    /// - Throws: ``ArchiveError`` when the source cannot be read to its end; ``CaseError``.
    func measure(
        _ source: any ChunkSource,
        algorithm: DigestAlgorithm,
        retaining retained: Int64,
        keepsAnything: Bool = false,
        isPipelined: Bool = false
    ) throws -> Measurement {
        if algorithm != contentHasher.algorithm { contentHasher = try DigestHasher(algorithm) }
        // What a failed reading left behind.
        _ = contentHasher.finish()
        _ = expansionHasher.finish()
        let head = try HeadChunks(source, atLeast: TarHeader.blockSize)
        guard let beginning = head.beginning else {
            let digest = contentHasher.finish()
            let expanded = algorithm == .sha256 ? digest : expansionHasher.finish()
            return RetainedBytes(limit: retained).measurement(0, digest, .plain(expanded))
        }
        if let compression = Compression(announcedBy: beginning) {
            return try measureCompressed(head, compression, isPipelined)
        }
        return try measurePlain(head, RetainedBytes(beginning, limit: retained, keepsAnything), isPipelined)
    }

    /// Reads a source whose place names a layer that the case has already: when the bytes are that layer, what the case
    /// knows of them holds, and they are neither expanded nor listed again; nil when they are not.
    func measure(_ source: any ChunkSource, expecting known: LayerRecord) throws -> Measurement? {
        guard known.failure == nil, let expandedDigest = known.expandedDigest else { return nil }
        if known.digest.algorithm != contentHasher.algorithm {
            contentHasher = try DigestHasher(known.digest.algorithm)
        }
        _ = contentHasher.finish()
        var size: Int64 = 0
        try source.forEachChunk { chunk in
            size += Int64(chunk.count)
            contentHasher.update(chunk)
        }
        guard contentHasher.finish() == known.digest else { return nil }
        let compression = known.compression.flatMap { Compression(rawValue: $0) }
        let expansion: Expansion =
            compression.map { .expanded(expandedDigest, $0, trailing: known.trailing) } ?? .plain(expandedDigest)
        var measurement = RetainedBytes(limit: 0).measurement(size, known.digest, expansion)
        measurement.oddities = ExpansionOddities(
            members: Int(clamping: known.members),
            wrongChecksums: Int(clamping: known.wrongChecksums)
        )
        measurement.listing = LayerListing(entries: known.entries)
        return measurement
    }

    // MARK: - Not compressed

    private func measurePlain(
        _ head: HeadChunks,
        _ retained: RetainedBytes,
        _ isPipelined: Bool
    ) throws -> Measurement {
        var size: Int64 = 0
        var retained = retained
        let needsSecondDigest = contentHasher.algorithm != .sha256
        let isLayer = head.beginning.map { TarHeader.isLikely($0) } ?? false
        let unread = isLayer ? nil : head.beginning.flatMap { UnreadCompression(announcedBy: $0) }
        let tapped = TappedChunks(head) { [self] chunk throws(ArchiveError) in
            size += Int64(chunk.count)
            contentHasher.update(chunk)
            if needsSecondDigest { expansionHasher.update(chunk) }
            retained.append(chunk)
        }
        let limited = BoundedChunks(tapped, limit: limits.expandedLayerBytes)
        let reader = try isLayer ? read(limited, isPipelined) : nil
        do {
            try tapped.forEachChunk { _ in }
        } catch {
            try reader?.discard()
            throw error
        }
        let digest = contentHasher.finish()
        let expanded = needsSecondDigest ? expansionHasher.finish() : digest
        var measurement = retained.measurement(size, digest, .plain(expanded))
        measurement.unread = unread
        try finish(reader, &measurement, size, compressedBy: nil)
        return measurement
    }

    /// Reads the members of a layer, by a thread of their own when that is worth it.
    private func read(_ source: any ChunkSource, _ isPipelined: Bool) throws -> LayerReader? {
        guard let layers else { return nil }
        let reader = try LayerReader(layers, limits)
        guard isPipelined else {
            try reader.read(source)
            return reader
        }
        let piped = PipedChunks(source)
        defer { piped.stop() }
        try reader.read(piped)
        try? piped.forEachChunk { _ in }
        return reader
    }

    // MARK: - Compressed

    private func measureCompressed(
        _ head: HeadChunks,
        _ compression: Compression,
        _ isPipelined: Bool
    ) throws -> Measurement {
        var size: Int64 = 0
        let tapped = TappedChunks(head) { [self] chunk throws(ArchiveError) in
            size += Int64(chunk.count)
            contentHasher.update(chunk)
        }
        let outcome = try expand(tapped, compression, isPipelined)
        do {
            // What the expander did not ask for belongs to the blob all the same.
            try tapped.forEachChunk { _ in }
        } catch {
            try outcome.reader?.discard()
            throw error
        }
        let digest = contentHasher.finish()
        let expanded = expansionHasher.finish()
        let expansion: Expansion =
            outcome.error.map { .failed($0, compression) }
            ?? .expanded(expanded, compression, trailing: size - outcome.consumed)
        var measurement = RetainedBytes(limit: 0).measurement(size, digest, expansion)
        measurement.oddities = outcome.oddities
        measurement.expandedSize = outcome.produced
        try finish(outcome.reader, &measurement, outcome.produced, compressedBy: compression)
        return measurement
    }

    /// What taking the compression off came to.
    private struct ExpansionOutcome {
        var error: ArchiveError?
        var consumed: Int64 = 0
        var produced: Int64 = 0
        var oddities = ExpansionOddities()
        var reader: LayerReader?
    }

    private func expand(
        _ source: any ChunkSource,
        _ compression: Compression,
        _ isPipelined: Bool
    ) throws -> ExpansionOutcome {
        var outcome = ExpansionOutcome()
        do throws(ArchiveError) {
            let expanding = try compression.expanding(source, limit: .max)
            let piped = isPipelined ? PipedChunks(expanding) : nil
            let limited = BoundedChunks(
                piped ?? expanding,
                limit: limits.expandedLayerBytes,
                shared: (budget.limit, { [budget] in budget.take($0) })
            )
            defer {
                piped?.stop()
                outcome.consumed = expanding.consumed
                outcome.produced = limited.given
                outcome.oddities = expanding.oddities
            }
            let tapped = TappedChunks(limited) { [self] chunk throws(ArchiveError) in
                expansionHasher.update(chunk)
            }
            let head = try HeadChunks(tapped, atLeast: TarHeader.blockSize)
            if let beginning = head.beginning, TarHeader.isLikely(beginning) {
                outcome.reader = try list(head)
            }
            // Draws what the archive does not use, and throws again what ended it.
            try tapped.forEachChunk { _ in }
        } catch {
            outcome.error = error
        }
        if let error = caseError { throw error }
        return outcome
    }

    /// The error of the case while members were written, which is none of the archive's.
    private var caseError: (any Error)?

    private func list(_ source: any ChunkSource) throws(ArchiveError) -> LayerReader? {
        do {
            return try read(source, false)
        } catch let error as ArchiveError {
            throw error
        } catch {
            caseError = error
            throw .unavailable(reason: "the case cannot be written")
        }
    }

    // MARK: - The layer

    private func finish(
        _ reader: LayerReader?,
        _ measurement: inout Measurement,
        _ expandedSize: Int64,
        compressedBy compression: Compression?
    ) throws {
        guard let reader else { return }
        measurement.listing = reader.listing
        var layer = LayerRecord(
            digest: measurement.digest,
            size: measurement.size,
            expandedDigest: measurement.expansion.digest,
            expandedSize: expandedSize,
            compression: compression?.rawValue,
            members: Int64(measurement.oddities.members),
            wrongChecksums: Int64(measurement.oddities.wrongChecksums),
            entries: 0,
            entriesDigest: measurement.digest
        )
        switch measurement.expansion {
        case .plain: break
        case .expanded(_, _, let trailing): layer.trailing = trailing
        case .failed(let error, _): layer.failure = "the layer \(error.sentence)"
        }
        try reader.finish(layer)
    }
}
