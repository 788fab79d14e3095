internal import COpenSSL
internal import CSodium

/// NaCl's secret-key box: XSalsa20 with Poly1305, the 16 bytes of the authenticator first.
package enum SecretBox {
    /// Bytes of a key.
    package static let keyByteCount = Int(crypto_secretbox_KEYBYTES)
    /// Bytes of a nonce, which is used once with a key.
    package static let nonceByteCount = Int(crypto_secretbox_NONCEBYTES)

    /// Encrypts and authenticates a message.
    ///
    /// - Throws: ``CryptographyError/malformed(object:)`` for a key or nonce of another length.
    package static func seal(
        _ message: [UInt8],
        key: [UInt8],
        nonce: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try check(key, nonce)
        var box = [UInt8](repeating: 0, count: message.count + Int(crypto_secretbox_MACBYTES))
        guard crypto_secretbox_easy(&box, message, UInt64(message.count), nonce, key) == 0
        else { throw .malformed(object: "secret box") }
        return box
    }

    /// Decrypts a box; nil when it was not sealed with this key and nonce, or was changed since.
    ///
    /// - Throws: ``CryptographyError/malformed(object:)`` for a key or nonce of another length.
    package static func open(_ box: [UInt8], key: [UInt8], nonce: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        try check(key, nonce)
        guard box.count >= Int(crypto_secretbox_MACBYTES) else { return nil }
        var message = [UInt8](repeating: 0, count: box.count - Int(crypto_secretbox_MACBYTES))
        guard crypto_secretbox_open_easy(&message, box, UInt64(box.count), nonce, key) == 0 else { return nil }
        return message
    }

    private static func check(_ key: [UInt8], _ nonce: [UInt8]) throws(CryptographyError) {
        guard sodium_init() >= 0, key.count == keyByteCount, nonce.count == nonceByteCount
        else { throw .malformed(object: "secret box") }
    }
}

/// scrypt (RFC 7914): a key from a password, made dear on purpose.
package enum Scrypt {
    /// How dear: memory is 128·N·r bytes.
    package struct Cost: Hashable, Sendable {
        /// N, a power of two.
        package var iterations: UInt64
        /// r.
        package var blockSize: UInt32
        /// p.
        package var parallelism: UInt32

        /// A cost.
        package init(iterations: UInt64, blockSize: UInt32, parallelism: UInt32) {
            self.iterations = iterations
            self.blockSize = blockSize
            self.parallelism = parallelism
        }
    }

    /// The key for a password and a salt.
    ///
    /// - Throws: ``CryptographyError/unsupported(_:)`` for a cost that the algorithm does not know, or when memory runs
    ///   out.
    package static func key(
        password: [UInt8],
        salt: [UInt8],
        cost: Cost,
        byteCount: Int
    ) throws(CryptographyError) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: byteCount)
        guard sodium_init() >= 0,
            crypto_pwhash_scryptsalsa208sha256_ll(
                password,
                password.count,
                salt,
                salt.count,
                cost.iterations,
                cost.blockSize,
                cost.parallelism,
                &key,
                byteCount
            ) == 0
        else { throw .unsupported("scrypt with N=\(cost.iterations), r=\(cost.blockSize), p=\(cost.parallelism)") }
        return key
    }
}

/// OpenSSL's random generator.
package enum RandomBytes {
    /// So many unpredictable bytes.
    ///
    /// - Throws: ``CryptographyError`` when the generator has no entropy.
    package static func make(_ count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(clamping: count)) == 1 else { throw .last("RAND_bytes") }
        return bytes
    }
}
