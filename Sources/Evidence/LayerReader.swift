internal import Archive
internal import CaseIndex
internal import Cryptography

/// What reading the members of a layer came to.
struct LayerListing: Sendable {
    /// How many members there were.
    var entries: Int64 = 0
    /// Why not all members could be read; nil when all were.
    var failure: LayerFailure?
    /// Files whose content was not hashed, since their holes are larger than the limit.
    var unhashed: Int64 = 0
    /// Members whose paths were longer than the limit.
    var cutPaths: Int64 = 0
    /// What other tools read differently, and how many more of these there were.
    var oddities: [TarOddity] = []
    var omittedOddities = 0
    /// What is odd about paths.
    var paths: [LayerPathRemark: LayerPathRemarks] = [:]
    /// Symbolic links below which members are listed as they are written, since there are too many.
    var unfollowedLinks: Int64 = 0
    /// SHA-256 of what lies behind the end of the archive.
    var trailing: Digest?

    /// Takes over what was observed of the headers.
    mutating func note(_ observer: TarHeaderObserver, _ trailing: Digest) {
        oddities = observer.oddities
        omittedOddities = observer.omitted
        self.trailing = observer.trailingBytes > 0 ? trailing : nil
    }
}

/// Why not all members of a layer could be read.
enum LayerFailure: Hashable, Sendable {
    /// The archive is damaged, or cut short.
    case archive(ArchiveError)
    /// So many headers were damaged; the members behind them were found again.
    case skippedHeaders(Int)
    /// It has more members than the limit.
    case tooMany(limit: Int)

    var sentence: String {
        switch self {
        case .archive(.tooLarge(let limit)): "files beyond the first \(limit) bytes of the layer were not listed"
        case .archive(let error): "the layer's archive \(error.sentence)"
        case .skippedHeaders(let count): "\(count) damaged headers were skipped"
        case .tooMany(let limit): "members beyond the first \(limit) were not read"
        }
    }
}

/// Reads the members of one layer and hands them to the case in batches.
final class LayerReader {
    private let store: LayerStore
    private let limits: ImportLimits
    private var hasher: DigestHasher
    private var entriesHasher: DigestHasher
    private var batch: [FileEntryRecord] = []
    private var canonical: [UInt8] = []
    private var written: Int64 = 0
    private var layerID: Int64?
    private var holesLeft: Int64
    private var paths = LayerPaths()
    /// Nil where one thread does everything.
    private let queue: BatchQueue?
    private(set) var listing = LayerListing()

    init(_ store: LayerStore, _ limits: ImportLimits) throws {
        queue = limits.workers == 1 ? nil : BatchQueue()
        self.store = store
        self.limits = limits
        holesLeft = limits.holeBytes
        hasher = try DigestHasher(.sha256)
        entriesHasher = try DigestHasher(.sha256)
    }

    /// Reads all members; an archive that cannot be read to its end gives what came before, and a failure.
    ///
    /// - Throws: When the case cannot be written.
    func read(_ source: any ChunkSource) throws {
        // Whatever comes of the layer, nothing of it is written later than this.
        defer { try? queue?.drain() }
        do {
            let trailing = try TrailingDigest()
            var observer = TarHeaderObserver(limit: Self.keptOddities, extendedHeaderLimit: limits.extendedHeaderBytes)
            observer.onTrailing = { trailing.update($0) }
            let observed = ObservedChunks(source, observer)
            defer {
                listing.note(observed.observer, trailing.finish())
                (listing.paths, listing.unfollowedLinks) = (paths.remarks, paths.unfollowedLinks)
                paths = LayerPaths()
            }
            let reader = try TarReader(observed, nil, limit: .max)
            while var member = try reader.next() {
                if let raw = observed.takeRawPath(at: member.headerOffset) { member.path = raw }
                guard listing.entries < Int64(limits.layerEntries) else {
                    listing.failure = .tooMany(limit: limits.layerEntries)
                    return
                }
                try add(try entry(member, reader))
            }
            if reader.skippedHeaders > 0 { listing.failure = .skippedHeaders(reader.skippedHeaders) }
            try observed.finish()
        } catch let error as ArchiveError {
            listing.failure = .archive(error)
        }
    }

    /// States what the layer came to.
    ///
    /// - Parameter layer: The layer, but for what only its reader knows.
    /// - Throws: When the case cannot be written.
    func finish(_ layer: LayerRecord) throws {
        var layer = layer
        layer.entries = listing.entries
        hashCanonical()
        layer.entriesDigest = entriesHasher.finish()
        layer.failure = listing.failure?.sentence ?? layer.failure
        if let layerID {
            try queue?.drain()
            try store.complete(layer, id: layerID, batch, from: written)
        } else {
            try store.add(layer, batch)
        }
        batch = []
    }

    /// Forgets the layer.
    func discard() throws {
        guard let layerID else { return }
        try? queue?.drain()
        try store.discard(layerID: layerID)
    }

    private func add(_ entry: FileEntryRecord) throws {
        listing.entries += 1
        entry.appendCanonical(to: &canonical)
        if canonical.count > Self.canonicalBytes { hashCanonical() }
        batch.append(entry)
        guard batch.count >= LayerStore.batchRows else { return }
        let id = try layerID ?? store.begin()
        layerID = id
        if let queue {
            try queue.submit { [store, batch, written] in try store.append(batch, toLayer: id, from: written) }
        } else {
            try store.append(batch, toLayer: id, from: written)
        }
        written += Int64(batch.count)
        batch = []
        batch.reserveCapacity(LayerStore.batchRows)
    }

    private static let canonicalBytes = 64 << 10

    /// Oddities that are told of one layer; more are counted.
    private static let keptOddities = 100

    private func hashCanonical() {
        entriesHasher.update(canonical)
        canonical.removeAll(keepingCapacity: true)
    }

    // MARK: - Members

    private func entry(_ member: TarMember, _ reader: TarReader) throws -> FileEntryRecord {
        let attributes = member.attributes
        let kind = FileKind(member)
        let written = MemberPath.normalized(member.path)
        // What is cut stands for nothing, and is not put together with others.
        let isWhole = Int64(written.count) <= limits.pathBytes
        let place =
            isWhole ? paths.place(written, kind, link: kind == .symbolicLink ? member.linkTarget : nil) : written
        let link = member.linkTarget.map { target in
            kind == .hardLink ? paths.target(path(target), of: written) : cut(target)
        }
        var entry = FileEntryRecord(
            path: cut(place),
            kind: kind,
            mode: attributes.mode,
            userID: attributes.userID,
            groupID: attributes.groupID,
            modified: attributes.modified,
            nanoseconds: attributes.modifiedNanoseconds,
            link: link,
            details: FileDetailRecord.details(of: member, at: place, leadingTo: kind == .hardLink ? link : nil)
        )
        guard member.kind == .file else { return entry }
        entry.content = try hashedContent(member, reader)
        return entry
    }

    /// The content of a file; nil for holes beyond the limit, whose zeros are not hashed.
    private func hashedContent(_ member: TarMember, _ reader: TarReader) throws(ArchiveError) -> FileContentRecord? {
        do throws(ArchiveError) {
            return try content(member, reader)
        } catch {
            guard error == .sparseMember else { throw error }
            listing.unhashed += 1
            return nil
        }
    }

    private func content(_ member: TarMember, _ reader: TarReader) throws(ArchiveError) -> FileContentRecord {
        var size: Int64 = 0
        let before = reader.produced
        let chunks = reader.content(of: member, fillingHolesUpTo: holesLeft)
        do throws(ArchiveError) {
            while let chunk = try chunks.next() {
                hasher.update(chunk)
                size += Int64(chunk.count)
            }
        } catch {
            _ = hasher.finish()
            throw error
        }
        holesLeft -= size - (reader.produced - before)
        return FileContentRecord(digest: hasher.finish().bytes, size: size)
    }

    private func path(_ raw: [UInt8]) -> [UInt8] {
        cut(MemberPath.normalized(raw))
    }

    private func cut(_ path: [UInt8]) -> [UInt8] {
        guard Int64(path.count) > limits.pathBytes else { return path }
        listing.cutPaths += 1
        return Array(path.prefix(Int(clamping: limits.pathBytes)))
    }
}

extension FileKind {
    fileprivate init(_ member: TarMember) {
        self =
            switch member.kind {
            case .file: .file
            case .directory: .directory
            case .symbolicLink: .symbolicLink
            case .hardLink: .hardLink
            case .special:
                switch member.attributes.fileType {
                case 0o020000: .characterDevice
                case 0o060000: .blockDevice
                case 0o010000: .fifo
                default: .other
                }
            }
    }
}

extension FileDetailRecord {
    /// What a header says beyond the columns of an entry, each name once, by name.
    fileprivate static func details(
        of member: TarMember,
        at place: [UInt8],
        leadingTo link: [UInt8]?
    ) -> [FileDetailRecord] {
        let attributes = member.attributes
        var details: [String: [UInt8]] = [:]
        for attribute in attributes.extendedAttributes {
            let name = "xattr:" + String(decoding: attribute.name, as: UTF8.self)
            if details[name] == nil { details[name] = attribute.value }
        }
        if let time = attributes.accessed { details["atime"] = Array("\(time)".utf8) }
        if let time = attributes.changed { details["ctime"] = Array("\(time)".utf8) }
        if let device = attributes.device { details["device"] = Array(device.utf8) }
        if let oddity = member.oddity { details["oddity"] = Array(oddity.utf8) }
        if isUnusual(member.path, place) { details["path"] = member.path }
        if let link, let written = member.linkTarget, isUnusual(written, link) { details["link"] = written }
        return details.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { FileDetailRecord(name: $0.key, value: $0.value) }
    }

    /// Whether a path is not that of the place, beyond a leading `./` and the `/` behind a folder.
    private static func isUnusual(_ path: [UInt8], _ place: [UInt8]) -> Bool {
        var shown = path[...]
        if shown.starts(with: "./".utf8) { shown = shown.dropFirst(2) }
        if shown.last == UInt8(ascii: "/") { shown = shown.dropLast() }
        if shown.elementsEqual(".".utf8) { return false }
        return !place.elementsEqual(shown)
    }
}
