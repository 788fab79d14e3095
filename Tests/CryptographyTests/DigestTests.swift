import Cryptography
import Testing

@Suite("Digests are read strictly")
struct DigestTests {
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    private func failure(_ text: String) -> DigestError? {
        do {
            _ = try Digest(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    @Test("FIPS 180-4's hashes of nothing and of abc")
    func known() throws {
        #expect(Digest(hashing: []).description == "sha256:\(Self.empty)")
        #expect(
            Digest(hashing: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Digest(hashing: Array("abc".utf8), .sha384).hex.hasPrefix("cb00753f45a35e8bb5a03d699ac65007272c32ab"))
        #expect(Digest(hashing: Array("abc".utf8), .sha512).hex.hasPrefix("ddaf35a193617abacc417349ae20413112e6fa4e"))
    }

    @Test("A digest of each algorithm reads and writes the same text", arguments: DigestAlgorithm.allCases)
    func roundTrip(algorithm: DigestAlgorithm) throws {
        let digest = Digest(hashing: [1, 2, 3], algorithm)
        #expect(try Digest(parsing: "\(digest)") == digest)
        #expect(digest.bytes.count == algorithm.byteCount)
        #expect(digest.short.utf8.count == 12)
        #expect(Digest(algorithm, digest.bytes) == digest)
        #expect(Digest(algorithm, digest.bytes.dropLast()) == nil)
    }

    @Test(
        "What is not algorithm:hex with the right digits is malformed",
        arguments: [
            "sha256:\(empty.uppercased())", "sha256:\(empty.dropLast())", "sha256:\(empty)0", "sha256:\(empty)00",
            "sha256:../x", "sha256:", "sha256", "", "\(empty)", "sha256:+f\(empty.dropFirst(2))",
            "sha256:0x\(empty.dropFirst(2))",
            "sha256:\(empty)\n", "sha256: \(empty)", "sha256::\(empty)", "sha256:\(empty):x", "sha512:\(empty)",
            "sha384:\(empty)", "sha256:sha256:\(empty)", "sha256:\(empty.dropLast())\u{301}",
            "sha256:\(String(empty.dropLast()))/",
        ]
    )
    func malformed(text: String) {
        #expect(failure(text) == .malformed(text))
    }

    @Test(
        "Another algorithm is named as such",
        arguments: ["md5", "sha1", "SHA256", "sha-256", "sha256+b64", "", " sha256", "sha3-256", "../sha256"]
    )
    func unknown(name: String) {
        #expect(failure("\(name):\(Self.empty)") == .unknownAlgorithm("\(name):\(Self.empty)"))
    }

    @Test("Digests are ordered by algorithm, then by bytes")
    func order() throws {
        let low = try #require(Digest(.sha256, [UInt8](repeating: 0, count: 32)))
        let high = try #require(Digest(.sha256, [UInt8](repeating: 0xFF, count: 32)))
        let longer = try #require(Digest(.sha512, [UInt8](repeating: 0, count: 64)))
        #expect([longer, high, low].sorted() == [low, high, longer])
    }

    @Test("A hasher gives the digest of its pieces, again and again", arguments: DigestAlgorithm.allCases)
    func hasher(algorithm: DigestAlgorithm) throws {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
        var hasher = try DigestHasher(algorithm)
        #expect(hasher.finish() == Digest(hashing: [], algorithm))
        hasher.update(bytes[..<1])
        hasher.update(bytes[1..<1])
        hasher.update(Array(bytes[1...]))
        #expect(hasher.finish() == Digest(hashing: bytes, algorithm))
        #expect(hasher.finish() == Digest(hashing: [], algorithm))
    }
}
