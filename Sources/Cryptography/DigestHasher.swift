import COpenSSL

/// Hashes a stream; one context is reused from stream to stream.
public struct DigestHasher: ~Copyable {
    /// What it computes.
    public let algorithm: DigestAlgorithm
    private var context: DigestContext

    /// Makes a hasher.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL has no such algorithm or no memory.
    public init(_ algorithm: DigestAlgorithm) throws(CryptographyError) {
        context = try DigestContext(algorithm.openSSLName)
        self.algorithm = algorithm
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: some ContiguousBytesSource) {
        bytes.withContiguousBytes { update($0) }
    }

    /// The digest of all bytes since the last call; the hasher then starts anew.
    public mutating func finish() -> Digest {
        Digest(checked: algorithm, context.finish(algorithm.byteCount))
    }
}

/// Bytes that lie together in memory.
public protocol ContiguousBytesSource {
    /// Calls `body` with the bytes, which are valid only during the call.
    func withContiguousBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

extension [UInt8]: ContiguousBytesSource {
    /// Calls `body` with the elements.
    public func withContiguousBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(body)
    }
}

extension ArraySlice<UInt8>: ContiguousBytesSource {
    /// Calls `body` with the elements.
    public func withContiguousBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(body)
    }
}

extension DigestAlgorithm {
    /// The name by which OpenSSL fetches it.
    var openSSLName: String {
        switch self {
        case .sha256: "SHA2-256"
        case .sha384: "SHA2-384"
        case .sha512: "SHA2-512"
        }
    }

    /// The algorithm object that signature functions take; it lives as long as the process.
    var openSSL: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}

extension Digest {
    /// The digest of bytes in memory.
    public init(hashing bytes: [UInt8], _ algorithm: DigestAlgorithm = .sha256) {
        var result = [UInt8](repeating: 0, count: algorithm.byteCount)
        // Fails only when memory runs out inside OpenSSL.
        precondition(EVP_Digest(bytes, bytes.count, &result, nil, algorithm.openSSL, nil) == 1)
        self.init(checked: algorithm, result)
    }
}
