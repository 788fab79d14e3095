import Cryptography
import Testing

@Suite("Public keys are read strictly")
struct PublicKeyTests {
    private func failure(_ der: [UInt8]) -> CryptographyError? {
        do {
            _ = try PublicKey(subjectPublicKeyInfo: der)
            return nil
        } catch {
            return error
        }
    }

    private func isRefusedByOpenSSL(_ der: [UInt8]) -> Bool {
        if case .openSSL(call: "d2i_PUBKEY", _) = failure(der) { true } else { false }
    }

    private static func ed25519(_ point: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112])),
            DERBuilder.bitString(point)
        )
    }

    private static func rsa(modulus: [UInt8], exponent: UInt32 = 65_537) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 1, 1]), DERBuilder.null),
            DERBuilder.bitString(
                DERBuilder.sequence(DERBuilder.unsignedInteger(modulus), DERBuilder.integer(exponent))
            )
        )
    }

    private static func elliptic(_ curve: [UInt64], _ point: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.sequence(
                DERBuilder.objectIdentifier([1, 2, 840, 10045, 2, 1]),
                DERBuilder.objectIdentifier(curve)
            ),
            DERBuilder.bitString(point)
        )
    }

    @Test(
        "Each kind of key is known",
        arguments: [
            (.p256, .ecdsaP256, .ecdsa(.sha256)), (.p384, .ecdsaP384, .ecdsa(.sha384)),
            (.p521, .ecdsaP521, .ecdsa(.sha512)), (.ed25519, .ed25519, .ed25519),
        ] as [(SigningKey.Kind, PublicKeyKind, SignatureAlgorithm)]
    )
    func kinds(kind: SigningKey.Kind, expected: PublicKeyKind, algorithm: SignatureAlgorithm) throws {
        let signing = try SigningKey(seed: "kinds", kind: kind)
        let key = try PublicKey(subjectPublicKeyInfo: signing.subjectPublicKeyInfo)
        #expect(key.kind == expected)
        #expect(key.kind.defaultAlgorithm == algorithm)
        #expect(key.identifier.bytes == signing.keyID)
        #expect(try PublicKey(pem: signing.publicKeyPEM) == key)
    }

    @Test(
        "A trailing byte, a missing byte and an empty text are refused",
        arguments: [.p256, .ed25519] as [SigningKey.Kind]
    )
    func bounds(kind: SigningKey.Kind) throws {
        let der = try SigningKey(seed: "bounds", kind: kind).subjectPublicKeyInfo
        #expect(isRefusedByOpenSSL(der + [0]))
        #expect(isRefusedByOpenSSL([]))
        for count in 1..<der.count {
            #expect(isRefusedByOpenSSL(Array(der.prefix(count))), "\(count) bytes")
        }
    }

    @Test("RSA below 2048 bits is weak, above 16384 is not supported")
    func rsaSizes() throws {
        #expect(
            failure(Self.rsa(modulus: [0xC1] + [UInt8](repeating: 0x55, count: 127))) == .weakKey("RSA of 1024 bits")
        )
        #expect(
            failure(Self.rsa(modulus: [0x41] + [UInt8](repeating: 0x55, count: 255))) == .weakKey("RSA of 2047 bits")
        )
        let accepted = try PublicKey(
            subjectPublicKeyInfo: Self.rsa(modulus: [0xC1] + [UInt8](repeating: 0x55, count: 255))
        )
        #expect(accepted.kind == .rsa(bits: 2048))
        let huge = Self.rsa(modulus: [0xC1] + [UInt8](repeating: 0x55, count: 2048))
        #expect(failure(huge) == .unsupported("RSA of 16392 bits"))
    }

    @Test("RSA with the exponent 1 is weak: its signatures can be written by anybody")
    func trivialExponent() {
        let modulus: [UInt8] = [0xC1] + [UInt8](repeating: 0x55, count: 255)
        #expect(failure(Self.rsa(modulus: modulus, exponent: 1)) == .weakKey("RSA with the exponent 1"))
        #expect(failure(Self.rsa(modulus: modulus, exponent: 3)) == nil)
    }

    @Test("Other curves and kinds are not supported")
    func unsupported() throws {
        let x25519 = DERBuilder.sequence(
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 110])),
            DERBuilder.bitString([UInt8](repeating: 9, count: 32))
        )
        guard case .unsupported = failure(x25519) else {
            Issue.record("X25519 gives \(String(describing: failure(x25519)))")
            return
        }
        // The generator of secp256k1 (SEC 2 §2.4.1).
        let point = try #require(
            Hexadecimal.decode(
                "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                    + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
            )
        )
        #expect(failure(Self.elliptic([1, 3, 132, 0, 10], point)) == .unsupported("elliptic curve secp256k1"))
    }

    @Test("A point that is not on its curve is refused")
    func offCurve() throws {
        let p256: [UInt64] = [1, 2, 840, 10045, 3, 1, 7]
        let good = try SigningKey(seed: "curve", kind: .p256).subjectPublicKeyInfo
        #expect(failure(Self.elliptic(p256, Array(good.suffix(65)))) == nil)
        var moved = Array(good.suffix(65))
        moved[64] ^= 1
        #expect(isRefusedByOpenSSL(Self.elliptic(p256, moved)))
        #expect(isRefusedByOpenSSL(Self.elliptic(p256, [0x04] + [UInt8](repeating: 0, count: 64))))
        #expect(isRefusedByOpenSSL(Self.elliptic(p256, [])))
    }

    @Test(
        "Every encoding of a point of small order on Curve25519 is refused, with either sign of x",
        arguments: [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ]
    )
    func smallOrder(hex: String) throws {
        var point = try #require(Hexadecimal.decode(hex))
        for _ in 0..<2 {
            #expect(failure(Self.ed25519(point)) == .weakKey("the Ed25519 point has a small order"))
            point[31] ^= 0x80
        }
    }

    @Test("Keys are equal when their bytes are")
    func equality() throws {
        let first = try PublicKey(subjectPublicKeyInfo: try SigningKey(seed: "1", kind: .p256).subjectPublicKeyInfo)
        let same = try PublicKey(subjectPublicKeyInfo: try SigningKey(seed: "1", kind: .p256).subjectPublicKeyInfo)
        let other = try PublicKey(subjectPublicKeyInfo: try SigningKey(seed: "2", kind: .p256).subjectPublicKeyInfo)
        #expect(Set([first, same, other]).count == 2)
    }
}
