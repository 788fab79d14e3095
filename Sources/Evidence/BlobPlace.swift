internal import Archive
package import CaseIndex
package import Cryptography
internal import Glibc

/// A place where import saw a blob, from which it can be read again.
package struct BlobPlace: Hashable, Sendable {
    /// The evidence.
    package let source: SourceRecord
    /// Where in it.
    package let location: LocationRecord

    /// Every place of a blob, in the order of import.
    ///
    /// - Throws: ``CaseError``.
    package static func places(of digest: Digest, in reader: CaseReader) throws -> [BlobPlace] {
        let sources = try reader.sources()
        return try reader.locations(of: digest).compactMap { location in
            sources.first { $0.id == location.sourceID }.map { BlobPlace(source: $0, location: location) }
        }
    }

    /// Opens the blob.
    ///
    /// - Parameters:
    ///   - evidence: Where the evidence is now; where it was when it was imported, when nil.
    ///   - size: How many bytes the blob has.
    /// - Returns: The bytes that lie at the place now; whether they are the blob's is for the reader to check.
    /// - Throws: ``RereadError``.
    func open(evidence: String?, size: Int64) throws -> any ChunkSource {
        let stated = evidence ?? source.path
        guard evidence != nil || source.path != Importer.standardInput else { throw RereadError.wasStandardInput }
        // A part of some evidence is named with the folder that it lies in, and the member's path begins there as well.
        var base = stated
        for _ in 0...MemberPath.components(Array(location.path.utf8)).count {
            if let found = try openBelow(base, size) { return found }
            guard let slash = base.utf8.lastIndex(of: UInt8(ascii: "/")), slash > base.startIndex else { break }
            base = String(base[..<slash])
        }
        throw RereadError.notThere(evidence: stated, member: location.path)
    }

    /// The blob in the folder or archive at a path; nil when there is no such folder or archive, or no such member.
    private func openBelow(_ base: String, _ size: Int64) throws -> (any ChunkSource)? {
        let descriptor = Glibc.open(base, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            return nil
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            close(descriptor)
            guard let path = ShownPath.bytes(location.path), let folder = try? OpenFolder(userPath: base),
                let file = folder.file(path)
            else { return nil }
            return FileChunks(takingOver: file, expecting: size)
        case S_IFREG:
            if let offset = location.offset, lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) {
                return LimitedChunks(FileChunks(takingOver: descriptor, expecting: size), count: size)
            }
            return try ArchivedBlob.open(descriptor, member: location.path, base: base)
        default:
            close(descriptor)
            return nil
        }
    }
}

/// A blob in an archive that must be read from its beginning.
private enum ArchivedBlob {
    /// Hard links that lead from one to the next.
    private static let linkDepth = 8

    /// The member's bytes; nil when there is none of that path.
    static func open(_ descriptor: Int32, member: String, base: String) throws -> (any ChunkSource)? {
        var wanted = member
        var current = descriptor
        for _ in 0..<linkDepth {
            let head = try HeadChunks(FileChunks(takingOver: current), atLeast: TarHeader.blockSize)
            let compression = head.beginning.flatMap { Compression(announcedBy: $0) }
            let reader = try TarReader(head, compression, limit: .max)
            var link: [UInt8]?
            while let found = try reader.next() {
                guard isSame(MemberPath.normalized(found.path), wanted) else { continue }
                if found.kind == .file { return reader.content }
                link = found.kind == .hardLink ? found.linkTarget : nil
                break
            }
            guard let link else { return nil }
            wanted = ImportDraft.shown(MemberPath.normalized(link))
            current = Glibc.open(base, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            guard current >= 0 else { return nil }
        }
        return nil
    }

    private static func isSame(_ path: [UInt8], _ shown: String) -> Bool {
        ImportDraft.shown(path).utf8.elementsEqual(shown.utf8)
    }
}

/// The first bytes of another source.
final class LimitedChunks: ChunkSource {
    private let source: any ChunkSource
    private var left: Int64

    init(_ source: any ChunkSource, count: Int64) {
        self.source = source
        left = count
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard left > 0, let chunk = try source.next() else { return nil }
        let count = Int(min(left, Int64(chunk.count)))
        left -= Int64(count)
        return UnsafeRawBufferPointer(rebasing: chunk[..<count])
    }
}

/// Paths as locations show them, turned back into bytes.
enum ShownPath {
    /// The bytes; nil for a path that was cut, or is not written as ``EscapedText`` writes.
    static func bytes(_ shown: String) -> [UInt8]? {
        guard !shown.unicodeScalars.contains("…") else { return nil }
        var bytes: [UInt8] = []
        var rest = Substring(shown).utf8[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "\\") else {
                bytes.append(first)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "u"):
                let digits = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
                guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                bytes += Array(String(scalar).utf8)
                rest = rest.dropFirst(digits.count + 2)
            default: return nil
            }
        }
        return bytes
    }
}
