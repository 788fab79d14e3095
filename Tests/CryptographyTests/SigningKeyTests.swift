import Cryptography
import Testing

/// Keys sign what their public halves verify, and come back from their textual form.
struct SigningKeyTests {
    static let kinds: [SigningKey.Kind] = [.p256, .p384, .p521, .rsa(bits: 2048), .ed25519]

    @Test(arguments: kinds)
    func signsWhatThePublicHalfVerifies(kind: SigningKey.Kind) throws {
        let key = try SigningKey(generating: kind)
        #expect(key.kind == kind)
        let message = Array("message".utf8)
        let signature = try key.sign(message)
        let publicKey = try PublicKey(pem: key.publicKeyPEM)
        #expect(publicKey.isValid(signature: signature, for: message))
        #expect(!publicKey.isValid(signature: signature, for: message + [0]))
    }

    @Test(arguments: kinds)
    func comesBackFromItsTextualForm(kind: SigningKey.Kind) throws {
        let key = try SigningKey(generating: kind)
        let again = try SigningKey(pem: key.privateKeyPEM())
        #expect(again.subjectPublicKeyInfo == key.subjectPublicKeyInfo)
        #expect(again.kind == kind)
    }

    @Test(arguments: [SigningKey.Kind.p256, .p384, .p521, .ed25519])
    func givesTheSameKeyForTheSameSeed(kind: SigningKey.Kind) throws {
        let first = try SigningKey(seed: "a", kind: kind)
        #expect(try SigningKey(seed: "a", kind: kind).subjectPublicKeyInfo == first.subjectPublicKeyInfo)
        #expect(try SigningKey(seed: "b", kind: kind).subjectPublicKeyInfo != first.subjectPublicKeyInfo)
        #expect(
            try PublicKey(subjectPublicKeyInfo: first.subjectPublicKeyInfo).isValid(
                signature: try first.sign([1]),
                for: [1]
            )
        )
    }

    /// The public half of the scalar SHA-256("a"), computed by affine addition outside of OpenSSL.
    @Test func takesTheDigestOfTheSeedAsScalar() throws {
        let key = try SigningKey(seed: "a", kind: .p256)
        #expect(
            Hexadecimal.encode(key.subjectPublicKeyInfo.suffix(65))
                == "044ff3893c70650ba2c8f879be1e8339630d0a2cc8e9a3e930e163f07724396153"
                + "3f71d70f91aa349522cbddf7c9653bcb94d52d37d2a0e875df9567fd8732532a"
        )
    }

    @Test func refusesWhatIsWeakOrNotSupported() throws {
        #expect(throws: CryptographyError.weakKey("RSA of 1024 bits")) { try SigningKey(generating: .rsa(bits: 1024)) }
        #expect(throws: CryptographyError.unsupported("RSA key from a seed")) {
            try SigningKey(seed: "a", kind: .rsa(bits: 2048))
        }
        #expect(throws: CryptographyError.malformed(object: "PKCS#8 PEM")) {
            try SigningKey(pem: "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n")
        }
    }

    @Test func refusesBytesAfterTheKey() throws {
        let pem = try SigningKey(generating: .p256).privateKeyPEM()
        let block = try #require(try PEMBlock.parse(pem).first)
        #expect(throws: CryptographyError.trailingBytes(object: "private key", count: 1)) {
            try SigningKey(pkcs8: block.content + [0])
        }
    }
}
