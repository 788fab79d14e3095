import Cryptography
import StrictJSON
import Testing

@testable import TUF

struct KeyFormTests {
    private func key(_ type: String, _ scheme: String, _ text: String) throws -> TUFKey {
        let value: JSONValue = [
            "keytype": JSONValue(type), "scheme": JSONValue(scheme), "keyval": ["public": JSONValue(text)],
        ]
        return try TUFKey(identifier: "k", try MetadataFields(value, file: "f", path: "keys.k"))
    }

    private let message = Array("message".utf8)

    @Test(arguments: [
        ("ecdsa", "ecdsa-sha2-nistp256", SigningKey.Kind.p256, 65),
        ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", .p256, 65),
        ("ecdsa", "ecdsa-sha2-nistp384", .p384, 97),
        ("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", .p384, 97),
        ("ed25519", "ed25519", .ed25519, 32),
    ])
    func readsKeysInPEMAndInHexadecimal(
        _ type: String,
        _ scheme: String,
        _ kind: SigningKey.Kind,
        _ bytes: Int
    ) throws {
        let signer = try SigningKey(seed: "k", kind: kind)
        let signature = try signer.sign(message)
        let forms = [signer.publicKeyPEM, Hexadecimal.encode(signer.subjectPublicKeyInfo.suffix(bytes))]
        let keys = try forms.map { try key(type, scheme, $0) }
        for key in keys {
            #expect(key.isValid(signature: signature, for: message))
            #expect(!key.isValid(signature: signature, for: message + [0]))
        }
        #expect(keys[0].verifier?.material == keys[1].verifier?.material)
    }

    @Test func verifiesRSAWithPSSAlone() throws {
        let rsa = try key("rsa", "rsassa-pss-sha256", Self.publicKey)
        let pss = try #require(Hexadecimal.decode(Self.pssSignature))
        let pkcs1 = try #require(Hexadecimal.decode(Self.pkcs1Signature))
        #expect(rsa.isValid(signature: pss, for: message))
        #expect(!rsa.isValid(signature: pkcs1, for: message))
        #expect(rsa.verifier?.material.count == 256)
    }

    @Test func keepsAKeyOfAnotherSchemeButCountsItNever() throws {
        let signer = try SigningKey(seed: "k", kind: .p384)
        #expect(try key("ecdsa", "ecdsa-sha2-nistp256", signer.publicKeyPEM).verifier == nil)
        #expect(try key("ed25519", "ed25519", signer.publicKeyPEM).verifier == nil)
        #expect(try key("rsa", "rsassa-pss-sha256", signer.publicKeyPEM).verifier == nil)
        #expect(try key("sphincs", "shake-128s", "00").verifier == nil)
        #expect(try key("ed25519", "ed25519", "").verifier == nil)
        let unknown = try key("ecdsa", "ecdsa-sha2-nistp256", signer.publicKeyPEM)
        #expect(!unknown.isValid(signature: try signer.sign(message), for: message))
    }

    @Test func refusesACompressedPoint() throws {
        // The same key could otherwise be counted once for each of its encodings.
        let signer = try SigningKey(seed: "k", kind: .p256)
        let point = Array(signer.subjectPublicKeyInfo.suffix(65))
        let compressed = [point[64] & 1 == 0 ? 0x02 : 0x03] + point[1...32]
        let header = signer.subjectPublicKeyInfo.prefix(26)
        let der = DERWriter.element(0x30, header[2..<23] + DERWriter.element(0x03, [0] + compressed))
        #expect(throws: Never.self) { try PublicKey(subjectPublicKeyInfo: der) }
        let text = PEMBlock(label: "PUBLIC KEY", content: der).text
        #expect(try key("ecdsa", "ecdsa-sha2-nistp256", text).verifier == nil)
    }

    private static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA+RmA+lPYri1DOszpjp/m
        WJEfJF6kxSFpBZ0Cr7UZYHVTUMmaIlW9K8kWygN4tW+xyTrTo7tnVENVqUpY1+R/
        M1Qs/CJEmPNt97/XokutdMZzjuXll8RqnkMqTEzJoq+EaaWpmEtC5MBQRaE0YMSm
        cuKSKqprXn6INHiATT5N8oCIYOI9VTNbufUQl0Dh4epw5r2WkLdZti19D4WOjoZp
        BnK/NZ9aGYISd2ZylLd6AkNz9ZXsZO5O83dAV+lkgxq5WkNuSDqHWjtZEsLGT1M0
        xhjpC9cAmodpo8J4d7xtZO3mt9SP0yLnLb8WFAsVTmZdDpPxRkXQ/Cm2oIL8SOTs
        kwIDAQAB
        -----END PUBLIC KEY-----
        """

    private static let pssSignature = """
        815df5a8ede61fff0baada0f0c4fda1e6f25ffa22a5358cfc484ed13653ed41ecd3cf96230d2c4ceb82fadbaff6be22e\
        c0093d2c18936d75864e0f061d5938fd96a8c12da6d4a8414dd1262293bccba55fce2a2740b1248c299c8d5fbf723902\
        2ea175c852e3e596ff89c821b0390992b1518294a626886018e1e380d5755b04f156b6a2d23bdbefe87f0d897a8d3e4e\
        d0cdf736e2235881b763c722c3f6dd5e71b4b84b96986287d3bbb80185002fa7c442131b4019f649d104882c9a4580ce\
        8ecd8f1ddf1385711086e81f42c7955cc59e3a47a6264f47cc39aeffbb743653f1173ae3554c58aa64d1a80f8f6bd05c\
        eeab255ce2b8254fd0ec80cfe2bef425
        """

    private static let pkcs1Signature = """
        03072744ac4d0e253440c62dd3857a149331b9da93ffe06af087ad5419bdd2dc93236e0d4ba2a2b8079e1f69b6c346e8\
        dd35f63e4449f16decd473f18966abdc02bed2d84d4f1a455466fa1dbaa5a3607db51ac23368c03911a3c75ca95fcde7\
        2678e27b1296b51624ef983406bd53bdd78304b0d797dbf13435185e5049db3190bf42cb69ae2c5dfbdbe033c35d8636\
        f046f3277739568db6c35366e9058a7e1a56c8479daa9614ae2fd95bb6e5fd05f9b5a51168623a84b17d41cf05e3b8d0\
        22b9d9f886402c613600759175b368ccc47678412f7644775e6f4bef18ac8b10083f146d3029f39bde603632bebf7c07\
        b372d0f5041497113d1315c983a3b245
        """
}
