internal import COpenSSL

/// A public key that signatures are verified with.
///
/// A value over a reference-counted OpenSSL key. The key is never changed after `init`, and OpenSSL's reading functions
/// take a constant pointer, so that sharing it between tasks is safe.
public struct PublicKey: Sendable {
    /// What kind of key it is.
    public let kind: PublicKeyKind
    /// The DER of its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), as it was read.
    public let subjectPublicKeyInfo: [UInt8]
    private let handle: Handle

    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { EVP_PKEY_free(pointer) }
    }

    /// Reads a SubjectPublicKeyInfo.
    ///
    /// - Throws: ``CryptographyError``: not such a structure, trailing bytes, an unsupported kind, or a weak key.
    public init(subjectPublicKeyInfo der: [UInt8]) throws(CryptographyError) {
        guard let pointer = PublicKeyImport.key(der) else { throw .last("d2i_PUBKEY") }
        let handle = Handle(pointer)
        kind = try PublicKeyKind(pointer)
        subjectPublicKeyInfo = der
        self.handle = handle
        if kind == .ed25519, SmallOrderPoints.contains(der.suffix(32)) {
            throw .weakKey("the Ed25519 point has a small order")
        }
    }

    /// Reads the one `PUBLIC KEY` block of a PEM text (RFC 7468 §13).
    ///
    /// - Throws: ``CryptographyError``.
    public init(pem text: some StringProtocol) throws(CryptographyError) {
        let blocks = try PEMBlock.parse(text)
        guard blocks.count == 1, let block = blocks.first, block.label == "PUBLIC KEY" else {
            throw .malformed(object: "PEM public key")
        }
        try self.init(subjectPublicKeyInfo: block.content)
    }

    /// SHA-256 of the SubjectPublicKeyInfo: the key id of Rekor v1 and of certificate transparency logs.
    public var identifier: Digest {
        Digest(hashing: subjectPublicKeyInfo)
    }

    /// Runs `body` with OpenSSL's key.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(handle.pointer)
    }
}

extension PublicKey: Hashable {
    /// Whether both have the same SubjectPublicKeyInfo.
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    /// Hashes the SubjectPublicKeyInfo.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(subjectPublicKeyInfo)
    }
}

/// The kinds of key that sign in Sigstore (algorithm registry).
public enum PublicKeyKind: Hashable, Sendable {
    /// NIST P-256.
    case ecdsaP256
    /// NIST P-384.
    case ecdsaP384
    /// NIST P-521.
    case ecdsaP521
    /// RSA of 2048 to 16384 bits.
    case rsa(bits: Int)
    /// Ed25519 (RFC 8032).
    case ed25519

    /// The smallest RSA modulus that is accepted, in bits.
    public static let minimumRSABits = 2048
    /// The largest, above which OpenSSL refuses to verify, in bits.
    public static let maximumRSABits = 16_384

    init(_ key: OpaquePointer) throws(CryptographyError) {
        let bits = Int(raireki_EVP_PKEY_bits(key))
        switch raireki_EVP_PKEY_base_id(key) {
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 64)
            var length = 0
            guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else {
                throw .last("EVP_PKEY_get_group_name")
            }
            switch String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self) {
            case "prime256v1": self = .ecdsaP256
            case "secp384r1": self = .ecdsaP384
            case "secp521r1": self = .ecdsaP521
            case let other: throw .unsupported("elliptic curve \(other)")
            }
        case EVP_PKEY_RSA, EVP_PKEY_RSA_PSS:
            guard bits >= Self.minimumRSABits else { throw .weakKey("RSA of \(bits) bits") }
            guard bits <= Self.maximumRSABits else { throw .unsupported("RSA of \(bits) bits") }
            guard !Self.hasTrivialExponent(key) else { throw .weakKey("RSA with the exponent 1") }
            self = .rsa(bits: bits)
        case EVP_PKEY_ED25519: self = .ed25519
        case let other: throw .unsupported("key type \(other)")
        }
    }

    /// With the exponent 1 a signature is its own padded hash, which anybody can write.
    private static func hasTrivialExponent(_ key: OpaquePointer) -> Bool {
        var exponent: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 else { return true }
        defer { BN_free(exponent) }
        return BN_is_one(exponent) == 1
    }

    /// The hash that the algorithm registry pairs with the key.
    public var defaultDigest: DigestAlgorithm {
        switch self {
        case .ecdsaP256, .rsa: .sha256
        case .ecdsaP384: .sha384
        case .ecdsaP521, .ed25519: .sha512
        }
    }
}

/// The eight points of small order on Curve25519 in its Edwards form, with the non-canonical encodings of some:
/// a signature under such a key verifies for messages that its holder never saw.
enum SmallOrderPoints {
    private static let encodings: [[UInt8]] = {
        let lowOrder = [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ]
        return lowOrder.compactMap { Hexadecimal.decode($0) }
    }()

    /// Whether the encoding, with either sign of x, is one of them.
    static func contains(_ encoding: some Collection<UInt8>) -> Bool {
        var bytes = Array(encoding)
        guard !bytes.isEmpty else { return true }
        bytes[bytes.count - 1] &= 0x7F
        return encodings.contains(bytes)
    }
}
