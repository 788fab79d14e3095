internal import COpenSSL
internal import CSodium

/// A signature algorithm with its hash (Sigstore algorithm registry).
public enum SignatureAlgorithm: Hashable, Sendable {
    /// ECDSA, the signature in DER.
    case ecdsa(DigestAlgorithm)
    /// RSA with PKCS #1 v1.5 padding (RFC 8017 §8.2).
    case rsaPKCS1(DigestAlgorithm)
    /// RSA with PSS padding, the salt as long as the hash (RFC 8017 §8.1).
    case rsaPSS(DigestAlgorithm)
    /// Ed25519 over the message itself (RFC 8032 §5.1).
    case ed25519
    /// Ed25519ph: over the SHA-512 of the message, under a domain of its own, with an empty context (RFC 8032 §5.1).
    case ed25519ph

    /// The hash over which the signature is computed; nil when the message itself is signed.
    public var digest: DigestAlgorithm? {
        switch self {
        case .ecdsa(let digest), .rsaPKCS1(let digest), .rsaPSS(let digest): digest
        case .ed25519, .ed25519ph: nil
        }
    }
}

extension PublicKeyKind {
    /// The algorithm that is meant when nothing else is said.
    public var defaultAlgorithm: SignatureAlgorithm {
        switch self {
        case .ecdsaP256, .ecdsaP384, .ecdsaP521: .ecdsa(defaultDigest)
        case .rsa: .rsaPKCS1(.sha256)
        case .ed25519: .ed25519
        }
    }

    /// Whether a key of this kind can make such a signature.
    public func supports(_ algorithm: SignatureAlgorithm) -> Bool {
        switch (self, algorithm) {
        case (.ecdsaP256, .ecdsa), (.ecdsaP384, .ecdsa), (.ecdsaP521, .ecdsa), (.rsa, .rsaPKCS1), (.rsa, .rsaPSS),
            (.ed25519, .ed25519), (.ed25519, .ed25519ph):
            true
        default: false
        }
    }
}

extension PublicKey {
    /// Whether `signature` was made over `message` with this key.
    ///
    /// - Parameters:
    ///   - signature: The raw signature; for ECDSA in strict DER.
    ///   - message: What was signed.
    ///   - algorithm: The algorithm; the key's default when nil.
    /// - Returns: False for a signature of another key, message or algorithm, and for one that is not well formed.
    public func isValid(
        signature: [UInt8],
        for message: [UInt8],
        algorithm: SignatureAlgorithm? = nil
    ) -> Bool {
        let algorithm = algorithm ?? kind.defaultAlgorithm
        guard kind.supports(algorithm), !signature.isEmpty else { return false }
        guard algorithm != .ed25519ph else { return isValidPrehashed(signature: signature, for: message) }
        return withPointer { key in
            guard let context = EVP_MD_CTX_new() else { return false }
            defer {
                EVP_MD_CTX_free(context)
                ERR_clear_error()
            }
            var keyContext: OpaquePointer?
            guard EVP_DigestVerifyInit(context, &keyContext, algorithm.digest?.openSSL, nil, key) == 1,
                Self.setPadding(keyContext, algorithm)
            else { return false }
            return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// Whether `signature` was made with this key over a message of which only the digest is known.
    ///
    /// - Returns: False as above, and for Ed25519, which cannot be verified from a digest.
    public func isValid(signature: [UInt8], digest: Digest, algorithm: SignatureAlgorithm? = nil) -> Bool {
        let algorithm = algorithm ?? kind.defaultAlgorithm
        guard kind.supports(algorithm), algorithm.digest == digest.algorithm, !signature.isEmpty else { return false }
        return withPointer { key in
            guard let context = EVP_PKEY_CTX_new(key, nil) else { return false }
            defer {
                EVP_PKEY_CTX_free(context)
                ERR_clear_error()
            }
            guard EVP_PKEY_verify_init(context) == 1, Self.setPadding(context, algorithm),
                EVP_PKEY_CTX_set_signature_md(context, digest.algorithm.openSSL) == 1
            else { return false }
            return EVP_PKEY_verify(context, signature, signature.count, digest.bytes, digest.bytes.count) == 1
        }
    }

    /// OpenSSL before 3.2 has no Ed25519ph; libsodium's signatures in several parts are that algorithm.
    private func isValidPrehashed(signature: [UInt8], for message: [UInt8]) -> Bool {
        let point = Array(subjectPublicKeyInfo.suffix(Int(crypto_sign_PUBLICKEYBYTES)))
        guard sodium_init() >= 0, signature.count == Int(crypto_sign_BYTES) else { return false }
        var state = crypto_sign_state()
        return crypto_sign_init(&state) == 0
            && crypto_sign_update(&state, message, UInt64(message.count)) == 0
            && crypto_sign_final_verify(&state, signature, point) == 0
    }

    private static func setPadding(_ context: OpaquePointer?, _ algorithm: SignatureAlgorithm) -> Bool {
        switch algorithm {
        case .ecdsa, .ed25519, .ed25519ph: true
        case .rsaPKCS1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .rsaPSS:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                // A salt as long as the hash, as the algorithm registry asks.
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, -1) == 1
        }
    }
}
