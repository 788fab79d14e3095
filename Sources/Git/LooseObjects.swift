internal import Cryptography

/// Objects in files of their own (git, gitformat-loose).
enum LooseObjects {
    /// The name under which a file lies, `objects/ab/cdef…`; nil for another path.
    static func name(of file: RepositoryFile) -> ObjectName? {
        let parts = file.components
        guard parts.count == 3, parts[0].elementsEqual("objects".utf8), parts[1].count == 2 else { return nil }
        return ObjectName(hex: Array(parts[1]) + Array(parts[2]))
    }

    /// A header is at most as long as the longest type with the longest size.
    private static let headerBytes: Int64 = 32

    /// Reads one object; trees and files are told by their first bytes, and left.
    static func read(
        _ file: RepositoryFile,
        named name: ObjectName,
        _ inflater: inout Inflater,
        _ limits: GitLimits,
        into objects: inout ObjectCollection,
        _ warnings: inout GitWarnings
    ) throws {
        guard let source = file.open() else { return warnings.add(.unreadable, file.path, "it cannot be opened") }
        let head = source.bytes(at: 0, count: 4096)
        guard let header = header(of: begin(head, &inflater)) else {
            return warnings.add(.objectDamaged, file.path, "it is no object")
        }
        guard header.kind.isRead else { return }
        guard header.size <= Int64(limits.objectBytes), source.count <= Int64(limits.objectBytes) else {
            return warnings.add(.limit, file.path, "it has \(header.size) bytes")
        }
        let packed = source.bytes(at: 0, count: Int(source.count))
        let wanted = header.size + Int64(header.length)
        guard let (whole, consumed) = inflater.expand(packed, limit: wanted), Int64(whole.count) == wanted else {
            return warnings.add(.objectSize, file.path, "it states \(header.size) bytes and has another number")
        }
        if consumed != Int64(packed.count) {
            warnings.add(.objectDamaged, file.path, "\(Int64(packed.count) - consumed) bytes follow the object")
        }
        let content = Array(whole.dropFirst(header.length))
        var hasher = try ObjectNameHasher(name.format)
        guard let found = ObjectName(hasher.name(ofType: header.kind.word, content)) else { return }
        if found != name { warnings.add(.objectName, file.path, "its content has the name \(found)") }
        objects.add(header.kind, found, content, file.path, &warnings)
    }

    /// The first bytes that come out.
    private static func begin(_ packed: [UInt8], _ inflater: inout Inflater) -> [UInt8] {
        var content: [UInt8] = []
        packed.withUnsafeBytes { whole in
            var isGiven = false
            _ = inflater.expand(
                limit: 1 << 20,
                input: {
                    defer { isGiven = true }
                    return isGiven ? UnsafeRawBufferPointer(start: nil, count: 0) : whole
                },
                output: { if content.count < headerBytes { content.append(contentsOf: $0.prefix(Int(headerBytes))) } }
            )
        }
        return content
    }

    /// `type size\0`.
    private static func header(of bytes: [UInt8]) -> (kind: ObjectKind, size: Int64, length: Int)? {
        guard let end = bytes.firstIndex(of: 0), let space = bytes[..<end].firstIndex(of: 0x20) else { return nil }
        let word = bytes[..<space]
        let kinds: [ObjectKind] = [.commit, .tree, .blob, .tag]
        guard let kind = kinds.first(where: { word.elementsEqual($0.word.utf8) }),
            let text = String(validating: bytes[(space + 1)..<end], as: UTF8.self),
            let size = Int64(text), size >= 0, String(size) == text
        else { return nil }
        return (kind, size, end + 1)
    }
}
