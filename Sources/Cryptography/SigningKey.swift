internal import COpenSSL

/// A private key that signs.
package struct SigningKey: Sendable {
    /// What kind of key it is.
    package let kind: Kind
    /// The public half as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER.
    package let subjectPublicKeyInfo: [UInt8]
    private let handle: Handle

    /// The kinds of keys that sign here.
    package enum Kind: Hashable, Sendable {
        /// NIST P-256, signs with SHA-256.
        case p256
        /// NIST P-384, signs with SHA-384.
        case p384
        /// NIST P-521, signs with SHA-512.
        case p521
        /// RSA with a modulus of so many bits, signs PKCS#1 v1.5 with SHA-256.
        case rsa(bits: Int)
        /// Ed25519 over the message itself.
        case ed25519

        /// The hash that belongs to the key; nil when the scheme hashes inside.
        package var hash: DigestAlgorithm? {
            switch self {
            case .p256, .rsa: .sha256
            case .p384: .sha384
            case .p521: .sha512
            case .ed25519: nil
            }
        }

        /// The kind of the public key that belongs to it.
        package var publicKeyKind: PublicKeyKind {
            switch self {
            case .p256: .ecdsaP256
            case .p384: .ecdsaP384
            case .p521: .ecdsaP521
            case .rsa(let bits): .rsa(bits: bits)
            case .ed25519: .ed25519
            }
        }
    }

    /// OpenSSL's key.
    ///
    /// It is never changed after `init`, and OpenSSL counts references to it with atomic operations, so
    /// threads may share it.
    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit {
            EVP_PKEY_free(pointer)
        }
    }

    /// Takes ownership of the key.
    private init(owning pointer: OpaquePointer) throws(CryptographyError) {
        handle = Handle(pointer)
        kind = try Kind(of: pointer)
        var encoding: UnsafeMutablePointer<UInt8>?
        let length = i2d_PUBKEY(pointer, &encoding)
        guard length > 0, let encoding else { throw .last("i2d_PUBKEY") }
        defer { raireki_OPENSSL_free(encoding) }
        subjectPublicKeyInfo = Array(UnsafeBufferPointer(start: encoding, count: Int(length)))
    }
}

// MARK: - Making

extension SigningKey {
    /// A new key from OpenSSL's random generator.
    ///
    /// - Throws: ``CryptographyError``; ``CryptographyError/weakKey(_:)`` for RSA below 2048 bits.
    package init(generating kind: Kind) throws(CryptographyError) {
        if case .rsa(let bits) = kind, bits < 2048 { throw .weakKey("RSA of \(bits) bits") }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, kind.openSSLName, nil) else {
            throw .last("EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { throw .last("EVP_PKEY_keygen_init") }
        if let group = kind.groupName, EVP_PKEY_CTX_set_group_name(context, group) != 1 {
            throw .last("EVP_PKEY_CTX_set_group_name")
        }
        if case .rsa(let bits) = kind, EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) != 1 {
            throw .last("EVP_PKEY_CTX_set_rsa_keygen_bits")
        }
        var pointer: OpaquePointer?
        guard EVP_PKEY_generate(context, &pointer) == 1, let pointer else { throw .last("EVP_PKEY_generate") }
        try self.init(owning: pointer)
    }

    /// The same key for the same seed: whoever knows the seed has the key, so this is for examples and tests alone.
    ///
    /// The scalar is the digest of the seed (SHA-256, SHA-384 or SHA-512 by the size of the key).
    ///
    /// - Throws: ``CryptographyError/unsupported(_:)`` for RSA.
    package init(seed: String, kind: Kind) throws(CryptographyError) {
        let bytes = Array(seed.utf8)
        let secret: [UInt8]
        switch kind {
        case .p256: secret = Self.privateKey(kind, scalar: Digest(hashing: bytes, .sha256).bytes)
        case .p384: secret = Self.privateKey(kind, scalar: Digest(hashing: bytes, .sha384).bytes)
        case .p521: secret = Self.privateKey(kind, scalar: [0, 0] + Digest(hashing: bytes, .sha512).bytes)
        case .ed25519: secret = Self.ed25519(secret: Digest(hashing: bytes, .sha256).bytes)
        case .rsa: throw .unsupported("RSA key from a seed")
        }
        try self.init(pkcs8: secret)
    }

    /// Reads a PKCS#8 PrivateKeyInfo, DER.
    ///
    /// - Throws: ``CryptographyError``.
    package init(pkcs8 der: [UInt8]) throws(CryptographyError) {
        let read: (pointer: OpaquePointer?, rest: Int) = der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            let pointer = d2i_AutoPrivateKey(nil, &position, buffer.count)
            return (pointer, buffer.count - (position.map { $0 - (buffer.baseAddress ?? $0) } ?? 0))
        }
        guard let pointer = read.pointer else { throw .last("d2i_AutoPrivateKey") }
        guard read.rest == 0 else {
            EVP_PKEY_free(pointer)
            throw .trailingBytes(object: "private key", count: read.rest)
        }
        try self.init(owning: pointer)
    }

    /// Reads an unencrypted PKCS#8 key in its textual form (RFC 7468 §10).
    ///
    /// - Throws: ``CryptographyError``.
    package init(pem: String) throws(CryptographyError) {
        let blocks = try PEMBlock.parse(pem)
        guard blocks.count == 1, let block = blocks.first, block.label.hasSameBytes(as: "PRIVATE KEY")
        else { throw .malformed(object: "PKCS#8 PEM") }
        try self.init(pkcs8: block.content)
    }

    /// PrivateKeyInfo of a key on a curve; the public half is left for OpenSSL to compute (RFC 5915).
    private static func privateKey(_ kind: Kind, scalar: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.integer(0),
            DERBuilder.sequence(
                DERBuilder.objectIdentifier([1, 2, 840, 10045, 2, 1]),
                DERBuilder.objectIdentifier(kind.curve)
            ),
            DERBuilder.octetString(DERBuilder.sequence(DERBuilder.integer(1), DERBuilder.octetString(scalar)))
        )
    }

    /// PrivateKeyInfo of an Ed25519 key (RFC 8410 §7).
    private static func ed25519(secret: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.integer(0),
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112])),
            DERBuilder.octetString(DERBuilder.octetString(secret))
        )
    }
}

// MARK: - Writing

extension SigningKey {
    /// The public half in its textual form.
    package var publicKeyPEM: String {
        PEMBlock(label: "PUBLIC KEY", content: subjectPublicKeyInfo).text
    }

    /// SHA-256 of the public half: Rekor's and certificate transparency's log id, cosign's public key hint.
    package var keyID: [UInt8] {
        Digest(hashing: subjectPublicKeyInfo).bytes
    }

    /// The private key as unencrypted PKCS#8 in its textual form.
    ///
    /// - Throws: ``CryptographyError``.
    package func privateKeyPEM() throws(CryptographyError) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .last("BIO_new") }
        defer { BIO_free(bio) }
        guard PEM_write_bio_PKCS8PrivateKey(bio, handle.pointer, nil, nil, 0, nil, nil) == 1 else {
            throw .last("PEM_write_bio_PKCS8PrivateKey")
        }
        var start: UnsafeMutablePointer<CChar>?
        let length = raireki_BIO_get_mem_data(bio, &start)
        guard length > 0, let start else { throw .last("BIO_get_mem_data") }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}

// MARK: - Signing

extension SigningKey {
    /// Signs a message with the hash that belongs to the key.
    ///
    /// - Returns: ECDSA as DER, RSA PKCS#1 v1.5, or the 64 bytes of Ed25519.
    /// - Throws: ``CryptographyError``.
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try sign(message, hash: kind.hash)
    }

    /// Signs a message with a hash of one's own choice; Ed25519 takes none.
    ///
    /// - Throws: ``CryptographyError``.
    package func sign(_ message: [UInt8], hash: DigestAlgorithm?) throws(CryptographyError) -> [UInt8] {
        try sign(message, hash, usesPSS: false)
    }

    /// Signs a message with an RSA key and PSS padding, the salt as long as the hash (RFC 8017 §8.1).
    ///
    /// - Throws: ``CryptographyError``.
    package func signPSS(_ message: [UInt8], hash: DigestAlgorithm) throws(CryptographyError) -> [UInt8] {
        try sign(message, hash, usesPSS: true)
    }

    private func sign(
        _ message: [UInt8],
        _ hash: DigestAlgorithm?,
        usesPSS: Bool
    ) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .last("EVP_MD_CTX_new") }
        defer { EVP_MD_CTX_free(context) }
        var parameters: OpaquePointer?
        guard EVP_DigestSignInit(context, &parameters, hash?.openSSL, nil, handle.pointer) == 1 else {
            throw .last("EVP_DigestSignInit")
        }
        if usesPSS {
            guard EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1,
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, -1) == 1
            else { throw .last("EVP_PKEY_CTX_set_rsa_padding") }
        }
        var length = 0
        guard EVP_DigestSign(context, nil, &length, message, message.count) == 1 else { throw .last("EVP_DigestSign") }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
            throw .last("EVP_DigestSign")
        }
        return Array(signature.prefix(length))
    }
}

// MARK: - Kinds by OpenSSL's names

extension SigningKey.Kind {
    fileprivate init(of key: OpaquePointer) throws(CryptographyError) {
        let bits = raireki_EVP_PKEY_bits(key)
        switch raireki_EVP_PKEY_base_id(key) {
        case EVP_PKEY_EC: self = try Self.elliptic(key)
        case EVP_PKEY_RSA where bits >= 2048: self = .rsa(bits: Int(bits))
        case EVP_PKEY_RSA: throw .weakKey("RSA of \(bits) bits")
        case EVP_PKEY_ED25519: self = .ed25519
        case let type: throw .unsupported("private key of type \(type)")
        }
    }

    private static func elliptic(_ key: OpaquePointer) throws(CryptographyError) -> Self {
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else {
            throw .last("EVP_PKEY_get_group_name")
        }
        switch String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self) {
        case "prime256v1": return .p256
        case "secp384r1": return .p384
        case "secp521r1": return .p521
        case let curve: throw .unsupported("curve \(curve)")
        }
    }

    fileprivate var openSSLName: String {
        switch self {
        case .p256, .p384, .p521: "EC"
        case .rsa: "RSA"
        case .ed25519: "ED25519"
        }
    }

    fileprivate var groupName: String? {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .rsa, .ed25519: nil
        }
    }

    /// The arcs of the curve's name (RFC 5480 §2.1.1.1).
    fileprivate var curve: [UInt64] {
        switch self {
        case .p384: [1, 3, 132, 0, 34]
        case .p521: [1, 3, 132, 0, 35]
        case .p256, .rsa, .ed25519: [1, 2, 840, 10045, 3, 1, 7]
        }
    }
}
