internal import Cryptography
internal import Sigstore

/// The file that a signature is said to be of.
enum ArtifactFile {
    /// Up to this many bytes a file is kept whole, which Ed25519 needs; of larger files only digests are taken.
    private static let wholeLimit = 64 << 20

    /// Reads a file once.
    static func read(_ path: String) throws -> Artifact {
        var file = try InputFile(path)
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        var whole: [UInt8] = []
        var count = try file.read(into: &buffer)
        while count > 0, whole.count + count <= wholeLimit {
            whole += buffer[..<count]
            count = try file.read(into: &buffer)
        }
        guard count > 0 else { return .bytes(whole) }
        var hashers = try Hashers()
        hashers.update(whole[...])
        whole = []
        while count > 0 {
            hashers.update(buffer[..<count])
            count = try file.read(into: &buffer)
        }
        return .digests(hashers.finish())
    }

    /// One hasher an algorithm, over the same bytes.
    private struct Hashers: ~Copyable {
        private var first: DigestHasher
        private var second: DigestHasher
        private var third: DigestHasher

        init() throws {
            let short = try DigestHasher(.sha256)
            let middle = try DigestHasher(.sha384)
            let long = try DigestHasher(.sha512)
            first = short
            second = middle
            third = long
        }

        mutating func update(_ bytes: ArraySlice<UInt8>) {
            first.update(bytes)
            second.update(bytes)
            third.update(bytes)
        }

        mutating func finish() -> [Digest] {
            [first.finish(), second.finish(), third.finish()]
        }
    }
}
