import Cryptography
import OpenPGP
import TestSupport
import Testing

@Suite("Signed OpenPGP messages are read without believing them")
struct OpenPGPMessageTests {
    /// One packet with the newer form of head.
    static func packet(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xC0 | tag, 0xFF] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: body.count >> $0) } + body
    }

    static func literal(_ content: [UInt8]) -> [UInt8] {
        packet(11, [UInt8(ascii: "b"), 1, UInt8(ascii: "x"), 0, 0, 0, 0] + content)
    }

    /// A signature packet of version 4 with the subpackets that matter.
    static func signature(hashed: [UInt8] = [5, 2, 0x65, 0, 0, 0], unhashed: [UInt8] = []) -> [UInt8] {
        packet(
            2,
            [4, 0, 22, 8, 0, UInt8(hashed.count)] + hashed + [0, UInt8(unhashed.count)] + unhashed + [0xAB, 0xCD]
        )
    }

    private static let content = Array("hello".utf8)

    @Test("Content and signature, whatever the form of the packets")
    func forms() throws {
        let plain = try OpenPGPMessage(parsing: Self.literal(Self.content) + Self.signature())
        #expect(plain.content == Self.content)
        #expect(plain.signatures.map(\.createdAt) == [Timestamp(seconds: 0x6500_0000)])
        #expect(plain.signatures.map(\.publicKeyName) == ["EdDSA"])
        #expect(plain.signatures.map(\.hashName) == ["SHA256"])
        // The older form, a length that reaches to the end, and a compressed packet that compresses nothing.
        let inner = Self.literal(Self.content) + Self.signature()
        #expect(try OpenPGPMessage(parsing: [0xA3, 0] + inner) == plain)
        #expect(try OpenPGPMessage(parsing: Self.packet(8, [0] + inner)) == plain)
        // A body in parts: 2 octets, then the rest.
        let body: [UInt8] = [UInt8(ascii: "b"), 0, 0, 0, 0, 0] + Self.content
        let parts: [UInt8] = [0xCB, 0xE1] + body[..<2] + [UInt8(body.count - 2)] + body[2...]
        #expect(try OpenPGPMessage(parsing: parts + Self.signature()).content == Self.content)
    }

    @Test("The key is named by subpackets, and only the time that is signed counts")
    func subpackets() throws {
        let key: [UInt8] = [9, 16, 1, 2, 3, 4, 5, 6, 7, 8]
        let fingerprint: [UInt8] = [22, 33, 4] + [UInt8](repeating: 0xAA, count: 20)
        let time: [UInt8] = [5, 2, 0x65, 0, 0, 1]
        let bytes = Self.literal([]) + Self.signature(hashed: fingerprint, unhashed: key + time)
        let signature = try #require(try OpenPGPMessage(parsing: bytes).signatures.first)
        #expect(signature.issuerKeyID == "0102030405060708")
        #expect(signature.issuerFingerprint == String(repeating: "AA", count: 20))
        #expect(signature.createdAt == nil)
    }

    @Test("What is no signed message is refused")
    func refused() {
        func reason(_ bytes: [UInt8]) -> OpenPGPError? {
            do {
                _ = try OpenPGPMessage(parsing: bytes)
                return nil
            } catch {
                return error
            }
        }
        let literal = Self.literal(Self.content)
        let signature = Self.signature()
        #expect(reason([]) == .malformed("the message has no content"))
        #expect(reason(literal) == .malformed("the message has no signature"))
        #expect(reason(signature) == .malformed("the message has no content"))
        #expect(reason(literal + literal + signature) == .malformed("the message has two contents"))
        #expect(reason(literal + signature.dropLast()) == .truncated)
        #expect(reason(literal + Self.packet(2, [4, 0, 22, 8, 0, 9])) == .truncated)
        #expect(reason(literal + Self.packet(2, [9])) == .unsupported("a signature of version 9"))
        #expect(reason(Self.packet(6, [4]) + signature) == .malformed("a packet of type 6 in a signed message"))
        #expect(reason([0x2D]) == .malformed("a packet begins with 45"))
        #expect(reason([0xCB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == .truncated)
        #expect(reason(Self.packet(8, [1, 0xFF])) == .malformed("the compressed data are damaged"))
        #expect(reason(Self.packet(8, [1])) == .truncated)
        #expect(reason(Self.packet(8, [3])) == .unsupported("bzip2"))
        let nested = Self.packet(8, [0] + Self.packet(8, [0] + Self.packet(8, [0] + literal)))
        #expect(reason(nested) == .malformed("compressed more than twice"))
        let many = (0..<100).flatMap { _ in Self.packet(10, []) }
        #expect(reason(many) == .malformed("more than 64 packets"))
    }

    @Test("A small message that expands to more than is read is refused")
    func bomb() {
        // Deflate of zeros, a fixed block of matches of 258 octets one after the other, written by hand.
        var bits: [Bool] = [true, true, false]
        func put(_ code: Int, _ count: Int) {
            for shift in (0..<count).reversed() { bits.append(code >> shift & 1 == 1) }
        }
        put(0x30, 8)
        for _ in 0..<100_000 {
            put(0b1100_0101, 8)
            put(0, 5)
        }
        put(0, 7)
        var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (position, bit) in bits.enumerated() where bit { bytes[position / 8] |= 1 << UInt8(position % 8) }
        #expect(throws: OpenPGPError.tooLarge(limit: OpenPGPMessage.maximumBytes)) {
            try OpenPGPMessage(parsing: Self.packet(8, [1] + bytes))
        }
    }

    @Test("A keyring is armored or binary, and holds public keys")
    func keyring() throws {
        let key = Self.packet(6, [4, 0, 0, 0, 0, 22])
        #expect(try OpenPGPKeyring(key).bytes == key)
        let armor = """
            -----BEGIN PGP PUBLIC KEY BLOCK-----
            Comment: x

            \(Base64.encode(key))
            =abcd
            -----END PGP PUBLIC KEY BLOCK-----

            """
        #expect(try OpenPGPKeyring(Array(armor.utf8)).bytes == key)
        #expect(try OpenPGPKeyring(Array((armor + armor).utf8)).bytes == key + key)
        for text in ["", "hello", armor.replacing("-----END", with: "----END"), armor.replacing("=abcd", with: "?")] {
            #expect(throws: OpenPGPError.self) { try OpenPGPKeyring(Array(text.utf8)) }
        }
        #expect(throws: OpenPGPError.malformed("no public key")) { try OpenPGPKeyring(Self.signature()) }
    }
}
