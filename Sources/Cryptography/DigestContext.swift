internal import COpenSSL

/// One of OpenSSL's hashes, with a context that is reused from stream to stream.
struct DigestContext: ~Copyable {
    private let context: OpaquePointer
    private let implementation: OpaquePointer

    /// Fetches a hash by its name and begins a stream.
    init(_ name: String) throws(CryptographyError) {
        guard let context = EVP_MD_CTX_new() else { throw .last("EVP_MD_CTX_new") }
        // Fetched once a context: an implicit fetch takes a lock for every digest.
        guard let implementation = EVP_MD_fetch(nil, name, nil) else {
            EVP_MD_CTX_free(context)
            throw .last("EVP_MD_fetch")
        }
        guard EVP_DigestInit_ex(context, implementation, nil) == 1 else {
            EVP_MD_CTX_free(context)
            EVP_MD_free(implementation)
            throw .last("EVP_DigestInit_ex")
        }
        self.context = context
        self.implementation = implementation
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(implementation)
    }

    /// Adds bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        // Fails only for a context that was not initialised, which init and finish exclude.
        precondition(EVP_DigestUpdate(context, base, bytes.count) == 1)
    }

    /// The hash of all bytes since the last call; a new stream then begins.
    mutating func finish(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(EVP_DigestFinal_ex(context, &bytes, nil) == 1)
        precondition(EVP_DigestInit_ex(context, implementation, nil) == 1)
        return bytes
    }
}
