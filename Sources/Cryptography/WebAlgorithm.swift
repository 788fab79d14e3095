/// The signature algorithms of JSON Web Signatures (RFC 7518 §3.1, RFC 8037): those with a public key alone.
package enum WebAlgorithm: String, Hashable, Sendable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

    /// The same for OpenSSL; ECDSA signatures are in their fixed form, see ``FixedWidthSignature``.
    package var signatureAlgorithm: SignatureAlgorithm {
        switch self {
        case .rs256: .rsaPKCS1(.sha256)
        case .rs384: .rsaPKCS1(.sha384)
        case .rs512: .rsaPKCS1(.sha512)
        case .ps256: .rsaPSS(.sha256)
        case .ps384: .rsaPSS(.sha384)
        case .ps512: .rsaPSS(.sha512)
        case .es256: .ecdsa(.sha256)
        case .es384: .ecdsa(.sha384)
        case .es512: .ecdsa(.sha512)
        case .edDSA: .ed25519
        }
    }

    /// Whether a key is of the kind that the algorithm asks for: each curve has its own.
    package func fits(_ kind: PublicKeyKind) -> Bool {
        switch self {
        case .es256: kind == .ecdsaP256
        case .es384: kind == .ecdsaP384
        case .es512: kind == .ecdsaP521
        default: kind.supports(signatureAlgorithm)
        }
    }
}
