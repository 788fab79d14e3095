internal import Cryptography
internal import Glibc
internal import OCI
internal import StrictJSON

/// An image layout (OCI image-spec, image-layout.md) to which images are added: what is in it stays.
///
/// Blobs are written in a folder of their own inside the layout and moved to their places when all are there;
/// `index.json` is replaced last. A writer that ends early leaves the layout as it was.
final class LayoutFolder {
    private let path: String
    private let madeFolder: Bool
    /// Where blobs are written.
    let blobs: BlobFolder

    /// Opens a layout, or makes its folder.
    init(path: String) throws(AssemblyError) {
        self.path = path
        madeFolder = mkdir(path, 0o755) == 0
        guard madeFolder || errno == EEXIST else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        guard let folder = OpenFolder(userPath: path) else {
            throw AssemblyError(.cannotWrite(path: path, code: errno))
        }
        let names = folder.entries() ?? []
        let known = ["blobs", "oci-layout", "index.json"].map { Array($0.utf8) }
        guard
            names.contains(Array("oci-layout".utf8))
                || names.allSatisfy({ known.contains($0) || BlobFolder.isName($0) })
        else { throw AssemblyError(.notALayout(path: path)) }
        do throws(AssemblyError) {
            blobs = try BlobFolder(in: path)
        } catch {
            if madeFolder { rmdir(path) }
            throw error
        }
    }

    /// Removes what was begun.
    func abandon() {
        blobs.remove()
        if madeFolder { rmdir(path) }
    }

    /// Moves the blobs to their places and lists manifests in `index.json`.
    ///
    /// - Throws: ``AssemblyError``; the layout is then as it was, but for blobs that nothing names.
    func commit(_ entries: [IndexEntry]) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        defer { close(folder) }
        // One writer at a time between reading the index and replacing it.
        while flock(folder, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        }
        let index = try IndexDocument(layout: path).adding(entries)
        try write(index.bytes, as: "index.json.new")
        try write(Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8), as: "oci-layout.new")
        for parent in ["blobs", "blobs/sha256"] {
            guard mkdir("\(path)/\(parent)", 0o755) == 0 || errno == EEXIST
            else { throw AssemblyError(.cannotWrite(path: "\(path)/\(parent)", code: errno)) }
        }
        for digest in blobs.blobs.keys.sorted() {
            try move(blobs.path(of: digest), to: "\(path)/blobs/sha256/\(digest.hex)")
        }
        try sync("\(path)/blobs/sha256")
        if access("\(path)/oci-layout", F_OK) != 0 {
            try move("\(blobs.path)/oci-layout.new", to: "\(path)/oci-layout")
        }
        try move("\(blobs.path)/index.json.new", to: "\(path)/index.json")
        try sync(path)
        blobs.remove()
    }

    private func write(_ bytes: [UInt8], as name: String) throws(AssemblyError) {
        let target = "\(blobs.path)/\(name)"
        let file = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw AssemblyError(.cannotWrite(path: target, code: errno)) }
        defer { close(file) }
        fchmod(file, 0o644)
        try FileWriting.write(bytes, to: file, path: target)
        guard fsync(file) == 0 else { throw AssemblyError(.cannotWrite(path: target, code: errno)) }
    }

    private func move(_ source: String, to target: String) throws(AssemblyError) {
        guard rename(source, target) == 0 else { throw AssemblyError(.cannotWrite(path: target, code: errno)) }
    }

    private func sync(_ folder: String) throws(AssemblyError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AssemblyError(.cannotWrite(path: folder, code: errno)) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw AssemblyError(.cannotWrite(path: folder, code: errno)) }
    }
}
