import Cryptography
import Testing

@Suite("A signature holds for its key, its message and its algorithm alone")
struct SignatureVerificationTests {
    private static let message = Array("what was signed".utf8)
    private static let kinds: [SigningKey.Kind] = [.p256, .p384, .p521, .ed25519, .rsa(bits: 2048)]

    private func key(_ kind: SigningKey.Kind, _ seed: String) throws -> SigningKey {
        if case .rsa = kind { try SigningKey(generating: kind) } else { try SigningKey(seed: seed, kind: kind) }
    }

    @Test("Each algorithm", arguments: kinds)
    func algorithms(kind: SigningKey.Kind) throws {
        let signing = try key(kind, "a")
        let signature = try signing.sign(Self.message)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        #expect(key.isValid(signature: signature, for: Self.message))
        #expect(key.isValid(signature: signature, for: Self.message, algorithm: key.kind.defaultAlgorithm))
        #expect(!key.isValid(signature: signature, for: Self.message + [0]))
        #expect(!key.isValid(signature: signature, for: []))
        #expect(!key.isValid(signature: [], for: Self.message))
        #expect(!key.isValid(signature: Array(signature.dropLast()), for: Self.message))
        #expect(!key.isValid(signature: signature + [0], for: Self.message))
        let other = try PublicKey(subjectPublicKeyInfo: try self.key(kind, "b").subjectPublicKeyInfo)
        #expect(!other.isValid(signature: signature, for: Self.message))
    }

    @Test("No flipped bit is overlooked", arguments: [.p256, .ed25519, .rsa(bits: 2048)] as [SigningKey.Kind])
    func flippedBits(kind: SigningKey.Kind) throws {
        let signing = try key(kind, "flip")
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        let signature = try signing.sign(Self.message)
        for position in signature.indices {
            var damaged = signature
            damaged[position] ^= 1 << UInt8(position % 8)
            #expect(!key.isValid(signature: damaged, for: Self.message), "byte \(position)")
        }
    }

    @Test("From the digest alone, except for Ed25519", arguments: kinds)
    func digests(kind: SigningKey.Kind) throws {
        let signing = try key(kind, "digest")
        let signature = try signing.sign(Self.message)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        let digest = Digest(hashing: Self.message, key.kind.defaultDigest)
        #expect(key.isValid(signature: signature, digest: digest) == (kind != .ed25519))
        #expect(!key.isValid(signature: signature, digest: Digest(hashing: [], key.kind.defaultDigest)))
        for algorithm in DigestAlgorithm.allCases where algorithm != key.kind.defaultDigest {
            #expect(!key.isValid(signature: signature, digest: Digest(hashing: Self.message, algorithm)))
        }
    }

    @Test("Another hash than the one that was signed with does not hold, and its own does")
    func hashes() throws {
        let signing = try SigningKey(seed: "hash", kind: .p384)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        let signature = try signing.sign(Self.message, hash: .sha256)
        #expect(key.isValid(signature: signature, for: Self.message, algorithm: .ecdsa(.sha256)))
        #expect(!key.isValid(signature: signature, for: Self.message, algorithm: .ecdsa(.sha384)))
        #expect(!key.isValid(signature: signature, for: Self.message))
        // From the digest alone as well: the algorithm that is asked for says which.
        let digest = Digest(hashing: Self.message)
        #expect(key.isValid(signature: signature, digest: digest, algorithm: .ecdsa(.sha256)))
        #expect(!key.isValid(signature: signature, digest: digest))
    }

    /// The vector of RFC 8032 §7.3.
    @Test("Ed25519ph holds for its own signature, and is not plain Ed25519")
    func prehashed() throws {
        let point = try #require(
            Hexadecimal.decode("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")
        )
        var signature = try #require(
            Hexadecimal.decode(
                "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
                    + "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"
            )
        )
        let identifier = DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112]))
        let key = try PublicKey(subjectPublicKeyInfo: DERBuilder.sequence(identifier, [0x03, 33, 0] + point))
        let message = Array("abc".utf8)
        #expect(key.isValid(signature: signature, for: message, algorithm: .ed25519ph))
        #expect(!key.isValid(signature: signature, for: message, algorithm: .ed25519))
        #expect(!key.isValid(signature: signature, for: message + [0], algorithm: .ed25519ph))
        #expect(!key.isValid(signature: signature.dropLast(), for: message, algorithm: .ed25519ph))
        signature[0] ^= 1
        #expect(!key.isValid(signature: signature, for: message, algorithm: .ed25519ph))
    }

    @Test("An algorithm of another kind of key never holds")
    func otherKinds() throws {
        for kind in Self.kinds {
            let signing = try key(kind, "kind")
            let signature = try signing.sign(Self.message)
            let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
            for algorithm in [.ecdsa(.sha256), .rsaPKCS1(.sha256), .rsaPSS(.sha256), .ed25519] as [SignatureAlgorithm]
            where algorithm != key.kind.defaultAlgorithm && !(kind == .p384 || kind == .p521) {
                #expect(!key.isValid(signature: signature, for: Self.message, algorithm: algorithm), "\(algorithm)")
            }
        }
    }

    /// ECDSA is malleable: whoever sees (r, s) can write (r, n−s), which holds as well.
    ///
    /// High and low s are both allowed (Sigstore algorithm registry). A signature's bytes therefore never count as a
    /// signer, and entries of a log are bound to the bytes.
    @Test("The twin of an ECDSA signature holds too")
    func twin() throws {
        let signing = try SigningKey(seed: "twin", kind: .p256)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        let signature = try signing.sign(Self.message)
        var outer = DERReader(signature)
        var parts = try outer.nested(0x30)
        let r = Array(try parts.element(0x02).content)
        let s = Array(try parts.element(0x02).content)
        let order = try #require(
            Hexadecimal.decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        )
        let twin = DERBuilder.sequence(
            DERBuilder.unsignedInteger(r),
            DERBuilder.unsignedInteger(Self.difference(order, s))
        )
        #expect(twin != signature)
        #expect(key.isValid(signature: twin, for: Self.message))
        #expect(!key.isValid(signature: twin, for: Self.message + [0]))
    }

    @Test("An ECDSA signature that is not in DER does not hold")
    func strictDER() throws {
        let signing = try SigningKey(seed: "der", kind: .p256)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        let signature = try signing.sign(Self.message)
        let content = Array(signature.dropFirst(2))
        #expect(key.isValid(signature: [0x30, UInt8(content.count)] + content, for: Self.message))
        #expect(!key.isValid(signature: [0x30, 0x81, UInt8(content.count)] + content, for: Self.message))
        #expect(!key.isValid(signature: [0x30, 0x80] + content + [0, 0], for: Self.message))
        #expect(!key.isValid(signature: Array(content), for: Self.message))
        let zeros = DERBuilder.sequence(DERBuilder.integer(0), DERBuilder.integer(0))
        #expect(!key.isValid(signature: zeros, for: Self.message))
        #expect(!key.isValid(signature: [UInt8](repeating: 0, count: 64), for: Self.message))
    }

    /// Big-endian subtraction of unsigned numbers of at most the length of `left`.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        let right = right.drop { $0 == 0 }
        var result = left
        var borrow = 0
        for (position, offset) in left.indices.reversed().enumerated() {
            let subtrahend = position < right.count ? Int(right[right.endIndex - 1 - position]) : 0
            let value = Int(left[offset]) - subtrahend - borrow
            borrow = value < 0 ? 1 : 0
            result[offset] = UInt8(truncatingIfNeeded: value)
        }
        return Array(result.drop { $0 == 0 })
    }
}
