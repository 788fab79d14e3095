import COpenSSL

/// Hashes a stream; one context is reused from stream to stream.
public struct DigestHasher: ~Copyable {
    /// What it computes.
    public let algorithm: DigestAlgorithm
    private let context: OpaquePointer
    private let implementation: OpaquePointer

    /// Makes a hasher.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL has no such algorithm or no memory.
    public init(_ algorithm: DigestAlgorithm) throws(CryptographyError) {
        guard let context = EVP_MD_CTX_new() else { throw .last("EVP_MD_CTX_new") }
        // Fetched once a hasher: an implicit fetch takes a lock for every digest.
        guard let implementation = EVP_MD_fetch(nil, algorithm.openSSLName, nil) else {
            EVP_MD_CTX_free(context)
            throw .last("EVP_MD_fetch")
        }
        guard EVP_DigestInit_ex(context, implementation, nil) == 1 else {
            EVP_MD_CTX_free(context)
            EVP_MD_free(implementation)
            throw .last("EVP_DigestInit_ex")
        }
        self.algorithm = algorithm
        self.context = context
        self.implementation = implementation
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(implementation)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        // Fails only for a context that was not initialised, which init and finish exclude.
        precondition(EVP_DigestUpdate(context, base, bytes.count) == 1)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: some ContiguousBytesSource) {
        bytes.withContiguousBytes { update($0) }
    }

    /// The digest of all bytes since the last call; the hasher then starts anew.
    public mutating func finish() -> Digest {
        var bytes = [UInt8](repeating: 0, count: algorithm.byteCount)
        precondition(EVP_DigestFinal_ex(context, &bytes, nil) == 1)
        precondition(EVP_DigestInit_ex(context, implementation, nil) == 1)
        return Digest(checked: algorithm, bytes)
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
