import Cryptography
import Testing

/// scrypt and secret boxes give what their specifications give.
struct SecretBoxTests {
    /// NaCl's own example (Cryptography in NaCl, §10).
    private static let key = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389"
    private static let nonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37"
    private static let message =
        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c0123"
        + "3561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd49"
        + "24ca1c60902e52f0a089bc76897040e082f937763848645e0705"
    private static let box =
        "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98"
        + "dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd"
        + "6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5"

    @Test func sealsAndOpensTheExampleOfNaCl() throws {
        let key = try #require(Hexadecimal.decode(Self.key))
        let nonce = try #require(Hexadecimal.decode(Self.nonce))
        let message = try #require(Hexadecimal.decode(Self.message))
        let box = try SecretBox.seal(message, key: key, nonce: nonce)
        #expect(Hexadecimal.encode(box) == Self.box)
        #expect(try SecretBox.open(box, key: key, nonce: nonce) == message)
    }

    @Test func opensNothingThatWasChanged() throws {
        let key = [UInt8](repeating: 1, count: SecretBox.keyByteCount)
        let nonce = [UInt8](repeating: 2, count: SecretBox.nonceByteCount)
        let box = try SecretBox.seal([1, 2, 3], key: key, nonce: nonce)
        for place in box.indices {
            var changed = box
            changed[place] ^= 1
            #expect(try SecretBox.open(changed, key: key, nonce: nonce) == nil)
        }
        #expect(try SecretBox.open(Array(box.prefix(15)), key: key, nonce: nonce) == nil)
        #expect(throws: CryptographyError.malformed(object: "secret box")) {
            try SecretBox.open(box, key: [1], nonce: nonce)
        }
    }

    /// RFC 7914 §12, the second vector.
    @Test func derivesTheVectorOfTheSpecification() throws {
        let key = try Scrypt.key(
            password: Array("password".utf8),
            salt: Array("NaCl".utf8),
            cost: Scrypt.Cost(iterations: 1024, blockSize: 8, parallelism: 16),
            byteCount: 64
        )
        #expect(
            Hexadecimal.encode(key)
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830da"
                + "c727afb94a83ee6d8360cbdfa2cc0640"
        )
        #expect(throws: CryptographyError.unsupported("scrypt with N=3, r=8, p=1")) {
            try Scrypt.key(
                password: [],
                salt: [],
                cost: Scrypt.Cost(iterations: 3, blockSize: 8, parallelism: 1),
                byteCount: 32
            )
        }
    }
}
