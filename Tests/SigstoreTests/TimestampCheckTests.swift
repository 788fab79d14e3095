import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

@Suite("A timestamp counts for its own authority, at its own time")
struct TimestampCheckTests {
    private var sigstore: VirtualSigstore

    init() throws {
        sigstore = try VirtualSigstore()
    }

    /// A good case with another timestamp over its signature.
    private mutating func stamped(
        _ stamp: (inout LocalTimestampAuthority, [UInt8], Timestamp) throws -> [UInt8]
    ) throws -> SignedCase {
        var signed = try sigstore.signed()
        guard case .message(_, let signature) = signed.bundle.content else { return signed }
        var authority = sigstore.authority.timestampAuthority
        signed.bundle.timestamps = [try stamp(&authority, signature, sigstore.time)]
        return signed
    }

    @Test("A stranger's timestamp of other bytes is first of all one of other bytes")
    mutating func strangerAndOtherBytes() throws {
        var stranger = try VirtualSigstore(seed: "stranger").authority.timestampAuthority
        let signed = try stamped { _, _, time in try stranger.stamp([1], at: time) }
        #expect(try signed.verify().reasons == ["tsa.imprint"])
    }

    @Test("The authority's certificates must have been valid at the time that it states")
    mutating func expiredAuthority() throws {
        let signed = try stamped { authority, signature, time in
            try authority.stamp(signature, at: time.adding(seconds: 100 * 365 * 86_400))
        }
        #expect(try signed.verify().reasons.contains("tsa.outside-validity"))
    }

    @Test("Two timestamps of one authority are one")
    mutating func distinctAuthorities() throws {
        var signed = try sigstore.signed()
        signed.bundle.timestamps += signed.bundle.timestamps
        signed.policy.timestampThreshold = 2
        #expect(try signed.verify().reasons == ["tsa.duplicate"])
    }

    private func report(_ signed: SignedCase, authorities: [CertificateAuthority]) throws -> VerificationReport {
        let root = try TrustedRoot(parsing: signed.trustedRoot)
        let changed = TrustedRoot(
            transparencyLogs: root.transparencyLogs,
            certificateAuthorities: root.certificateAuthorities,
            certificateLogs: root.certificateLogs,
            timestampAuthorities: authorities
        )
        let entity = SignedEntity(try SigstoreBundle(parsing: signed.bytes))
        return Verifier(root: changed).verify(entity, of: .bytes(signed.artifact), policy: signed.policy)
    }

    @Test("Without any timestamp authority a timestamp is passed over only where a log vouches for a time")
    mutating func noAuthority() throws {
        #expect(try report(sigstore.signed(), authorities: []).reasons == [])
        let second = try sigstore.signed(plan: VirtualSigstore.second)
        #expect(try report(second, authorities: []).reasons(expecting: []) == ["tsa.unknown-authority"])
    }

    @Test("An authority that keeps its signing certificate to itself trusts only those that it issued")
    mutating func embeddedCertificate() throws {
        let signed = try sigstore.signed()
        let mine = try TrustedRoot(parsing: signed.trustedRoot).timestampAuthorities[0]
        let other = try TrustedRoot(parsing: VirtualSigstore(seed: "another").trustedRoot).timestampAuthorities[0]
        let above = { (authority: CertificateAuthority) in
            CertificateAuthority(
                uri: authority.uri,
                chain: Array(authority.chain.dropFirst()),
                validity: authority.validity
            )
        }
        #expect(try report(signed, authorities: [above(mine)]).reasons == [])
        #expect(try report(signed, authorities: [above(other)]).reasons == ["tsa.signer"])
        #expect(try report(signed, authorities: [above(other), above(mine)]).reasons == [])
    }
}
