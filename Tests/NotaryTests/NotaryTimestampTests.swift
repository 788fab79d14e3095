import Cryptography
import Notary
import Signing
import TestSupport
import Testing

@Suite("Timestamps of the Notary Project's signatures")
struct NotaryTimestampTests {
    private static let authority = Result {
        try LocalTimestampAuthority(
            organization: "stamps",
            keys: .seed("notary stamps"),
            baseURL: "https://stamps.example",
            start: NotarySigner.start
        )
    }

    /// A token as envelopes hold it: the response without its status (RFC 3161 §2.4.2).
    private static func token(
        over message: [UInt8],
        at time: Timestamp,
        by issuer: TimestampIssuer
    ) throws -> [UInt8] {
        let request = TimestampIssuer.Request(message: message, time: time, serialNumber: [1])
        var outer = DERReader(try issuer.respond(to: request))
        var parts = try outer.nested(0x30)
        _ = try parts.element(0x30)
        return Array(try parts.element(0x30).encoding)
    }

    /// An envelope with a timestamp over the very signature that it holds.
    private func stamped(
        _ format: NotaryEnvelope.Format,
        _ token: (_ signature: [UInt8], _ issuer: TimestampIssuer) throws -> [UInt8]
    ) throws -> (NotaryEnvelope, NotaryTrustStore) {
        let signer = try NotaryVerifierTests.signer()
        let authority = try Self.authority.get()
        var draft = NotaryDraft(signer, NotaryVerifierTests.artifact)
        let signature = Box<[UInt8]>()
        draft.damage = { made in
            if signature.value == nil { signature.value = made }
            return signature.value ?? made
        }
        draft.timestamp = try token(draft.signature(format), authority.issuer)
        var trust = try NotaryVerifierTests.trust(signer)
        trust.timestampAuthorities = [try Certificate(der: authority.root)]
        return (try NotaryEnvelope(parsing: draft.envelope(format), format: format), trust)
    }

    private static let late = NotarySigner.end.adding(seconds: 86_400)

    private func obstacles(_ envelope: NotaryEnvelope, _ trust: NotaryTrustStore?, at time: Timestamp = late)
        -> [String]
    {
        let subject = NotarySubject(digest: NotaryVerifierTests.artifact)
        return NotaryVerifierTests.obstacles(NotaryVerifier(trust: trust, at: time).verify(envelope, of: subject))
    }

    @Test("A timestamp proves that the certificate was valid when it signed", arguments: NotaryEnvelope.Format.allCases)
    func good(format: NotaryEnvelope.Format) throws {
        let time = NotaryDraft.time.adding(seconds: 5)
        let (envelope, trust) = try stamped(format) { try Self.token(over: $0, at: time, by: $1) }
        #expect(obstacles(envelope, trust) == [])
        let report = NotaryVerifier(trust: trust, at: Self.late).verify(
            envelope,
            of: NotarySubject(digest: NotaryVerifierTests.artifact)
        )
        #expect(report.proof.time == time)
        #expect(report.proof.isTimestamped)
    }

    @Test("A timestamp that does not hold proves nothing, and is said")
    func bad() throws {
        let time = NotaryDraft.time
        let expired = "certificate-validity=cert.outside-validity"
        let (other, trust) = try stamped(.jws) { try Self.token(over: $0 + [1], at: time, by: $1) }
        #expect(obstacles(other, trust) == ["timestamp=tsa.imprint", expired])
        let (garbage, garbageTrust) = try stamped(.jws) { _, _ in [1, 2, 3] }
        #expect(obstacles(garbage, garbageTrust) == ["timestamp=tsa.malformed", expired])
        let (damaged, damagedTrust) = try stamped(.cose) { signature, issuer in
            var token = try Self.token(over: signature, at: time, by: issuer)
            token[token.count - 1] ^= 1
            return token
        }
        #expect(obstacles(damaged, damagedTrust) == ["timestamp=tsa.signature", expired])
        // Valid certificates do not make up for it.
        #expect(obstacles(damaged, damagedTrust, at: time) == ["timestamp=tsa.signature"])
    }

    @Test("Only a timestamp authority of the trust store counts")
    func authorities() throws {
        let time = NotaryDraft.time
        var (envelope, trust) = try stamped(.jws) { try Self.token(over: $0, at: time, by: $1) }
        let known = trust.timestampAuthorities
        trust.timestampAuthorities = try [Certificate(der: NotaryVerifierTests.signer().chain[2])]
        let expired = "certificate-validity=cert.outside-validity"
        #expect(obstacles(envelope, trust) == ["timestamp=tsa.chain", expired])
        trust.timestampAuthorities = []
        #expect(obstacles(envelope, trust) == ["timestamp~tsa.unknown-authority", expired])
        // While the certificates are valid, nobody needs the timestamp.
        #expect(obstacles(envelope, trust, at: time) == [])
        trust.timestampAuthorities = known
        #expect(obstacles(envelope, trust, at: time.adding(seconds: -1)) == ["timestamp=time.after-reference"])
    }

    @Test("An authority whose certificate is for other things stamps nothing")
    func usage() throws {
        let other = try LocalTimestampAuthority(
            organization: "stamps",
            keys: .seed("notary stamps"),
            baseURL: "https://stamps.example",
            start: NotarySigner.start,
            usage: .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning], isCritical: true)
        )
        let (envelope, trust) = try stamped(.jws) { signature, _ in
            try Self.token(over: signature, at: NotaryDraft.time, by: other.issuer)
        }
        #expect(obstacles(envelope, trust).first == "timestamp=tsa.eku")
    }

    @Test("An authority whose certificate had expired stamps nothing")
    func expired() throws {
        let time = NotarySigner.start.adding(seconds: -10)
        let (envelope, trust) = try stamped(.jws) { try Self.token(over: $0, at: time, by: $1) }
        #expect(obstacles(envelope, trust).first == "timestamp=tsa.outside-validity")
    }
}

/// A value that is set once.
private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}
