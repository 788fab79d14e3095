internal import Cryptography
internal import Foundation
internal import Sigstore

/// The file that a signature is said to be of.
enum ArtifactFile {
    /// Up to this many bytes a file is kept whole, which Ed25519 needs; of larger files only digests are taken.
    private static let wholeLimit = 64 << 20

    /// Reads a file once.
    static func read(_ path: String) throws -> Artifact {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandError.cannotRead(path: path, reason: OutputFile.systemReason(errno))
        }
        defer { try? handle.close() }
        var whole: [UInt8]? = []
        var first = try DigestHasher(.sha256)
        var second = try DigestHasher(.sha384)
        var third = try DigestHasher(.sha512)
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            let bytes = [UInt8](chunk)
            first.update(bytes)
            second.update(bytes)
            third.update(bytes)
            whole = whole.flatMap { $0.count + bytes.count <= wholeLimit ? $0 + bytes : nil }
        }
        if let whole { return .bytes(whole) }
        return .digests([first.finish(), second.finish(), third.finish()])
    }
}
