package import Cryptography
internal import StrictJSON

/// A key of a role (TUF specification §4.2), in any of the forms that repositories have used.
package struct TUFKey: Hashable, Sendable {
    /// The name under which the repository lists it.
    package let identifier: String
    /// The key and how it signs; nil when it is of a kind that is not known, so that it can never count.
    package let verifier: Verifier?

    /// A key with the one algorithm that its scheme names.
    package struct Verifier: Hashable, Sendable {
        /// The key.
        package let publicKey: PublicKey
        /// How it signs.
        package let algorithm: SignatureAlgorithm
        /// What distinguishes it from other keys, whatever its encoding.
        let material: [UInt8]
    }

    init(identifier: String, _ fields: MetadataFields) throws(TUFError) {
        self.identifier = identifier
        let type = try fields.string("keytype")
        let scheme = try fields.string("scheme")
        let text = try fields.fields("keyval").string("public")
        verifier = Self.verifier(type: type, scheme: scheme, text: text)
    }

    /// A key of P-256 from the 65 bytes of its point, for roots that are built in.
    init?(identifier: String, p256Point point: [UInt8]) {
        self.identifier = identifier
        guard let key = Self.publicKey(ecdsaPoint: point), let verifier = Verifier(key, .ecdsa(.sha256))
        else { return nil }
        self.verifier = verifier
    }

    /// Whether `signature` is this key's over `message`.
    func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let verifier else { return false }
        return verifier.publicKey.isValid(signature: signature, for: message, algorithm: verifier.algorithm)
    }

    private static func verifier(type: String, scheme: String, text: String) -> Verifier? {
        switch (type, scheme) {
        case ("ecdsa", "ecdsa-sha2-nistp256"), ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"):
            ecdsa(text, .ecdsaP256)
        case ("ecdsa", "ecdsa-sha2-nistp384"), ("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384"):
            ecdsa(text, .ecdsaP384)
        case ("ed25519", "ed25519"): ed25519(text)
        case ("rsa", "rsassa-pss-sha256"): rsa(text)
        default: nil
        }
    }

    private static func ecdsa(_ text: String, _ kind: PublicKeyKind) -> Verifier? {
        let key = (try? PublicKey(pem: text)) ?? Hexadecimal.decode(text).flatMap { publicKey(ecdsaPoint: $0) }
        guard let key, key.kind == kind else { return nil }
        return Verifier(key, .ecdsa(kind.defaultDigest))
    }

    private static func ed25519(_ text: String) -> Verifier? {
        // SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4) up to the key.
        let header: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        let raw = Hexadecimal.decode(text).flatMap { try? PublicKey(subjectPublicKeyInfo: header + $0) }
        guard let key = raw ?? (try? PublicKey(pem: text)), key.kind == .ed25519 else { return nil }
        return Verifier(key, .ed25519)
    }

    private static func rsa(_ text: String) -> Verifier? {
        guard let key = try? PublicKey(pem: text), case .rsa = key.kind else { return nil }
        return Verifier(key, .rsaPSS(.sha256))
    }

    /// A key from an uncompressed point on P-256 or P-384 (SEC 1 §2.3.3).
    private static func publicKey(ecdsaPoint point: [UInt8]) -> PublicKey? {
        let curve: [UInt8]
        switch point.count {
        case 65: curve = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        case 97: curve = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
        default: return nil
        }
        guard point[0] == 0x04 else { return nil }
        let ecPublicKey: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
        let algorithm = DERWriter.element(0x30, ecPublicKey + curve)
        return try? PublicKey(
            subjectPublicKeyInfo: DERWriter.element(0x30, algorithm + DERWriter.element(0x03, [0] + point))
        )
    }
}

extension TUFKey.Verifier {
    /// Refuses encodings in which one key could be written in two ways: a point must be uncompressed.
    init?(_ key: PublicKey, _ algorithm: SignatureAlgorithm) {
        var outer = DERReader(key.subjectPublicKeyInfo)
        guard var parts = try? outer.nested(0x30), (try? parts.element(0x30)) != nil,
            let bits = try? parts.element(0x03).content, bits.first == 0
        else { return nil }
        let content = Array(bits.dropFirst())
        switch key.kind {
        case .ecdsaP256, .ecdsaP384, .ecdsaP521:
            guard content.first == 0x04 else { return nil }
            material = content
        case .ed25519: material = content
        case .rsa:
            // The modulus is the key: another exponent does not make another holder.
            var outer = DERReader(content)
            guard var numbers = try? outer.nested(0x30), let modulus = try? numbers.element(0x02).content
            else { return nil }
            material = Array(modulus.drop { $0 == 0 })
        }
        publicKey = key
        self.algorithm = algorithm
    }
}
