import Cryptography
import Testing

@Suite("PEM holds blocks and nothing else")
struct PEMBlockTests {
    private static let block = "-----BEGIN TEST-----\nAQID\n-----END TEST-----\n"
    private static let content = PEMBlock(label: "TEST", content: [1, 2, 3])

    private func failure(_ text: String) -> CryptographyError? {
        do {
            _ = try PEMBlock.parse(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "Blocks are read with any line end and white space around lines",
        arguments: [
            (block, 1), (block.replacing("\n", with: "\r\n"), 1), (block.replacing("\n", with: "\r"), 1),
            (block + block, 2),
            ("\n\n \t\n" + block + "\n", 1), ("  -----BEGIN TEST-----  \n AQ\n\tID \n-----END TEST-----", 1), ("", 0),
            ("\n", 0),
        ]
    )
    func reads(text: String, count: Int) throws {
        #expect(try PEMBlock.parse(text) == [PEMBlock](repeating: Self.content, count: count))
    }

    @Test(
        "Anything else is malformed",
        arguments: [
            "text\n" + block, block + "text", "Subject: x\n" + block, "AQID\n", "-----BEGIN TEST-----\nAQID\n",
            "-----BEGIN TEST-----\nAQID\n-----END OTHER-----\n", "-----BEGIN TEST-----\nAQ\n-----END TEST-----\n",
            "-----BEGIN TEST-----\nAR==\n-----END TEST-----\n", "-----BEGIN TEST-----\nAQID\n-----BEGIN TEST-----\n",
            "-----BEGIN TEST-----\nProc-Type: 4,ENCRYPTED\n\nAQID\n-----END TEST-----\n", "-----END TEST-----\n",
            "-----BEGIN -----\nAQID\n-----END -----\n", "-----BEGIN TEST-----AQID-----END TEST-----",
            "-----BEGIN \u{212A}EY-----\nAQID\n-----END \u{212A}EY-----\n",
            "-----BEGIN A\u{1B}-----\nAQID\n-----END A\u{1B}-----\n",
            "\u{FEFF}" + block, "-----BEGIN TEST-----\nAQ\u{0}ID\n-----END TEST-----\n",
        ]
    )
    func refuses(text: String) {
        #expect(failure(text) == .malformed(object: "PEM"))
    }

    @Test("The number of blocks is limited")
    func limit() {
        #expect(failure(String(repeating: Self.block, count: 1024)) == nil)
        #expect(failure(String(repeating: Self.block, count: 1025)) == .malformed(object: "PEM"))
    }

    @Test("What is written is read again, folded at 64 characters", arguments: [0, 1, 47, 48, 49, 500])
    func roundTrip(count: Int) throws {
        let block = PEMBlock(label: "TEST", content: [UInt8](repeating: 7, count: count))
        #expect(try PEMBlock.parse(block.text) == [block])
        #expect(block.text.split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
    }

    @Test("A public key comes alone and under its own label")
    func publicKey() throws {
        let key = try SigningKey(seed: "pem", kind: .p256)
        let pem = key.publicKeyPEM
        #expect(try PublicKey(pem: pem).subjectPublicKeyInfo == key.subjectPublicKeyInfo)
        let expected = CryptographyError.malformed(object: "PEM public key")
        #expect(throws: expected) { try PublicKey(pem: pem + pem) }
        #expect(throws: expected) { try PublicKey(pem: pem.replacing("PUBLIC KEY", with: "CERTIFICATE")) }
        #expect(throws: expected) { try PublicKey(pem: pem.replacing("PUBLIC KEY", with: "RSA PUBLIC KEY")) }
        #expect(throws: expected) { try PublicKey(pem: "") }
        #expect(throws: CryptographyError.malformed(object: "PEM")) { try PublicKey(pem: "x" + pem) }
    }

    @Test("A list of certificates holds certificates only")
    func certificates() throws {
        let block = PEMBlock(label: "PUBLIC KEY", content: []).text
        #expect(throws: CryptographyError.malformed(object: "PEM certificate")) { try Certificate.parse(pem: block) }
        let empty = PEMBlock(label: "CERTIFICATE", content: []).text
        #expect(throws: CryptographyError.malformed(object: "certificate")) { try Certificate.parse(pem: empty) }
    }
}
