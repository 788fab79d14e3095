internal import CZlib
internal import Cryptography

/// What an object is (git, gitformat-pack, "Object types").
enum ObjectKind: UInt8, Sendable {
    /// Not known yet: a delta whose base is not known.
    case unknown = 0
    case commit = 1
    case tree = 2
    case blob = 3
    case tag = 4

    /// Whether its content is read.
    var isRead: Bool { self == .commit || self == .tag }

    /// As object names hash it.
    var word: String {
        switch self {
        case .unknown: ""
        case .commit: "commit"
        case .tree: "tree"
        case .blob: "blob"
        case .tag: "tag"
        }
    }
}

/// Reads the commits and tags of one pack (git, gitformat-pack, version 2 and 3) from its beginning to its end.
///
/// The pack itself says where objects lie, because each is expanded and the next begins where it ends; the index, when
/// there is one, is compared with that, and only tells where to go on after a damaged object. Trees and files are
/// expanded for their length alone, and never kept.
struct PackReader {
    /// One object: kept as small as may be, because a pack has millions.
    struct Place {
        let offset: Int64
        var kind: ObjectKind
        var depth: UInt16
    }

    let source: any RandomAccessBytes
    let start: Int64
    let format: ObjectFormat
    let path: [UInt8]
    let limits: GitLimits
    var index: PackIndex?
    var warnings: GitWarnings
    /// The objects by their offsets.
    private(set) var places: [Place] = []
    /// Content of commits and tags that deltas may be made upon.
    var cache: [Int64: [UInt8]] = [:]
    var cachedBytes = 0
    /// Where a commit or tag of a name begins.
    var offsets: [ObjectName: Int64] = [:]
    /// How many bytes may still come out of compressed ones.
    var budget: Int64
    /// Deltas whose base was not known when they were met.
    var pending: [Int64] = []

    init(
        _ source: any RandomAccessBytes,
        from start: Int64 = 0,
        _ format: ObjectFormat,
        path: [UInt8],
        _ limits: GitLimits
    ) {
        self.source = source
        self.start = start
        self.format = format
        self.path = path
        self.limits = limits
        budget = limits.expandedBytes
        warnings = GitWarnings(limit: limits.warningsPerCode)
    }

    /// Reads everything; answers the checksum that the pack has.
    mutating func read(_ emit: (ObjectKind, ObjectName, [UInt8]) -> Void) throws {
        let end = source.count
        let trailer = Int64(format.byteCount)
        let header = source.bytes(at: start, count: 12)
        guard header.count == 12, header.starts(with: "PACK".utf8), end - start >= 12 + trailer else {
            return warnings.add(.packDamaged, path, "not a pack")
        }
        let version = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
        guard version == 2 || version == 3 else {
            return warnings.add(.packDamaged, path, "version \(version) is not known")
        }
        let count = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard count <= limits.packObjects else {
            return warnings.add(.limit, path, "\(count) objects are more than \(limits.packObjects)")
        }
        if let index, index.count != count {
            warnings.add(.indexMismatch, path, "the index lists \(index.count) objects, the pack states \(count)")
        }
        var stream = try SequentialBytes(source, from: start, to: end, hashingTo: end - trailer, format)
        stream.jump(to: start + 12)
        guard var inflater = Inflater() else { return warnings.add(.packDamaged, path, "no memory") }
        var hasher = try ObjectNameHasher(format)
        while places.count < count {
            guard readObject(&stream, &inflater, &hasher, bodyEnd: end - trailer, emit) else { break }
        }
        if places.count < count {
            warnings.add(.packDamaged, path, "\(places.count) of \(count) objects could be read")
        } else if stream.position != end - trailer {
            warnings.add(.packDamaged, path, "\(end - trailer - stream.position) bytes follow the last object")
        }
        let checksum = stream.finishHash()
        if checksum != source.bytes(at: end - trailer, count: Int(trailer)) {
            warnings.add(.packChecksum, path, "the bytes of the pack are not those of its checksum")
        } else if let index, index.packChecksum != checksum {
            warnings.add(.indexMismatch, path, "the index belongs to another pack")
        }
        try resolvePending(&inflater, &hasher, emit)
    }

    /// The place of the object that begins at an offset.
    func place(at offset: Int64) -> Int? {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low].offset == offset ? low : nil
    }

    mutating func note(_ kind: ObjectKind, depth: UInt16, at position: Int) {
        places[position].kind = kind
        places[position].depth = depth
    }
}

extension PackReader {
    /// Reads the next object; false when nothing after it can be read.
    private mutating func readObject(
        _ stream: inout SequentialBytes,
        _ inflater: inout Inflater,
        _ hasher: inout ObjectNameHasher,
        bodyEnd: Int64,
        _ emit: (ObjectKind, ObjectName, [UInt8]) -> Void
    ) -> Bool {
        let offset = stream.position
        guard offset < bodyEnd, let header = PackHeader(at: offset - start, format, next: { stream.byte() }) else {
            return goOn(after: offset, &stream, "its header is not well formed")
        }
        let (kind, depth) = self.kind(of: header)
        places.append(Place(offset: offset, kind: kind, depth: depth))
        let isKept = kind.isRead && depth <= limits.deltaDepth && header.size <= Int64(limits.objectBytes)
        let dataStart = stream.position
        var content: [UInt8] = []
        if isKept { content.reserveCapacity(Int(min(header.size, 1 << 16))) }
        var produced: Int64 = 0
        let outcome = inflater.expand(
            limit: min(header.size, budget),
            input: { stream.take() },
            output: { bytes in
                produced += Int64(bytes.count)
                if isKept { content.append(contentsOf: bytes) }
            }
        )
        budget -= produced
        guard case .ended(let consumed) = outcome else {
            guard header.size <= budget + produced else {
                warnings.add(.limit, path, "the objects expand to more than \(limits.expandedBytes) bytes")
                return false
            }
            return goOn(after: offset, &stream, Self.sentence(outcome))
        }
        stream.jump(to: dataStart + consumed)
        check(from: offset, to: dataStart + consumed)
        if kind == .unknown { pending.append(offset) }
        if kind.isRead, depth > limits.deltaDepth {
            warnings.add(.deltaDepth, path, "the object at \(offset) is a delta upon \(depth) others")
        } else if kind.isRead, header.size > Int64(limits.objectBytes) {
            warnings.add(.limit, path, "the object at \(offset) has \(header.size) bytes")
        } else if isKept {
            finish(header, kind, content, at: offset, &inflater, &hasher, emit)
        }
        return true
    }

    private static func sentence(_ outcome: Inflater.Outcome) -> String {
        switch outcome {
        case .tooLong: "it expands to more than it states"
        case .truncated: "it ends too early"
        case .damaged, .ended: "it cannot be expanded"
        }
    }

    /// After a damaged object only the index can tell where the next one begins.
    private mutating func goOn(after offset: Int64, _ stream: inout SequentialBytes, _ reason: String) -> Bool {
        warnings.add(.objectDamaged, path, "the object at \(offset): \(reason)")
        if places.last?.offset != offset { places.append(Place(offset: offset, kind: .unknown, depth: 0)) }
        guard let next = index?.first(from: offset - start + 1) else { return false }
        stream.jump(to: next.offset + start)
        return stream.position == next.offset + start
    }

    /// What a header says about the kind, and how many deltas lie upon one another.
    private func kind(of header: PackHeader) -> (ObjectKind, UInt16) {
        switch header.form {
        case .whole(let kind): return (kind, 0)
        case .onOffset(let base):
            guard let place = place(at: start + base) else { return (.unknown, 0) }
            return (places[place].kind, places[place].depth == .max ? .max : places[place].depth + 1)
        case .onName: return (.unknown, 0)
        }
    }

    /// Compares an object's compressed bytes with the checksum that the index states.
    private mutating func check(from offset: Int64, to end: Int64) {
        guard let index else { return }
        guard let entry = index.first(from: offset - start), entry.offset == offset - start else {
            return warnings.add(.indexMismatch, path, "the index does not list the object at \(offset)")
        }
        guard let expected = entry.checksum else { return }
        var sum = crc32(0, nil, 0)
        var position = offset
        while position < end {
            let piece = source.bytes(at: position, count: Int(min(end - position, 1 << 16)))
            guard !piece.isEmpty else { return }
            sum = crc32(sum, piece, uInt(piece.count))
            position += Int64(piece.count)
        }
        if UInt32(truncatingIfNeeded: sum) != expected {
            warnings.add(.indexMismatch, path, "the index states another checksum of the object at \(offset)")
        }
    }
}
