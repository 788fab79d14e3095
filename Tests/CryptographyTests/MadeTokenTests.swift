import Cryptography
import Testing

@Suite("A timestamp token is refused for the one part that is wrong")
struct MadeTokenTests {
    private func failure(_ made: MadeToken) throws -> TimestampError? {
        let response = try made.response()
        let signer = try Certificate(der: made.certificate)
        do {
            try TimestampToken(response: response).verify(stamped: MadeToken.message, signer: signer)
            return nil
        } catch {
            return error
        }
    }

    @Test("With every part in order it holds")
    func good() throws {
        #expect(try failure(MadeToken()) == nil)
    }

    @Test("The signed content type must be a timestamp's")
    func contentType() throws {
        var made = try MadeToken()
        made.attributes = { good in
            [MadeToken.attribute([3], DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 1]))] + good.dropFirst()
        }
        #expect(try failure(made) == .contentMismatch)
    }

    @Test("An attribute that must be there once is there once")
    func attributesTwice() throws {
        var made = try MadeToken()
        made.attributes = { $0 + [$0[0]] }
        #expect(try failure(made) == .malformed("two content types"))
        made.attributes = { $0 + [$0[1]] }
        #expect(try failure(made) == .malformed("two message digests"))
        for left in 0..<3 {
            made.attributes = { good in good.indices.filter { $0 != left }.map { good[$0] } }
            #expect(try failure(made) == .malformed("a signed attribute is missing"))
        }
    }

    @Test("The signed digest of the signer's certificate must be that certificate's")
    func signingCertificate() throws {
        var made = try MadeToken()
        made.attributes = { $0.dropLast() + [MadeToken.signingCertificate(Digest(hashing: [1]))] }
        #expect(try failure(made) == .signerMismatch)
        // Named by two digests, both must be its own.
        made.attributes = { $0 + [MadeToken.signingCertificate(Digest(hashing: [1]))] }
        #expect(try failure(made) == .signerMismatch)
    }

    @Test("A hash that may be forged stamps nothing", arguments: [[1, 3, 14, 3, 2, 26], [1, 2, 840, 113549, 2, 5]])
    func weakHash(arcs: [UInt64]) throws {
        var made = try MadeToken()
        made.imprint = (arcs, [UInt8](repeating: 0, count: 20))
        #expect(try failure(made) == .unsupportedHash(arcs.map(String.init).joined(separator: ".")))
    }

    @Test("Policy, accuracy and nonce are the authority's own affair")
    func ownAffairs() throws {
        var made = try MadeToken()
        made.policy = [1, 2, 3, 4]
        made.rest = DERBuilder.sequence(DERBuilder.integer(1)) + DERBuilder.integer(99)
        #expect(try failure(made) == nil)
    }

    @Test("A signer may be named by the identifier of its key, if it is that")
    func keyIdentifier() throws {
        var made = try MadeToken()
        let value = try #require(try Certificate(der: made.certificate).extensionValue("2.5.29.14"))
        made.signerIdentifier = [0x80, UInt8(value.count - 2)] + value.dropFirst(2)
        #expect(try failure(made) == nil)
        made.signerIdentifier[2] ^= 1
        #expect(try failure(made) == .signerMismatch)
    }

    @Test("A certificate authority's own certificate stamps nothing")
    func authority() throws {
        let key = try SigningKey(seed: "authority that stamps", kind: .p256)
        let made = try MadeToken(key: key, template: MadeToken.template(for: key, isAuthority: true))
        #expect(try failure(made) == .signerUsage)
    }

    @Test("There is one signer, version 1, and no crowd of certificates")
    func counts() throws {
        var made = try MadeToken()
        made.signers = 2
        #expect(try failure(made) == .malformed("several signers"))
        made.signers = 1
        made.version = 2
        #expect(try failure(made) == .malformed("version of the timestamp information"))
        made.version = 1
        made.certificates = Array(repeating: made.certificate, count: 32)
        #expect(try failure(made) == nil)
        made.certificates.append(made.certificate)
        #expect(try failure(made) == .malformed("more than 32 certificates"))
    }
}
