/// Walks the headers of a tar archive strictly, beside whatever reads its members, and tells what tools read
/// differently.
///
/// It follows headers as Go's `archive/tar` does, by which container runtimes read layers. Content is stepped over
/// without being looked at. It never fails: where no reader could go on it looks for the next header that holds.
package struct TarHeaderObserver {
    /// What was found, in order, as many as are kept.
    package private(set) var oddities: [TarOddity] = []
    /// How many more there were.
    package private(set) var omitted = 0
    /// Bytes behind the end of the archive, when any of them is not zero.
    package var trailingBytes: Int64 { hasTrailingData ? offset - (endOffset ?? offset) : 0 }
    /// Is handed every byte behind the end of the archive, so that somebody can take its digest.
    package var onTrailing: ((UnsafeRawBufferPointer) -> Void)?

    /// How many oddities are kept.
    private let limit: Int
    /// Whether paths are compared for letters that some file systems do not tell apart.
    private let comparesNames: Bool
    private var names = ComparedNames()
    private var rawPaths = RawPaths()
    /// Bytes seen.
    private var offset: Int64 = 0
    private var state = State.header
    /// A block of which a part has come so far.
    private var block: [UInt8] = []
    private var pending = Pending()
    private var hasSeenZeroBlock = false
    private var endOffset: Int64?
    private var hasTrailingData = false
    /// Whether a header did not hold and the next one is looked for.
    private var isLost = false
    private var hasMembers = false

    /// How many bytes of an extended header or long name are read.
    private let extendedHeaderLimit: Int64
    /// The largest size that eleven octal digits hold.
    private static let largestOctalSize: Int64 = 0o77777777777

    private enum State {
        case header
        /// Content that is stepped over.
        case skip(Int64)
        /// An extended header or long name that is read.
        case extended(type: UInt8, at: Int64, rest: Int64, padding: Int64)
        /// GNU's older map of holes goes on for another block; then so much content.
        case holes(Int64)
        /// Behind the end.
        case ended
    }

    /// What headers before a member say of it.
    private struct Pending {
        /// Where the first of them begins.
        var start: Int64?
        var records: PAXRecords?
        var longName: [UInt8]?
        var content: [UInt8] = []
    }

    /// An observer.
    ///
    /// - Parameters:
    ///   - limit: How many oddities are kept; more are counted.
    ///   - comparesNames: Whether paths that differ only in case or in how letters are composed are told. Layers of
    ///     honest images have such paths.
    ///   - extendedHeaderLimit: How many bytes of an extended header or long name are read; Go reads 1 MiB.
    package init(limit: Int = 1000, comparesNames: Bool = false, extendedHeaderLimit: Int64 = 1 << 20) {
        self.limit = limit
        self.extendedHeaderLimit = extendedHeaderLimit
        self.comparesNames = comparesNames
    }

    /// Looks at the next bytes of the expanded archive.
    package mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        var rest = chunk[...]
        while !rest.isEmpty {
            switch state {
            case .header: takeBlock(&rest) { observer, block in observer.readHeader(block) }
            case .holes(let size): takeBlock(&rest) { observer, block in observer.readHoles(block, size) }
            case .skip(let count): skip(count, &rest)
            case .extended(let type, let start, let left, let padding):
                takeExtended(type, start, left, padding, &rest)
            case .ended: takeTrailing(&rest)
            }
        }
    }

    /// Says that the archive has ended.
    package mutating func finish() {
        switch state {
        case .ended:
            guard hasTrailingData else { return }
            note(.trailingData, at: endOffset ?? offset, [], "\(trailingBytes) bytes follow the end of the archive")
        case .header where block.isEmpty && !isLost:
            guard hasMembers else { return }
            note(.noEndMark, at: offset, [], "the archive ends without two blocks of zeros")
        case .header where isLost: break
        default: note(.truncated, at: offset, [], "the archive ends inside a member or its header")
        }
    }

    // MARK: - Bytes

    private mutating func advance(_ count: Int, _ rest: inout Slice<UnsafeRawBufferPointer>) {
        offset += Int64(count)
        rest = rest.dropFirst(count)
    }

    /// Collects one block, without copying when it lies in one chunk.
    private mutating func takeBlock(
        _ rest: inout Slice<UnsafeRawBufferPointer>,
        _ read: (inout TarHeaderObserver, UnsafeRawBufferPointer) -> Void
    ) {
        if block.isEmpty, rest.count >= TarHeader.blockSize {
            let whole = UnsafeRawBufferPointer(rebasing: rest.prefix(TarHeader.blockSize))
            advance(TarHeader.blockSize, &rest)
            read(&self, whole)
            return
        }
        let part = rest.prefix(TarHeader.blockSize - block.count)
        block.append(contentsOf: part)
        advance(part.count, &rest)
        guard block.count == TarHeader.blockSize else { return }
        let whole = block
        block.removeAll(keepingCapacity: true)
        whole.withUnsafeBytes { read(&self, $0) }
    }

    private mutating func skip(_ count: Int64, _ rest: inout Slice<UnsafeRawBufferPointer>) {
        let step = Int(min(count, Int64(rest.count)))
        advance(step, &rest)
        state = count == Int64(step) ? .header : .skip(count - Int64(step))
    }

    private mutating func takeExtended(
        _ type: UInt8,
        _ start: Int64,
        _ left: Int64,
        _ padding: Int64,
        _ rest: inout Slice<UnsafeRawBufferPointer>
    ) {
        let part = rest.prefix(Int(min(left, Int64(rest.count))))
        pending.content.append(contentsOf: part)
        advance(part.count, &rest)
        guard left == Int64(part.count) else {
            state = .extended(type: type, at: start, rest: left - Int64(part.count), padding: padding)
            return
        }
        finishExtended(type, start)
        state = padding == 0 ? .header : .skip(padding)
    }

    /// Everything behind the end; whole blocks that are headers are told.
    private mutating func takeTrailing(_ rest: inout Slice<UnsafeRawBufferPointer>) {
        onTrailing?(UnsafeRawBufferPointer(rebasing: rest))
        while !rest.isEmpty {
            takeBlock(&rest) { observer, block in
                let header = TarHeader(block: block)
                guard !header.isZero else { return }
                observer.hasTrailingData = true
                guard header.checksum != .neither else { return }
                let start = observer.offset - Int64(TarHeader.blockSize)
                observer.note(.memberAfterEnd, at: start, header.path, "a member that no reader looks for")
            }
        }
        // A last piece that is no whole block.
        if block.contains(where: { $0 != 0 }) { hasTrailingData = true }
    }

    // MARK: - Headers

    private mutating func readHeader(_ bytes: UnsafeRawBufferPointer) {
        let header = TarHeader(block: bytes)
        let start = offset - Int64(TarHeader.blockSize)
        guard !header.isZero else { return readZeroBlock() }
        if hasSeenZeroBlock {
            hasSeenZeroBlock = false
            let known = header.checksum == .neither ? [] : header.path
            note(
                .singleZeroBlock,
                at: start,
                known,
                "members follow one block of zeros; a container runtime stops there"
            )
        }
        switch header.checksum {
        case .unsigned: break
        case .signed: note(.signedChecksum, at: start, header.path, "the checksum takes octets as signed")
        case .neither:
            if !isLost {
                note(
                    .headerChecksum,
                    at: start,
                    [],
                    "the checksum of a header does not hold; a container runtime stops here"
                )
            }
            isLost = true
            return
        }
        isLost = false
        readMember(header, start)
    }

    private mutating func readZeroBlock() {
        guard !isLost else { return }
        guard hasSeenZeroBlock else {
            hasSeenZeroBlock = true
            return
        }
        state = .ended
        endOffset = offset
    }

    private mutating func readMember(_ header: TarHeader, _ start: Int64) {
        let size = self.size(header, start)
        pending.start = pending.start ?? start
        switch header.type {
        case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
            beginExtended(header.type, size, start)
        default:
            hasMembers = true
            readFile(header, size, start)
            rawPaths.keep(pending.records?.path, at: pending.start)
            pending = Pending()
        }
    }

    /// The size that the header itself states; 0 where it states none that can be.
    private mutating func size(_ header: TarHeader, _ start: Int64) -> Int64 {
        var size: Int64 = 0
        for field in TarHeader.Field.allCases {
            switch header.number(field) {
            case .value(let value): if field == .size { size = value }
            case .malformed:
                note(
                    .malformedNumber,
                    at: start,
                    header.path,
                    "the \(field) is no number; a container runtime stops here"
                )
            case .outOfRange where field == .size:
                note(.sizeOutOfRange, at: start, header.path, "the size is below zero or too large to count")
            // Times before 1970 are below zero.
            case .outOfRange: break
            }
        }
        return size
    }

    private mutating func beginExtended(_ type: UInt8, _ size: Int64, _ start: Int64) {
        if type == UInt8(ascii: "x"), pending.records != nil {
            note(.twoExtendedHeaders, at: start, [], "two extended headers before one member; the second counts")
        }
        let padding = TarHeader.padding(size)
        guard size <= extendedHeaderLimit else {
            note(
                .extendedHeaderTooLarge,
                at: start,
                [],
                "\(size) bytes of an extended header or long name were not read"
            )
            state = .skip(TarHeader.padded(size))
            return
        }
        guard size > 0 else { return finishExtended(type, start) }
        state = .extended(type: type, at: start, rest: size, padding: padding)
    }

    private mutating func finishExtended(_ type: UInt8, _ start: Int64) {
        let content = pending.content
        pending.content = []
        switch type {
        case UInt8(ascii: "L"): pending.longName = Array(content.prefix { $0 != 0 })
        case UInt8(ascii: "K"): break
        default:
            let records = PAXRecords(content)
            noteRecords(records, start)
            if type == UInt8(ascii: "x") {
                pending.records = records
            } else if records.path != nil || records.linkPath != nil || records.size != nil {
                note(
                    .globalPath,
                    at: start,
                    records.path ?? records.linkPath ?? [],
                    "a global extended header names a path, link or size; a container runtime does not heed it"
                )
            }
        }
    }

    private mutating func noteRecords(_ records: PAXRecords, _ start: Int64) {
        if !records.isWellFormed {
            note(
                .malformedExtendedHeader,
                at: start,
                [],
                "an extended header is not well formed; a container runtime stops here"
            )
        }
        if records.hasZero {
            note(
                .zeroInExtendedHeader,
                at: start,
                records.path ?? [],
                "a name holds a zero octet; a container runtime stops here"
            )
        }
        if records.isSizeOutOfRange {
            note(.sizeOutOfRange, at: start, records.path ?? [], "the size of an extended header cannot be counted")
        }
    }

    // MARK: - Members

    private mutating func readFile(_ header: TarHeader, _ stated: Int64, _ start: Int64) {
        let records = pending.records
        let size = records?.size ?? stated
        if let extended = records?.size, extended != stated, extended <= Self.largestOctalSize {
            note(
                .extendedSize,
                at: start,
                path(header),
                "the extended header states \(extended) bytes, the header \(stated)"
            )
        }
        if comparesNames, names.isCollision(path(header)) {
            note(.nameCollision, at: start, path(header), "differs from an earlier path only in case or composition")
        }
        let isSparse = header.type == UInt8(ascii: "S")
        if isSparse || records?.isSparse == true {
            note(.sparse, at: start, path(header), "the member has holes")
        }
        guard !header.isHeaderOnly else { return noteHeaderOnly(header, size, start) }
        if header.type == UInt8(ascii: "0") || header.type == 0, path(header).last == UInt8(ascii: "/"), size > 0 {
            note(.directoryAsFile, at: start, path(header), "a file of \(size) bytes whose path ends like a folder's")
        }
        if isSparse, header.hasMoreHoles {
            state = .holes(size)
        } else if size > 0 {
            state = .skip(TarHeader.padded(size))
        }
    }

    /// What has no content is followed by the next header, whatever the size says.
    private mutating func noteHeaderOnly(_ header: TarHeader, _ size: Int64, _ start: Int64) {
        guard size > 0 else { return }
        let isDirectory = header.type == UInt8(ascii: "5")
        note(
            isDirectory ? .directoryWithSize : .linkWithSize,
            at: start,
            path(header),
            "\(size) bytes are stated for what has no content; a container runtime reads the next header there"
        )
    }

    /// The path of an extended header as it stands there, when it is not ASCII, told once.
    ///
    /// - Parameter start: Where the first header of the member begins.
    /// - Returns: The path; nil when the member has none that is not ASCII.
    package mutating func takeRawPath(at start: Int64) -> [UInt8]? {
        rawPaths.take(at: start)
    }

    private mutating func readHoles(_ bytes: UnsafeRawBufferPointer, _ size: Int64) {
        // The octet behind the 21 entries says whether another block follows.
        guard bytes[504] == 0 else { return }
        state = size > 0 ? .skip(TarHeader.padded(size)) : .header
    }

    private func path(_ header: TarHeader) -> [UInt8] {
        pending.records?.path ?? pending.longName ?? header.path
    }

    // MARK: - Notes

    private mutating func note(_ code: TarOddityCode, at offset: Int64, _ path: [UInt8], _ message: String) {
        guard oddities.count < limit else {
            omitted += 1
            return
        }
        oddities.append(TarOddity(code, at: offset, path, message))
    }
}
