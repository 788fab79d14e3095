import Attestation
import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

/// What is made without a defect verifies, in every form.
struct GoodSignatureTests {
    static let plans = [
        SigningPlan(), SigningPlan(isStamped: true), SigningPlan(log: .second, isStamped: true),
        SigningPlan(envelopeEntry: .intoto002),
    ]

    @Test(arguments: BundleVersion.allCases, plans)
    func verifiesABundleOfEveryVersionAndPlan(version: BundleVersion, plan: SigningPlan) throws {
        // Version 0.1 cannot do without a signed entry timestamp, which the second log does not give.
        guard version != .v01 || plan.log == .first else { return }
        var sigstore = try VirtualSigstore()
        for signed in [
            try sigstore.signed(version: version, plan: plan), try sigstore.attested(version: version, plan: plan),
        ] {
            let report = try signed.verify()
            #expect(report.reasons == [])
            #expect(report.isVerified)
        }
    }

    @Test(arguments: [SigningKey.Kind.p256, .p384, .p521, .rsa(bits: 2048), .ed25519])
    func verifiesEveryKindOfKey(kind: SigningKey.Kind) throws {
        var sigstore = try VirtualSigstore()
        let key = try SigningKey(generating: kind)
        let certificate = try sigstore.authority.issueCertificate(
            for: VirtualSigstore.job.identity,
            key: key,
            at: sigstore.time
        )
        let credential = SigningCredential(key: key, verifier: .certificate(certificate))
        #expect(try sigstore.signed(with: credential).verify().reasons == [])
        #expect(try sigstore.attested(with: credential).verify().reasons == [])
        let image = Digest(hashing: Array("image".utf8))
        #expect(try sigstore.signedImage(image, with: credential).verify().reasons == [])
        #expect(try sigstore.attestedImage(image, with: credential).verify().reasons == [])
    }

    @Test func verifiesAManagedKey() throws {
        var sigstore = try VirtualSigstore()
        let key = try sigstore.authority.nextKey()
        var signed = try sigstore.signed(with: SigningCredential(key: key))
        signed.policy = VerificationPolicy()
        signed.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        #expect(try signed.verify().reasons == [])
        // The envelope may name the key as the bundle does.
        var attested = try sigstore.attested(with: SigningCredential(key: key))
        guard case .envelope(let envelope) = attested.bundle.content,
            case .publicKey(let hint) = attested.bundle.material
        else { return }
        let named = Envelope.Signature(keyID: hint, bytes: envelope.signatures[0].bytes)
        attested.policy = signed.policy
        attested.bundle.content = .envelope(
            Envelope(payloadType: envelope.payloadType, payload: envelope.payload, signatures: [named])
        )
        #expect(try attested.verify().reasons == [])
    }

    @Test(arguments: [SigningPlan.EnvelopeEntry.dsse001, .intoto001])
    func verifiesLayersWithEveryKindOfEntry(entry: SigningPlan.EnvelopeEntry) throws {
        var sigstore = try VirtualSigstore()
        let image = Digest(hashing: Array("image".utf8))
        #expect(try sigstore.signedImage(image).verify().reasons == [])
        let plan = SigningPlan(isStamped: true, envelopeEntry: entry)
        #expect(try sigstore.attestedImage(image, plan: plan).verify().reasons == [])
    }

    @Test func verifiesATimestampWithoutItsCertificateAndWithAStrangerBeforeIt() throws {
        var sigstore = try VirtualSigstore()
        var signed = try sigstore.signed()
        guard case .message(_, let signature) = signed.bundle.content else { return }
        var authority = sigstore.authority.timestampAuthority
        signed.bundle.timestamps = [try authority.stamp(signature, at: sigstore.time, embedsCertificate: false)]
        #expect(try signed.verify().reasons == [])
        let stranger = try VirtualSigstore(seed: "stranger").authority.timestampAuthority.issuer.certificate
        var request = TimestampIssuer.Request(message: signature, time: sigstore.time, serialNumber: [9])
        request.extraCertificates = [stranger]
        signed.bundle.timestamps = [try authority.issuer.respond(to: request)]
        #expect(try signed.verify().reasons == [])
    }

    /// Validity is closed on both sides.
    @Test func verifiesAtBothEdgesOfEveryValidity() throws {
        var sigstore = try VirtualSigstore()
        let credential = try sigstore.credential()
        var first = try sigstore.signed(with: credential)
        var edge = sigstore.authority
        (edge.transparencyLog.start, edge.transparencyLog.end) = (sigstore.time, sigstore.time)
        edge.certificateAuthority.start = sigstore.time
        edge.timestampAuthority.start = sigstore.time
        edge.certificateLog.start = sigstore.time
        (edge.tileLog.start, edge.tileLog.end) = (sigstore.time, sigstore.time)
        first.trustedRoot = edge.trustedRoot
        #expect(try first.verify().reasons == [])
        var second = try sigstore.signed(with: credential, plan: VirtualSigstore.second)
        second.trustedRoot = edge.trustedRoot
        #expect(try second.verify().reasons == [])
        sigstore.time = sigstore.time.adding(seconds: LocalCertificateAuthority.leafLifetime)
        #expect(try sigstore.signed(with: credential).verify().reasons == [])
    }

    /// With nobody named, or with one of two, each key is its own operator's.
    @Test(arguments: [("", ""), ("acme", ""), ("acme", "umbrella")])
    func countsLogsOfTwoOperators(first: String, second: String) throws {
        var sigstore = try VirtualSigstore()
        var signed = try Defect.inBothLogs(&sigstore, with: sigstore.credential())
        signed.trustedRoot = try sigstore.root(naming: (first, second))
        #expect(try signed.verify().reasons == [])
    }

    @Test(arguments: [
        ExtensionTemplate.AlternativeName.email("mika@example.com"), .userName("mika!example.com"),
    ])
    func verifiesOtherKindsOfNames(name: ExtensionTemplate.AlternativeName) throws {
        var sigstore = try VirtualSigstore()
        let identity = SigningIdentity(name: name, issuer: "https://accounts.example.com")
        let credential = try sigstore.authority.issueCredential(for: identity, at: sigstore.time)
        var signed = try sigstore.signed(with: credential)
        #expect(try signed.verify().reasons == ["identity.san"])
        signed.policy.identity = IdentityExpectation(name: .exactly(name.text), issuer: .exactly(identity.issuer))
        #expect(try signed.verify().reasons == [])
    }
}
