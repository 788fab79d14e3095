internal import Archive
internal import Cryptography
internal import Git

/// Reads members and measures them: size, digest and the digest of the expanded bytes, all in one pass.
///
/// One meter serves one task; its contexts are reused from member to member.
final class MemberMeter {
    private var contentHasher: DigestHasher
    private var expansionHasher: DigestHasher
    private let expandedLimit: Int64
    private let budget: ExpansionBudget

    /// Makes a meter.
    ///
    /// - Parameters:
    ///   - expandedLimit: How many bytes a member may expand to.
    ///   - budget: How many bytes all members together may expand to.
    /// - Throws: ``CryptographyError``.
    init(expandedLimit: Int64, _ budget: ExpansionBudget) throws(CryptographyError) {
        contentHasher = try DigestHasher(.sha256)
        expansionHasher = try DigestHasher(.sha256)
        self.expandedLimit = expandedLimit
        self.budget = budget
    }

    /// Reads a source to its end.
    ///
    /// - Parameters:
    ///   - source: The member's bytes.
    ///   - algorithm: By which its place addresses it.
    ///   - retained: How many bytes of a document are kept.
    ///   - keepsAll: Whether the bytes are kept even if they look like no document.
    /// - Returns: What was measured.
    /// - Throws: ``ArchiveError`` when the source cannot be read to its end.
    func measure(
        _ source: any ChunkSource,
        algorithm: DigestAlgorithm,
        retaining retained: Int64,
        keepsAll: Bool = false
    ) throws -> Measurement {
        if algorithm != contentHasher.algorithm { contentHasher = try DigestHasher(algorithm) }
        // What a failed reading left behind.
        _ = contentHasher.finish()
        _ = expansionHasher.finish()
        var state = State(retainedLimit: retained, keepsAll: keepsAll)
        guard let first = try source.next() else {
            let digest = contentHasher.finish()
            return state.measurement(digest, .plain(algorithm == .sha256 ? digest : expansionHasher.finish()))
        }
        state.begin(first)
        state.size += Int64(first.count)
        contentHasher.update(first)
        if let compression = Compression(announcedBy: first) {
            return try measureCompressed(first, source, compression, state)
        }
        state.retain(first)
        let needsSecondDigest = algorithm != .sha256
        if needsSecondDigest { expansionHasher.update(first) }
        while let chunk = try source.next() {
            state.size += Int64(chunk.count)
            contentHasher.update(chunk)
            if needsSecondDigest { expansionHasher.update(chunk) }
            state.retain(chunk)
        }
        let digest = contentHasher.finish()
        return state.measurement(digest, .plain(needsSecondDigest ? expansionHasher.finish() : digest))
    }

    private func measureCompressed(
        _ first: UnsafeRawBufferPointer,
        _ source: any ChunkSource,
        _ compression: Compression,
        _ begun: State
    ) throws -> Measurement {
        var size = begun.size
        let tapped = ReplayedChunks(first: first, rest: source) { [self] chunk in
            size += Int64(chunk.count)
            contentHasher.update(chunk)
        }
        let expansion: Result<(Digest, consumed: Int64), ArchiveError> = expand(tapped, compression)
        // What the expander did not ask for belongs to the blob all the same.
        try tapped.forEachChunk { _ in }
        var state = begun
        state.size = size
        let digest = contentHasher.finish()
        switch expansion {
        case .success(let (expanded, consumed)):
            return state.measurement(digest, .expanded(expanded, compression, trailing: size - consumed))
        case .failure(let error): return state.measurement(digest, .failed(error, compression))
        }
    }

    private func expand(
        _ source: any ChunkSource,
        _ compression: Compression
    ) -> Result<(Digest, consumed: Int64), ArchiveError> {
        Result { () throws(ArchiveError) in
            let expanded = try ExpandedChunks(source, compression, limit: expandedLimit)
            while let chunk = try expanded.next() {
                try budget.take(chunk.count)
                expansionHasher.update(chunk)
            }
            return (expansionHasher.finish(), expanded.consumed)
        }
    }

    /// What is counted while a member is read.
    private struct State {
        var size: Int64 = 0
        private var retained: [UInt8]? = []
        private var looksLikeDocument = false
        private var looksLikeBundle = false
        /// Whether the bytes are kept whatever they are.
        private let keepsAll: Bool
        /// How files begin that arrangements are told by and that are no JSON: links of a registry's storage, and the
        /// signatures beside a copied image.
        private static let marks = ["sha256:", "sha512:", "\0sigstore-json"]
        private let retainedLimit: Int64

        init(retainedLimit: Int64, keepsAll: Bool) {
            self.retainedLimit = retainedLimit
            self.keepsAll = keepsAll
        }

        mutating func begin(_ chunk: UnsafeRawBufferPointer) {
            let first = chunk.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
            looksLikeDocument = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            let isMarked = Self.marks.contains { chunk.starts(with: $0.utf8) }
            looksLikeBundle = BundleFile.begins(chunk)
            if !looksLikeDocument, !isMarked, !looksLikeBundle, !keepsAll { retained = nil }
        }

        mutating func retain(_ chunk: UnsafeRawBufferPointer) {
            guard let count = retained?.count else { return }
            if Int64(count + chunk.count) > retainedLimit {
                retained = nil
            } else {
                retained?.append(contentsOf: chunk)
            }
        }

        func measurement(_ digest: Digest, _ expansion: Expansion) -> Measurement {
            Measurement(
                size: size,
                digest: digest,
                expansion: expansion,
                retained: retained,
                looksLikeDocument: looksLikeDocument,
                looksLikeBundle: looksLikeBundle
            )
        }
    }
}
