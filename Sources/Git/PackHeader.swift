internal import Cryptography

/// What precedes an object's compressed bytes in a pack (git, gitformat-pack, "pack-*.pack files").
struct PackHeader {
    /// How the object is stored.
    enum Form: Equatable {
        /// As it is.
        case whole(ObjectKind)
        /// As a delta upon the object that begins at an offset of the same pack.
        case onOffset(Int64)
        /// As a delta upon the object of a name.
        case onName(ObjectName)
    }

    let form: Form
    /// How many bytes it expands to: of the object, or of the delta.
    let size: Int64

    /// Reads a header byte by byte; nil when it is not well formed.
    ///
    /// - Parameters:
    ///   - offset: Where the object begins in its pack.
    ///   - format: How names are made.
    ///   - next: The next byte; nil at the end.
    init?(at offset: Int64, _ format: ObjectFormat, next: () -> UInt8?) {
        guard var byte = next() else { return nil }
        let type = byte >> 4 & 7
        var size = Int64(byte & 15)
        var shift = 4
        while byte & 0x80 != 0 {
            guard shift < 56, let more = next() else { return nil }
            byte = more
            size |= Int64(byte & 0x7F) << Int64(shift)
            shift += 7
        }
        self.size = size
        switch type {
        case 1, 2, 3, 4: form = .whole(ObjectKind(rawValue: type) ?? .unknown)
        case 6:
            guard let distance = Self.distance(next), distance > 0, distance < offset else { return nil }
            form = .onOffset(offset - distance)
        case 7:
            var bytes: [UInt8] = []
            for _ in 0..<format.byteCount {
                guard let byte = next() else { return nil }
                bytes.append(byte)
            }
            guard let name = ObjectName(bytes) else { return nil }
            form = .onName(name)
        default: return nil
        }
    }

    /// How far before an object its base begins: seven bits a byte, the highest first, each further byte counted from
    /// where shorter numbers end.
    private static func distance(_ next: () -> UInt8?) -> Int64? {
        guard var byte = next() else { return nil }
        var value = Int64(byte & 0x7F)
        var count = 1
        while byte & 0x80 != 0 {
            guard count < 8, let more = next() else { return nil }
            byte = more
            value = (value + 1) << 7 | Int64(byte & 0x7F)
            count += 1
        }
        return value
    }
}
