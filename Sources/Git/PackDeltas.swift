internal import Cryptography

// Deltas, and the objects that they are made upon.

extension PackReader {
    /// Makes an object of what was expanded, gives it its name and hands it on.
    mutating func finish(
        _ header: PackHeader,
        _ kind: ObjectKind,
        _ expanded: [UInt8],
        at offset: Int64,
        _ inflater: inout Inflater,
        _ hasher: inout ObjectNameHasher,
        _ emit: (ObjectKind, ObjectName, [UInt8]) -> Void
    ) {
        guard Int64(expanded.count) == header.size else {
            return warnings.add(
                .objectSize,
                path,
                "the object at \(offset) states \(header.size) bytes and has \(expanded.count)"
            )
        }
        var content = expanded
        if case .whole = header.form {
        } else {
            guard let base = base(of: header, &inflater),
                let made = Delta.apply(expanded, to: base, limit: limits.objectBytes)
            else { return warnings.add(.deltaDamaged, path, "the delta at \(offset) does not fit its base") }
            content = made
        }
        guard let name = ObjectName(hasher.name(ofType: kind.word, content)) else { return }
        if let entry = index?.first(from: offset - start), entry.offset == offset - start,
            !entry.name.elementsEqual(name.bytes)
        {
            warnings.add(.objectName, path, "the index calls the object at \(offset) otherwise than \(name)")
        }
        keep(content, at: offset)
        // The first of two stays: a second one may be a delta upon itself.
        if offsets[name] == nil { offsets[name] = offset }
        emit(kind, name, content)
    }

    private mutating func keep(_ content: [UInt8], at offset: Int64) {
        guard cachedBytes + content.count <= limits.cachedBytes else { return }
        cachedBytes += content.count
        cache[offset] = content
    }

    private mutating func base(of header: PackHeader, _ inflater: inout Inflater) -> [UInt8]? {
        switch header.form {
        case .whole: nil
        case .onOffset(let base): content(at: start + base, &inflater)
        case .onName(let name): offsets[name].flatMap { content(at: $0, &inflater) }
        }
    }

    /// The content of a commit or tag that was met before; nil when it cannot be had again.
    private mutating func content(at offset: Int64, _ inflater: inout Inflater) -> [UInt8]? {
        var deltas: [[UInt8]] = []
        var deltaBytes = 0
        var position = offset
        var content: [UInt8]?
        while content == nil {
            if let cached = cache[position] {
                content = cached
                break
            }
            guard deltas.count <= limits.deltaDepth, let (header, bytes) = expanded(at: position, &inflater)
            else { return nil }
            deltaBytes += bytes.count
            guard deltaBytes <= limits.cachedBytes else { return nil }
            switch header.form {
            case .whole: content = bytes
            case .onOffset(let base):
                deltas.append(bytes)
                position = start + base
            case .onName(let name):
                deltas.append(bytes)
                guard let base = offsets[name] else { return nil }
                position = base
            }
        }
        for delta in deltas.reversed() {
            guard let base = content else { return nil }
            content = Delta.apply(delta, to: base, limit: limits.objectBytes)
        }
        return content
    }

    /// Reads one object again, wherever it lies.
    private mutating func expanded(at offset: Int64, _ inflater: inout Inflater) -> (
        header: PackHeader, bytes: [UInt8]
    )? {
        let head = source.bytes(at: offset, count: 64)
        var cursor = 0
        let next: () -> UInt8? = {
            guard cursor < head.count else { return nil }
            defer { cursor += 1 }
            return head[cursor]
        }
        guard let header = PackHeader(at: offset - start, format, next: next),
            header.size <= Int64(limits.objectBytes), header.size <= budget
        else { return nil }
        var position = offset + Int64(cursor)
        var content: [UInt8] = []
        var piece: [UInt8] = []
        let outcome = withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            inflater.expand(
                limit: header.size,
                input: {
                    piece = source.bytes(at: position, count: buffer.count)
                    position += Int64(piece.count)
                    buffer.copyBytes(from: piece)
                    return UnsafeRawBufferPointer(rebasing: buffer[..<piece.count])
                },
                output: { content.append(contentsOf: $0) }
            )
        }
        budget -= Int64(content.count)
        guard case .ended = outcome, Int64(content.count) == header.size else { return nil }
        return (header, content)
    }

    /// How often deltas whose base was not known are looked at again; each round resolves those upon the last one's.
    private static let rounds = 64

    /// Resolves deltas upon objects that came later, or that were named.
    mutating func resolvePending(
        _ inflater: inout Inflater,
        _ hasher: inout ObjectNameHasher,
        _ emit: (ObjectKind, ObjectName, [UInt8]) -> Void
    ) throws {
        for _ in 0..<Self.rounds where !pending.isEmpty {
            let open = pending
            pending = []
            for offset in open { resolve(offset, &inflater, &hasher, emit) }
            if pending.count == open.count { break }
        }
        guard !pending.isEmpty else { return }
        warnings.add(
            .deltaBase,
            path,
            "\(pending.count) deltas are made upon objects that are no commit or tag of this pack"
        )
    }

    private mutating func resolve(
        _ offset: Int64,
        _ inflater: inout Inflater,
        _ hasher: inout ObjectNameHasher,
        _ emit: (ObjectKind, ObjectName, [UInt8]) -> Void
    ) {
        guard let own = place(at: offset), let header = header(at: offset) else { return }
        let base: Int64? =
            switch header.form {
            case .whole: nil
            case .onOffset(let base): start + base
            case .onName(let name): offsets[name]
            }
        guard let base, let place = place(at: base), places[place].kind != .unknown else {
            pending.append(offset)
            return
        }
        let depth = places[place].depth == .max ? .max : places[place].depth + 1
        note(places[place].kind, depth: depth, at: own)
        guard places[place].kind.isRead else { return }
        guard depth <= limits.deltaDepth else {
            return warnings.add(.deltaDepth, path, "the object at \(offset) is a delta upon \(depth) others")
        }
        guard let (_, bytes) = expanded(at: offset, &inflater) else {
            return warnings.add(.objectDamaged, path, "the object at \(offset) cannot be expanded")
        }
        finish(header, places[place].kind, bytes, at: offset, &inflater, &hasher, emit)
    }

    private func header(at offset: Int64) -> PackHeader? {
        let head = source.bytes(at: offset, count: 64)
        var cursor = 0
        return PackHeader(at: offset - start, format) {
            guard cursor < head.count else { return nil }
            defer { cursor += 1 }
            return head[cursor]
        }
    }
}
