internal import Archive
internal import Cryptography
internal import Glibc
internal import Presentation

/// Evidence in a tar archive, perhaps compressed; read once from its beginning to its end.
struct TarContainer: EvidenceContainer {
    let isArchive = true
    private let descriptor: Int32
    private let size: Int64
    private let userPath: String

    /// Takes over the descriptor of an open regular file.
    init(takingOver descriptor: Int32, size: Int64, userPath: String) {
        self.descriptor = descriptor
        self.size = size
        self.userPath = userPath
    }

    func scan(_ limits: ImportLimits, _ progress: ProgressMeter) throws -> EvidenceScan {
        progress.begin(total: size)
        let file = FileChunks(takingOver: descriptor)
        let whole = try DigestingChunks(file, progress)
        guard let first = try whole.next() else { throw EvidenceError.nothingRecognised(path: userPath) }
        let compression = Compression(announcedBy: first)
        let reader: TarReader
        do {
            reader = try TarReader(
                ReplayedChunks(first: first, rest: whole) { _ in },
                compression,
                limit: limits.expandedBytes
            )
        } catch {
            throw EvidenceError.nothingRecognised(path: userPath)
        }
        var pass = TarPass(reader: reader, limits: limits, userPath: userPath, isCompressed: compression != nil)
        try pass.readAll()
        // The digest is that of the whole file, whatever could be read of it.
        var hasTrailingBytes = whole.hasContent(after: reader.consumed)
        try whole.forEachChunk { chunk in hasTrailingBytes = hasTrailingBytes || chunk.contains { $0 != 0 } }
        if hasTrailingBytes, compression == nil { pass.noteTrailingBytes(after: reader.consumed) }
        return EvidenceScan(members: pass.sortedMembers, digest: whole.finish(), warnings: pass.warnings)
    }

    func reread(_ member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        nil
    }
}

/// Passes bytes on and hashes them.
final class DigestingChunks: ChunkSource {
    private let source: any ChunkSource
    private let progress: ProgressMeter
    private var hasher: DigestHasher
    private var current: UnsafeRawBufferPointer?
    private var delivered: Int64 = 0

    init(_ source: any ChunkSource, _ progress: ProgressMeter) throws(CryptographyError) {
        self.source = source
        self.progress = progress
        hasher = try DigestHasher(.sha256)
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.next() else { return nil }
        hasher.update(chunk)
        current = chunk
        delivered += Int64(chunk.count)
        progress.advance(Int64(chunk.count))
        return chunk
    }

    /// Whether the chunk that was given last holds anything but zeros from an offset on.
    func hasContent(after offset: Int64) -> Bool {
        guard let current else { return false }
        let start = Int(clamping: offset - (delivered - Int64(current.count)))
        return current.dropFirst(max(0, start)).contains { $0 != 0 }
    }

    /// The digest of everything that was passed on.
    func finish() -> Digest {
        hasher.finish()
    }
}

/// One pass over an archive's members.
struct TarPass {
    private let reader: TarReader
    private let limits: ImportLimits
    private let userPath: String
    private let isCompressed: Bool
    private var members: [[UInt8]: EvidenceMember] = [:]
    private var retainedLeft: Int64
    private var count = 0
    private(set) var warnings: [(path: [UInt8], code: WarningCode, message: String)] = []

    init(reader: TarReader, limits: ImportLimits, userPath: String, isCompressed: Bool) {
        self.reader = reader
        self.limits = limits
        self.userPath = userPath
        self.isCompressed = isCompressed
        retainedLeft = limits.retainedBytes
    }

    /// The members by path; of two with one path the later.
    var sortedMembers: [EvidenceMember] {
        members.values.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// Reads until the end, or until the archive cannot be read further.
    mutating func readAll() throws {
        let meter = try MemberMeter(
            expandedLimit: limits.expandedLayerBytes,
            ExpansionBudget(limits.expandedBytes)
        )
        do {
            while let member = try reader.next() {
                count += 1
                guard count <= limits.members
                else { throw EvidenceError.tooManyMembers(path: userPath, limit: limits.members) }
                try add(member, meter)
            }
        } catch let error as ArchiveError {
            guard count > 0 else { throw EvidenceError.nothingRecognised(path: userPath) }
            warn(error)
        }
        if reader.lacksEndMark {
            warnings.append(([], .archiveTruncated, "the archive ends without the mark of its end"))
        }
        if reader.skippedHeaders > 0 {
            warnings.append(([], .archiveDamaged, "\(reader.skippedHeaders) damaged headers were skipped"))
        }
    }

    /// Notes that the file goes on after the end of the archive; when that was not reached, other warnings say so.
    mutating func noteTrailingBytes(after offset: Int64) {
        guard warnings.allSatisfy({ $0.code != .archiveDamaged && $0.code != .limitExpanded }) else { return }
        warnings.append(([], .archiveTrailingBytes, "the file goes on after the end of the archive, at byte \(offset)"))
    }

    private mutating func warn(_ error: ArchiveError) {
        let code: WarningCode =
            switch error {
            case .truncated: .archiveTruncated
            case .tooLarge: .limitExpanded
            case .damaged, .unreadableInput, .sparseMember, .unavailable: .archiveDamaged
            }
        warnings.append(([], code, "the archive \(error.sentence)"))
    }

    private mutating func add(_ member: TarMember, _ meter: MemberMeter) throws {
        let path = MemberPath.normalized(member.path)
        if let oddity = member.oddity {
            warnings.append((path, .archiveHeader, "odd header: \(EscapedText(oddity, limit: 200))"))
        }
        switch member.kind {
        case .directory: return
        case .file: break
        case .hardLink:
            // The same file under another name: what was measured of it holds here too.
            let earlier = member.linkTarget.flatMap { members[MemberPath.normalized($0)] }
            let content = earlier?.measurement.map { EvidenceMember.Content.file($0) }
            insert(
                EvidenceMember(path: path, content: content ?? .special(member.kind.rawValue), offset: earlier?.offset)
            )
            return
        case .symbolicLink, .special:
            insert(
                EvidenceMember(
                    path: path,
                    content: .special(member.kind.rawValue),
                    linkTarget: member.kind == .symbolicLink ? member.linkTarget : nil
                )
            )
            return
        }
        do {
            let measurement = try meter.measure(
                reader.content,
                algorithm: MemberPath.namedDigest(path)?.algorithm ?? .sha256,
                retaining: min(retainedLeft, limits.attestationBytes),
                keepsAll: GitRepository.mayOwn(path)
            )
            retainedLeft -= Int64(measurement.retained?.count ?? 0)
            let offset = isCompressed ? nil : member.offset
            insert(EvidenceMember(path: path, content: .file(measurement), offset: offset))
        } catch let error as ArchiveError {
            insert(EvidenceMember(path: path, content: .unreadable(error)))
            guard error == .sparseMember else { throw error }
        }
    }

    private mutating func insert(_ member: EvidenceMember) {
        if members.updateValue(member, forKey: member.path) != nil {
            warnings.append(
                (member.path, .memberDuplicate, "the archive holds this member twice; the later one counts")
            )
        }
    }
}
