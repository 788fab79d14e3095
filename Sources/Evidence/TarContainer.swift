internal import Archive
internal import Cryptography
internal import Glibc
internal import Presentation

/// Evidence in a tar archive, perhaps compressed; read once from its beginning to its end.
struct TarContainer: EvidenceContainer {
    let isArchive = true
    private let origin: ArchiveOrigin
    private let size: Int64
    private let userPath: String

    /// Takes over the descriptor of an open file; of one without a size nothing can be had again.
    init(takingOver descriptor: Int32, size: Int64, userPath: String) {
        origin = .file(descriptor, again: size > 0 ? OpenFile(of: descriptor) : nil)
        self.size = size
        self.userPath = userPath
    }

    private init(_ origin: ArchiveOrigin, size: Int64, userPath: String) {
        self.origin = origin
        self.size = size
        self.userPath = userPath
    }

    func scan(_ limits: ImportLimits, _ layers: LayerStore?, _ progress: ProgressMeter) throws -> EvidenceScan {
        progress.begin(total: size)
        let whole = try DigestingChunks(try origin.first(), progress)
        guard let first = try whole.next() else { throw EvidenceError.nothingRecognised(path: userPath) }
        let compression = Compression(announcedBy: first)
        let trailing = try TrailingDigest()
        let observed: ObservedChunks
        let reader: TarReader
        do {
            let expanded = try Self.expanded(ReplayedChunks(first: first, rest: whole) { _ in }, compression, limits)
            var observer = TarHeaderObserver(
                comparesNames: true,
                extendedHeaderLimit: limits.extendedHeaderBytes
            )
            observer.onTrailing = { trailing.update($0) }
            observed = ObservedChunks(expanded, observer)
            reader = try TarReader(observed, nil, limit: limits.expandedBytes)
        } catch let cut as CutBeforeMembers {
            try whole.forEachChunk { _ in }
            return EvidenceScan(members: [], digest: whole.finish(), warnings: [cut.warning])
        } catch {
            throw EvidenceError.nothingRecognised(path: userPath)
        }
        var pass = TarPass(reader: reader, limits: limits, userPath: userPath, isCompressed: compression != nil)
        pass.rawPath = { observed.takeRawPath(at: $0) }
        try pass.readAll(layers)
        // What the reader of the members left; an error there is one that it met too, or that concerns no member.
        try? observed.finish()
        pass.note(observed.observer, trailing: trailing.finish())
        // The digest is that of the whole file, whatever could be read of it.
        try whole.forEachChunk { _ in }
        return EvidenceScan(members: pass.sortedMembers, digest: whole.finish(), warnings: pass.warnings)
    }

    /// The archive's bytes without their compression; an error says when so little of them can be seen that nobody can
    /// tell whether it is an archive.
    private static func expanded(
        _ source: any ChunkSource,
        _ compression: Compression?,
        _ limits: ImportLimits
    ) throws -> any ChunkSource {
        guard let compression else { return source }
        do throws(ArchiveError) {
            let expanding = try compression.expanding(source, limit: limits.expandedBytes)
            return try HeadChunks(expanding, atLeast: TarHeader.blockSize)
        } catch {
            switch error {
            case .truncated, .tooLarge, .sharedLimit:
                throw CutBeforeMembers(warning: TarPass.warning(error, afterMembers: 0))
            case .damaged, .unreadableInput, .sparseMember, .unavailable: throw error
            }
        }
    }

    /// A compressed stream that is not read far enough to see the first member.
    private struct CutBeforeMembers: Error {
        let warning: (path: [UInt8], code: WarningCode, message: String)
    }

    func reread(_ member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        nil
    }

    func archive(_ member: EvidenceMember) -> TarContainer? {
        guard origin.isRepeatable, looksLikeArchive(member), let measurement = member.measurement,
            let place = member.expandedOffset
        else { return nil }
        return TarContainer(
            .part(of: origin, offset: place, count: measurement.size),
            size: measurement.size,
            userPath: "\(userPath)/\(ImportDraft.shown(member.path))"
        )
    }

    func isOutOfReach(_ member: EvidenceMember) -> Bool {
        !origin.isRepeatable && looksLikeArchive(member)
    }

    private func looksLikeArchive(_ member: EvidenceMember) -> Bool {
        member.measurement.map { $0.listing != nil || Self.isArchiveName(member.path) } ?? false
    }

    /// Whether a name says that it is an archive: where the files of layers are not read nothing else tells.
    private static func isArchiveName(_ path: [UInt8]) -> Bool {
        [".tar", ".tar.gz", ".tgz", ".tar.zst"].contains { path.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}

/// Passes bytes on and hashes them.
final class DigestingChunks: ChunkSource {
    private let source: any ChunkSource
    private let progress: ProgressMeter
    private var hasher: DigestHasher

    init(_ source: any ChunkSource, _ progress: ProgressMeter) throws(CryptographyError) {
        self.source = source
        self.progress = progress
        hasher = try DigestHasher(.sha256)
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.next() else { return nil }
        hasher.update(chunk)
        progress.advance(Int64(chunk.count))
        return chunk
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
    private let spool = DocumentSpool()
    private var count = 0
    /// The path of a member as its extended header has it, by where the member's first header begins.
    var rawPath: (Int64) -> [UInt8]? = { _ in nil }
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
    mutating func readAll(_ layers: LayerStore?) throws {
        let meter = try MemberMeter(limits, ExpansionBudget(limits.expandedBytes), layers: layers)
        do {
            while var member = try reader.next() {
                if let raw = rawPath(member.headerOffset) { member.path = raw }
                count += 1
                guard count <= limits.members else { continue }
                try add(member, meter)
            }
        } catch let error as ArchiveError {
            let isLimited =
                switch error {
                case .tooLarge, .sharedLimit: true
                case .truncated, .damaged, .unreadableInput, .sparseMember, .unavailable: false
                }
            guard count > 0 || isLimited else { throw EvidenceError.nothingRecognised(path: userPath) }
            warnings.append(Self.warning(error, afterMembers: members.count))
        }
        if count > limits.members {
            let message = "\(count) members; those beyond the limit of \(limits.members) were not read"
            warnings.append(([], .limitMembers, message))
        }
        if reader.lacksEndMark {
            warnings.append(([], .archiveTruncated, "the archive ends without the mark of its end"))
        }
        if reader.skippedHeaders > 0 {
            warnings.append(([], .archiveDamaged, "\(reader.skippedHeaders) damaged headers were skipped"))
        }
    }

    /// Notes what tools read differently, and what lies behind the end.
    mutating func note(_ observer: TarHeaderObserver, trailing: Digest) {
        for oddity in observer.oddities {
            let place = "\(oddity.message); at byte \(oddity.offset)"
            if let code = WarningCode(oddity.code) {
                warnings.append((oddity.path, code, place))
            } else if oddity.code == .trailingData {
                warnings.append(([], .archiveTrailingBytes, "\(place), their digest \(trailing)"))
            }
        }
        guard observer.omitted > 0 else { return }
        let count = observer.oddities.count
        warnings.append(([], .limitOddities, "\(observer.omitted) more oddities than the \(count) that are listed"))
    }

    /// What kept an archive from being read further, and how much of it was read.
    static func warning(
        _ error: ArchiveError,
        afterMembers count: Int
    ) -> (path: [UInt8], code: WarningCode, message: String) {
        switch error {
        case .truncated: ([], .archiveTruncated, "the archive \(error.sentence)")
        case .tooLarge, .sharedLimit:
            ([], .limitExpanded, "the archive \(error.sentence) (--limit expanded-bytes=…); \(count) members were read")
        case .damaged, .unreadableInput, .sparseMember, .unavailable:
            ([], .archiveDamaged, "the archive \(error.sentence)")
        }
    }

    private mutating func add(_ member: TarMember, _ meter: MemberMeter) throws {
        guard member.path.count <= limits.pathBytes else {
            let message = "a path of \(member.path.count) bytes, more than the limit of \(limits.pathBytes)"
            warnings.append((Array(member.path.prefix(64)), .limitPath, message))
            return
        }
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
                EvidenceMember(
                    path: path,
                    content: content ?? .special(member.kind.rawValue),
                    offset: earlier?.offset,
                    expandedOffset: earlier?.expandedOffset
                )
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
            var measurement = try meter.measure(
                reader.content,
                algorithm: MemberPath.algorithm(path),
                retaining: min(retainedLeft, limits.attestationBytes),
                keepsAnything: DirectoryCopy.isSignatureName(path) || GitRepository.mayOwn(path),
                isPipelined: limits.workers != 1 && member.size >= MemberMeter.pipelinedBytes
            )
            retainedLeft -= Int64(measurement.kept?.count ?? 0)
            measurement.keep(in: spool)
            let offset = isCompressed ? nil : member.offset
            let place = member.offset
            insert(
                EvidenceMember(path: path, content: .file(measurement), offset: offset, expandedOffset: place)
            )
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

/// The digest of what lies behind the end of an archive.
final class TrailingDigest {
    private var hasher: DigestHasher

    init() throws(CryptographyError) {
        hasher = try DigestHasher(.sha256)
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bytes)
    }

    func finish() -> Digest {
        hasher.finish()
    }
}

extension WarningCode {
    /// The warning for an oddity; nil for those of which the reader of the members tells in its own words.
    init?(_ code: TarOddityCode) {
        switch code {
        case .noEndMark, .truncated, .trailingData: return nil
        default: self.init(rawValue: code.rawValue)
        }
    }
}
