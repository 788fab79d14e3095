import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

/// One defect is often seen by two checks; here each of them is asked alone.
@Suite("Each check sees by itself what another would see as well")
struct SingleCheckTests {
    /// The outcome in a word: `passed`, `n/a`, or the reason.
    private func word(_ outcome: CheckOutcome) -> String {
        switch outcome {
        case .passed: "passed"
        case .notApplicable: "n/a"
        case .failed(let reason): reason.code.rawValue
        case .notPerformed(let missing): missing.code.rawValue
        }
    }

    private func signed(_ change: (inout CertificateTemplate) -> Void) throws -> SignedCase {
        var sigstore = try VirtualSigstore()
        return try sigstore.signed(with: sigstore.credential(changing: change))
    }

    @Test(
        "The profile and the identity each refuse a name that is not one",
        arguments: [
            (Defect.namedTwice, "identity.san-count"),
            (Defect.unnamed, "identity.san-count"),
        ]
    )
    func names(defect: Defect, word expected: String) throws {
        let report = try defect.make().verify()
        #expect(word(report.certificateProfile) == expected)
        #expect(word(report.identity) == expected)
    }

    @Test("A name that is not written as names are is refused by both")
    func malformedName() throws {
        let defect = try #require(Defect.ofNames.first { $0.description == "lookalike: Cyrillic letter" })
        let report = try defect.make().verify()
        #expect(word(report.certificateProfile) == "cert.malformed")
        #expect(word(report.identity) == "cert.malformed")
    }

    @Test("Who signed is not as expected when nobody can tell who did")
    func unknownSigner() throws {
        let report = try Defect.certificateUnreadable.make().verify()
        #expect(word(report.identity) == "cert.malformed")
        #expect(word(report.signature) == "cert.malformed")
    }

    @Test("A private authority's leaf needs no list of purposes, but a list that is there must be one")
    func privateUsage() throws {
        var without = try signed { $0.extensions.remove(at: 1) }
        without.policy.certificateForm = .privateAuthority
        #expect(try word(without.verify().certificateProfile) == "passed")
        var broken = try signed { $0.extensions[1] = ExtensionTemplate([2, 5, 29, 37], value: [0x30, 0x05, 0x06]) }
        broken.policy.certificateForm = .privateAuthority
        #expect(try word(broken.verify().certificateProfile) == "cert.usage")
    }

    @Test("A key with a validity needs a proven time, and has none without log and timestamp")
    func keyWithoutTime() throws {
        var sigstore = try VirtualSigstore()
        let key = try sigstore.authority.nextKey()
        var signed = try sigstore.signed(with: SigningCredential(key: key), plan: SigningPlan(log: .none))
        signed.policy = VerificationPolicy()
        signed.policy.logThreshold = 0
        let publicKey = try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        signed.policy.keys = [ManagedKey(publicKey: publicKey)]
        #expect(try signed.verify().reasons == [])
        let forever = ValidityPeriod(start: VirtualSigstore.start, end: nil)
        signed.policy.keys = [ManagedKey(publicKey: publicKey, validity: forever)]
        let report = try signed.verify()
        #expect(word(report.keyValidity) == "key.outside-validity")
        #expect(report.reasons == ["key.outside-validity"])
    }

    @Test("A stated time gives way to a proven one")
    func statedTime() throws {
        var late = try Defect.leafExpired.make()
        late.policy.unsafeStatedTime = late.bundle.entries.first.map { _ in
            VirtualSigstore.start.adding(seconds: 60 * 86_400)
        }
        #expect(try late.verify().reasons == ["cert.outside-validity"])
    }

    // MARK: Certificate logs

    private func promised(times: Int, threshold: Int) throws -> VerificationReport {
        var sigstore = try VirtualSigstore()
        let key = try sigstore.authority.nextKey()
        let template = sigstore.leafTemplate(for: key)
        let authority = sigstore.authority.certificateAuthority
        let promise = try sigstore.authority.certificateLog.timestamp(
            body: template.toBeSigned(by: authority.intermediateKey),
            issuerPublicKeyInfo: authority.intermediateKey.subjectPublicKeyInfo,
            at: sigstore.time
        )
        let leaf = try authority.issue(template, withTimestamps: Array(repeating: promise, count: times))
        var signed = try sigstore.signed(with: SigningCredential(key: key, verifier: .certificate(leaf)))
        signed.policy.certificateLogThreshold = threshold
        return try signed.verify()
    }

    @Test("Two timestamps of one certificate log are one")
    func distinctCertificateLogs() throws {
        #expect(try word(promised(times: 2, threshold: 1).certificateTimestamp) == "passed")
        #expect(
            try word(promised(times: 2, threshold: 2).certificateTimestamp) == "threshold.distinct-certificate-logs"
        )
    }

    @Test("Where no timestamp is asked for, one of an unknown log proves nothing and spoils nothing")
    func unknownCertificateLog() throws {
        var signed = try Defect.certificateLogUnknown.make()
        signed.policy.certificateLogThreshold = 0
        let report = try signed.verify()
        #expect(word(report.certificateTimestamp) == "n/a")
        #expect(report.reasons == [])
    }

    // MARK: Content

    @Test("What cannot be compared for want of the artifact is not called compared")
    func digestOnly() throws {
        var sigstore = try VirtualSigstore()
        let key = try SigningKey(seed: "ed25519 from a digest", kind: .ed25519)
        let signed = try sigstore.signed(with: SigningCredential(key: key))
        let verifier = Verifier(root: try TrustedRoot(parsing: signed.trustedRoot))
        var policy = VerificationPolicy()
        policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        let entity = SignedEntity(try SigstoreBundle(parsing: signed.bytes))
        let whole = verifier.verify(entity, of: .bytes(signed.artifact), policy: policy)
        #expect(word(whole.signature) == "passed")
        let digest = verifier.verify(entity, of: .digest(Digest(hashing: signed.artifact)), policy: policy)
        #expect(word(digest.signature) == "artifact.not-given")
        let other = verifier.verify(entity, of: .digest(Digest(hashing: signed.artifact, .sha384)), policy: policy)
        #expect(word(other.subject) == "artifact.not-given")
    }

    // MARK: Authorities

    private func report(_ signed: SignedCase, _ authorities: [CertificateAuthority]) throws -> VerificationReport {
        let root = try TrustedRoot(parsing: signed.trustedRoot)
        let changed = TrustedRoot(
            transparencyLogs: root.transparencyLogs,
            certificateAuthorities: authorities,
            certificateLogs: root.certificateLogs,
            timestampAuthorities: root.timestampAuthorities
        )
        let verifier = Verifier(root: changed)
        let entity = SignedEntity(try SigstoreBundle(parsing: signed.bytes))
        // Twice, so that what the first time was remembered is used.
        _ = verifier.verify(entity, of: .bytes(signed.artifact), policy: signed.policy)
        return verifier.verify(entity, of: .bytes(signed.artifact), policy: signed.policy)
    }

    @Test("Of several authorities that lead to the leaf, the one counts that was valid when it was signed")
    func severalAuthorities() throws {
        var sigstore = try VirtualSigstore()
        let signed = try sigstore.signed()
        let good = try TrustedRoot(parsing: signed.trustedRoot).certificateAuthorities[0]
        let retired = CertificateAuthority(
            uri: good.uri,
            chain: good.chain,
            validity: ValidityPeriod(start: VirtualSigstore.start, end: VirtualSigstore.start.adding(seconds: 1))
        )
        #expect(try report(signed, [retired]).reasons == ["chain.authority-outside-validity"])
        #expect(try report(signed, [retired, good]).reasons == [])
        #expect(try report(signed, [good, retired]).reasons == [])
        // The same keys and names, with an intermediate that had expired.
        var template = sigstore.authority.certificateAuthority.intermediateTemplate
        template.notAfter = VirtualSigstore.start.adding(seconds: 1)
        let old = try Certificate(
            der: template.sign(with: try #require(sigstore.authority.certificateAuthority.rootKey))
        )
        let expired = CertificateAuthority(uri: good.uri, chain: [old, good.chain[1]], validity: good.validity)
        #expect(try report(signed, [expired]).reasons == ["chain.expired-at-signing-time"])
        #expect(try report(signed, [expired, good]).reasons == [])
    }

    @Test("That an intermediate leads to one anchor says nothing of another")
    func otherAnchor() throws {
        var sigstore = try VirtualSigstore()
        let signed = try sigstore.signed()
        let good = try TrustedRoot(parsing: signed.trustedRoot).certificateAuthorities[0]
        let stranger = try VirtualSigstore(seed: "another").authority.certificateAuthority.root
        let retired = CertificateAuthority(
            uri: good.uri,
            chain: good.chain,
            validity: ValidityPeriod(start: VirtualSigstore.start, end: VirtualSigstore.start.adding(seconds: 1))
        )
        let grafted = CertificateAuthority(
            uri: good.uri,
            chain: [good.chain[0], try Certificate(der: stranger)],
            validity: good.validity
        )
        #expect(try report(signed, [retired, grafted]).reasons == ["chain.authority-outside-validity"])
        #expect(try report(signed, [grafted]).reasons(expecting: []) == ["chain.untrusted"])
    }

    @Test("An intermediate that names purposes must name code signing")
    func intermediateUsage() throws {
        var sigstore = try VirtualSigstore()
        let signed = try sigstore.signed()
        let good = try TrustedRoot(parsing: signed.trustedRoot).certificateAuthorities[0]
        var template = sigstore.authority.certificateAuthority.intermediateTemplate
        template.extensions[1] = .extendedKeyUsage([ExtensionTemplate.Purpose.serverAuthentication])
        let other = try Certificate(
            der: template.sign(with: try #require(sigstore.authority.certificateAuthority.rootKey))
        )
        let authority = CertificateAuthority(uri: good.uri, chain: [other, good.chain[1]], validity: good.validity)
        #expect(try report(signed, [authority]).reasons(expecting: []) == ["chain.untrusted"])
    }

    // MARK: Timestamps

    @Test("An authority's own certificate is never the one that stamped")
    func authorityThatStamps() throws {
        var sigstore = try VirtualSigstore()
        let key = try SigningKey(seed: "stamping root", kind: .p256)
        let name = CertificateTemplate.Name(organization: "Example", commonName: "stamping root")
        let template = CertificateTemplate(
            serialNumber: [9],
            issuer: name,
            subject: name,
            notBefore: VirtualSigstore.start,
            notAfter: VirtualSigstore.start.adding(seconds: 400 * 86_400),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.certificateSigning, .digitalSignature]), .basicConstraints(isAuthority: true),
                .extendedKeyUsage([ExtensionTemplate.Purpose.timestamping], isCritical: true),
            ]
        )
        let certificate = try template.sign(with: key)
        sigstore.authority.timestampAuthority.root = certificate
        sigstore.authority.timestampAuthority.issuer = TimestampIssuer(
            certificate: certificate,
            template: template,
            key: key
        )
        var signed = try sigstore.signed()
        guard case .message(_, let signature) = signed.bundle.content else { return }
        // Named by the token alone, the authority is nobody's signer; laid in as well, it is the wrong one.
        for (embeds, expected) in [(false, "tsa.signer"), (true, "tsa.eku")] {
            signed.bundle.timestamps = [
                try sigstore.authority.timestampAuthority.stamp(signature, at: sigstore.time, embedsCertificate: embeds)
            ]
            #expect(try word(signed.verify().timestamps) == expected)
        }
    }
}
