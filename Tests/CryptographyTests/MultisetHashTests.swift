import Cryptography
import Testing

@Suite("The hash of a multiset depends on its members alone")
struct MultisetHashTests {
    private func hash(_ added: [String], removed: [String] = []) throws -> MultisetHash {
        var hasher = try MultisetHasher()
        var sum = MultisetHash()
        for member in added {
            try hasher.expand(Array(member.utf8))
            sum.add(hasher)
        }
        for member in removed {
            try hasher.expand(Array(member.utf8))
            sum.remove(hasher)
        }
        return sum
    }

    @Test("The order does not matter, the number does")
    func members() throws {
        #expect(try hash(["a", "b", "c"]) == hash(["c", "a", "b"]))
        #expect(try hash(["a", "b"]) != hash(["a", "b", "b"]))
        #expect(try hash(["a"]) != hash(["b"]))
        #expect(try hash(["a", "bc"]) != hash(["ab", "c"]))
        #expect(try hash([]) == MultisetHash())
        #expect(try hash([""]) != MultisetHash())
    }

    @Test("What is taken away was never there, whenever it came")
    func removal() throws {
        #expect(try hash(["a", "b", "c"], removed: ["b"]) == hash(["a", "c"]))
        #expect(try hash([], removed: ["b"]) != hash([]))
        let many = (0..<500).map { "member \($0)" }
        #expect(try hash(many, removed: Array(many.dropFirst())) == hash(["member 0"]))
    }

    @Test("It goes through its bytes and back")
    func bytes() throws {
        let sum = try hash(["a", "b"])
        #expect(sum.bytes.count == 2048)
        #expect(MultisetHash(bytes: sum.bytes) == sum)
        #expect(MultisetHash(bytes: sum.bytes.dropLast()) == nil)
        #expect(sum.digest == Digest(hashing: sum.bytes))
    }

    /// The lanes are what `openssl enc -chacha20` gives for 2,048 zero bytes under the member's SHA-256 as key and an
    /// all-zero counter and nonce; these are the first eight bytes for the member `abc`.
    @Test("A single member is the key stream under its digest")
    func keyStream() throws {
        #expect(Hexadecimal.encode(try hash(["abc"]).bytes.prefix(8)) == "d770cd2bd4b01b31")
    }
}
