internal import COpenSSL

extension SigningKey {
    /// Reads a private key from one PEM block: PKCS#8, SEC 1 or PKCS#1 (RFC 5958, RFC 5915, RFC 8017).
    ///
    /// - Throws: ``CryptographyError/unsupported(_:)`` for a block that holds something else.
    package init(block: PEMBlock) throws(CryptographyError) {
        guard ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"].contains(where: block.label.hasSameBytes)
        else { throw .unsupported("PEM block \(block.label)") }
        try self.init(pkcs8: block.content)
    }

    /// Decrypts an EncryptedPrivateKeyInfo (RFC 5958 §3); nil when the password is not the right one.
    ///
    /// - Throws: ``CryptographyError`` when it is not such a structure.
    package static func decrypting(
        pkcs8 der: [UInt8],
        password: [UInt8]
    ) throws(CryptographyError) -> SigningKey? {
        let sealed: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509_SIG(nil, &cursor, buffer.count)
        }
        guard let sealed else { throw .last("d2i_X509_SIG") }
        defer { X509_SIG_free(sealed) }
        let clear = password.withUnsafeBytes { bytes in
            PKCS8_decrypt(sealed, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count))
        }
        guard let clear else {
            ERR_clear_error()
            return nil
        }
        defer { PKCS8_PRIV_KEY_INFO_free(clear) }
        var encoding: UnsafeMutablePointer<UInt8>?
        let length = i2d_PKCS8_PRIV_KEY_INFO(clear, &encoding)
        guard length > 0, let encoding else { throw .last("i2d_PKCS8_PRIV_KEY_INFO") }
        defer { raireki_OPENSSL_free(encoding) }
        return try SigningKey(pkcs8: Array(UnsafeBufferPointer(start: encoding, count: Int(length))))
    }

    /// The private key as unencrypted PKCS#8, DER.
    ///
    /// - Throws: ``CryptographyError``.
    package func privateKeyInfo() throws(CryptographyError) -> [UInt8] {
        guard let block = try PEMBlock.parse(privateKeyPEM()).first else { throw .malformed(object: "PKCS#8 PEM") }
        return block.content
    }
}
