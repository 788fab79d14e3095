import Cryptography
import Signing
import Testing

@testable import Sigstore

@Suite("Logs and authorities that share a key or an operator are one")
struct IndependentInstancesTests {
    private func count(_ instances: (name: UInt8, key: String, operatorName: String)...) throws -> (
        named: Int, count: Int
    ) {
        var counted = IndependentInstances()
        for instance in instances {
            let key = try SigningKey(seed: instance.key, kind: .p256).subjectPublicKeyInfo
            counted.insert(
                name: [instance.name],
                key: try PublicKey(subjectPublicKeyInfo: key),
                operatorName: instance.operatorName
            )
        }
        return (counted.namedCount, counted.count)
    }

    @Test("By key, by operator, and by neither")
    func pairs() throws {
        #expect(try count() == (0, 0))
        #expect(try count((1, "a", ""), (2, "b", "")) == (2, 2))
        #expect(try count((1, "a", "x"), (2, "b", "")) == (2, 2))
        #expect(try count((1, "a", "x"), (2, "b", "y")) == (2, 2))
        #expect(try count((1, "a", "x"), (2, "b", "x")) == (2, 1))
        #expect(try count((1, "a", ""), (2, "a", "")) == (2, 1))
        #expect(try count((1, "a", "x"), (2, "a", "y")) == (2, 1))
        #expect(try count((1, "a", ""), (1, "a", "")) == (1, 1))
        // Compared as bytes.
        #expect(try count((1, "a", "\u{E9}"), (2, "b", "e\u{301}")) == (2, 2))
    }

    @Test("Through others, in whatever order they come")
    func chains() throws {
        // The second shares its key with the first, and its operator with the third.
        #expect(try count((1, "a", "x"), (2, "a", "y"), (3, "b", "y")) == (3, 1))
        #expect(try count((1, "a", "x"), (3, "b", "y"), (2, "a", "y")) == (3, 1))
        #expect(try count((1, "a", "x"), (2, "a", "y"), (3, "b", "x")) == (3, 1))
        // The third shares its key with the first alone, which was joined to the second by the operator.
        #expect(try count((1, "a", "x"), (2, "b", "x"), (3, "a", "z")) == (3, 1))
        #expect(try count((1, "a", "x"), (2, "b", "x"), (3, "c", "z")) == (3, 2))
    }
}
