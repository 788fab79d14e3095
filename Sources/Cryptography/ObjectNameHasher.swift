/// The hash by which a Git repository names its objects (git, hash-function-transition.txt).
package enum ObjectFormat: String, Hashable, Sendable, CaseIterable {
    /// SHA-1, which names objects and proves nothing against whoever can afford a collision.
    case sha1
    /// SHA-256.
    case sha256

    /// Bytes of a name.
    package var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        }
    }
}

/// Computes Git object names and the checksums of Git's own files; one context is reused from object to object.
///
/// SHA-1 is to be had here and nowhere else: nothing is verified with it.
package struct ObjectNameHasher: ~Copyable {
    /// What it computes.
    package let format: ObjectFormat
    private var context: DigestContext

    /// Makes a hasher.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL has no such algorithm or no memory.
    package init(_ format: ObjectFormat) throws(CryptographyError) {
        context = try DigestContext(format == .sha1 ? "SHA1" : "SHA2-256")
        self.format = format
    }

    /// Adds bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some ContiguousBytesSource) {
        bytes.withContiguousBytes { update($0) }
    }

    /// The hash of all bytes since the last call; the hasher then starts anew.
    package mutating func finish() -> [UInt8] {
        context.finish(format.byteCount)
    }

    /// The name of an object: the hash over its type, its length and its content (git, gitformat-loose).
    package mutating func name(ofType type: String, _ content: [UInt8]) -> [UInt8] {
        update(Array("\(type) \(content.count)\0".utf8))
        update(content)
        return finish()
    }
}
