internal import Archive
internal import Cryptography
internal import Glibc

/// Writes a layout as one tar archive, which is there whole or not at all.
enum LayoutArchive {
    /// Writes the blobs of a folder and an index over them.
    ///
    /// - Parameters:
    ///   - path: The archive.
    ///   - blobs: What it holds.
    ///   - entries: What its `index.json` lists.
    ///   - modified: The time of its members, in seconds since 1970.
    /// - Throws: ``AssemblyError``.
    static func write(_ path: String, _ blobs: BlobFolder, _ entries: [IndexEntry], modified: Int64) throws {
        var template = Array("\(path).XXXXXX".utf8CString)
        let file = mkstemp(&template)
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard file >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        defer { close(file) }
        do {
            let output = Output(file: file, path: path, modified: modified)
            for digest in blobs.blobs.keys.sorted() { try output.add(digest, from: blobs) }
            try output.add("index.json", try IndexDocument().adding(entries).bytes)
            try output.add("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
            try output.write(WrittenTarHeader.end)
            guard fchmod(file, 0o644) == 0, fsync(file) == 0, rename(temporary, path) == 0
            else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private struct Output {
        let file: Int32
        let path: String
        let modified: Int64

        func write(_ bytes: [UInt8]) throws(AssemblyError) {
            try FileWriting.write(bytes, to: file, path: path)
        }

        private func header(_ name: String, _ size: Int64) -> [UInt8] {
            var header = WrittenTarHeader(.file, path: Array(name.utf8), mode: 0o644)
            (header.size, header.modified) = (size, modified)
            return header.blocks
        }

        func add(_ name: String, _ bytes: [UInt8]) throws(AssemblyError) {
            try write(header(name, Int64(bytes.count)) + bytes + WrittenTarHeader.padding(after: Int64(bytes.count)))
        }

        func add(_ digest: Digest, from blobs: BlobFolder) throws {
            let size = blobs.blobs[digest]?.size ?? 0
            try write(header("blobs/sha256/\(digest.hex)", size))
            let blob = open(blobs.path(of: digest), O_RDONLY | O_CLOEXEC)
            guard blob >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
            let chunks = FileChunks(takingOver: blob, expecting: size)
            while let chunk = try chunks.next() { try FileWriting.write(chunk, to: file, path: path) }
            try write(WrittenTarHeader.padding(after: size))
        }
    }
}
