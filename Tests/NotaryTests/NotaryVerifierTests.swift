import Cryptography
import Notary
import Signing
import StrictJSON
import TestSupport
import Testing

/// One thing that is wrong with an envelope, and the checks that must say so, as `check=reason` or `check~reason`.
struct NotaryDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let obstacles: [String]
    let change: @Sendable (inout NotaryDraft) throws -> Void

    init(_ name: String, _ obstacles: [String], _ change: @escaping @Sendable (inout NotaryDraft) throws -> Void) {
        testDescription = name
        self.obstacles = obstacles
        self.change = change
    }
}

@Suite("Signatures of the Notary Project")
struct NotaryVerifierTests {
    static let artifact = Digest(hashing: [1, 2, 3])

    static func signer(_ kind: SigningKey.Kind = .p256) throws -> NotarySigner {
        try NotarySigner(key: SigningKey(seed: "notary signer", kind: kind))
    }

    static func trust(_ signer: NotarySigner) throws -> NotaryTrustStore {
        NotaryTrustStore(authorities: [try Certificate(der: signer.chain.last ?? [])])
    }

    static func verify(
        _ draft: NotaryDraft,
        _ format: NotaryEnvelope.Format,
        trust: NotaryTrustStore?,
        subject: NotarySubject = NotarySubject(digest: artifact),
        at time: Timestamp? = NotaryDraft.time.adding(seconds: 60)
    ) throws -> NotaryReport {
        let envelope = try NotaryEnvelope(parsing: draft.envelope(format), format: format)
        return NotaryVerifier(trust: trust, at: time).verify(envelope, of: subject)
    }

    static func obstacles(_ report: NotaryReport) -> [String] {
        report.checks.compactMap { name, outcome in
            switch outcome {
            case .passed, .notApplicable: nil
            case .failed(let reason, _): "\(name)=\(reason.rawValue)"
            case .notPerformed(let reason, _): "\(name)~\(reason.rawValue)"
            }
        }
    }

    // MARK: Good ones

    @Test(
        "Every algorithm that is allowed is verified",
        arguments: [SigningKey.Kind.p256, .p384, .p521, .rsa(bits: 2048), .rsa(bits: 3072)],
        NotaryEnvelope.Format.allCases
    )
    func algorithms(kind: SigningKey.Kind, format: NotaryEnvelope.Format) throws {
        let key: SigningKey
        if case .rsa = kind {
            key = try SigningKey(generating: kind)
        } else {
            key = try SigningKey(seed: "k", kind: kind)
        }
        let signer = try NotarySigner(key: key)
        let draft = NotaryDraft(signer, Self.artifact, annotations: ["build": "7"])
        let report = try Self.verify(draft, format, trust: try Self.trust(signer))
        #expect(Self.obstacles(report) == [])
        #expect(report.isAuthentic)
        #expect(report.proof.certificate?.subjectName == "CN=signer,O=acme")
        #expect(report.proof.time == nil)
    }

    @Test("A certificate that is its own root is a signer's too", arguments: NotaryEnvelope.Format.allCases)
    func selfSigned(format: NotaryEnvelope.Format) throws {
        let signer = try NotarySigner(selfSigned: SigningKey(seed: "alone", kind: .p256))
        let report = try Self.verify(NotaryDraft(signer, Self.artifact), format, trust: try Self.trust(signer))
        #expect(Self.obstacles(report) == [])
    }

    @Test("A signing authority is trusted for the time, and has a store of its own", arguments: [true, false])
    func signingAuthority(hasStore: Bool) throws {
        let signer = try Self.signer()
        var draft = NotaryDraft(signer, Self.artifact)
        draft.set(NotaryLabel.signingScheme, .text("notary.x509.signingAuthority"))
        draft.set(NotaryLabel.signingTime, nil)
        draft.set(NotaryLabel.authenticSigningTime, .time(NotaryDraft.time))
        draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.authenticSigningTime]))
        var trust = try Self.trust(signer)
        if hasStore { trust = NotaryTrustStore(signingAuthorities: trust.authorities) }
        // Long after the certificates have expired: what counts is the time that the authority states.
        let report = try Self.verify(draft, .jws, trust: trust, at: NotarySigner.end.adding(seconds: 1))
        #expect(Self.obstacles(report) == (hasStore ? [] : ["certificate-path~notary.trust-store-not-given"]))
        #expect(report.proof.time == NotaryDraft.time)
    }

    @Test("Attributes of others that are not critical change nothing", arguments: NotaryEnvelope.Format.allCases)
    func extended(format: NotaryEnvelope.Format) throws {
        let signer = try Self.signer()
        var draft = NotaryDraft(signer, Self.artifact)
        draft.set("com.example.note", .text("hello"))
        draft.set(NotaryLabel.expiry, .time(NotaryDraft.time.adding(seconds: 7200)))
        draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.expiry]))
        let report = try Self.verify(draft, format, trust: try Self.trust(signer))
        #expect(Self.obstacles(report) == [])
        let header = try NotaryEnvelope(parsing: draft.envelope(format), format: format).header
        #expect(header.attributes.contains { $0.label == "com.example.note" && $0.value == "hello" })
        #expect(header.expiry == NotaryDraft.time.adding(seconds: 7200))
        #expect(header.signingTime == NotaryDraft.time)
    }

    // MARK: Bad ones

    private static let everythingButHeader = ["certificate-path~earlier-check-failed"]

    static let defects: [NotaryDefect] = [
        NotaryDefect("a signature of other bytes", ["signature=signature.invalid"]) { draft in
            draft.damage = { [$0[0] ^ 1] + $0.dropFirst() }
        },
        NotaryDefect("a signature cut short", ["signature=signature.invalid"]) { $0.damage = { Array($0.dropLast()) } },
        NotaryDefect("another artifact", ["subject=subject.mismatch"]) { draft in
            draft.payload = NotaryDraft(draft.signer, Digest(hashing: [9])).payload
        },
        NotaryDefect(
            "a payload that is no descriptor",
            ["payload=notary.payload-malformed", "subject~earlier-check-failed"]
        ) { $0.payload = Array("{}".utf8) },
        NotaryDefect(
            "a payload with a name twice",
            ["payload=notary.payload-malformed", "subject~earlier-check-failed"]
        ) { $0.payload = Array(#"{"targetArtifact":{},"targetArtifact":{}}"#.utf8) },
        NotaryDefect("another content type", ["content-type=notary.content-type"]) {
            $0.set("cty", .text("text/plain"))
        },
        NotaryDefect("no content type", ["content-type=notary.content-type"]) { $0.set("cty", nil) },
        NotaryDefect("a critical attribute of others", ["critical-attributes=notary.critical-unknown"]) { draft in
            draft.set("com.example.must", .text("understand"))
            draft.set("crit", .list([NotaryLabel.signingScheme, "com.example.must"]))
        },
        NotaryDefect("a critical attribute that is not there", ["critical-attributes=notary.critical-missing"]) {
            draft in
            draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.expiry]))
        },
        NotaryDefect("an expiry that is not critical", ["critical-attributes=notary.critical-missing"]) { draft in
            draft.set(NotaryLabel.expiry, .time(NotaryDraft.time.adding(seconds: 7200)))
        },
        NotaryDefect("a scheme that is not critical", ["critical-attributes=notary.critical-missing"]) { draft in
            draft.set("cty2", .text("x"))
            draft.set("crit", nil)
        },
        NotaryDefect("a header of the format that is critical", ["critical-attributes=notary.critical-unknown"]) {
            draft in
            draft.set("crit", .list([NotaryLabel.signingScheme, "cty"]))
        },
        NotaryDefect("an attribute that is critical twice", ["critical-attributes=notary.critical-unknown"]) { draft in
            draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.signingScheme]))
        },
        NotaryDefect("a plugin that must judge", ["critical-attributes~notary.verification-plugin"]) { draft in
            draft.set(NotaryLabel.verificationPlugin, .text("com.example.plugin"))
            draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.verificationPlugin]))
        },
        NotaryDefect(
            "another scheme",
            ["signing-scheme=notary.signing-scheme", "certificate-path~earlier-check-failed"]
        ) { $0.set(NotaryLabel.signingScheme, .text("notary.x509.evil")) },
        NotaryDefect("no signing time", ["signing-scheme=notary.signing-time"]) {
            $0.set(NotaryLabel.signingTime, nil)
        },
        NotaryDefect("the time of another scheme", ["signing-scheme=notary.signing-time"]) { draft in
            draft.set(NotaryLabel.authenticSigningTime, .time(NotaryDraft.time))
            draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.authenticSigningTime]))
        },
        NotaryDefect("an expiry that has passed", ["expiry=notary.expired"]) { draft in
            draft.set(NotaryLabel.expiry, .time(NotaryDraft.time.adding(seconds: 60)))
            draft.set("crit", .list([NotaryLabel.signingScheme, NotaryLabel.expiry]))
        },
        NotaryDefect(
            "an algorithm that does not belong to the key",
            ["algorithm=notary.algorithm-mismatch", "signature~earlier-check-failed"]
        ) { $0.set("alg", .text("ES384")) },
        NotaryDefect(
            "an algorithm that is not allowed",
            ["algorithm=notary.algorithm", "signature~earlier-check-failed"]
        ) { $0.set("alg", .text("HS256")) },
    ]

    @Test("What is wrong is refused for its reason", arguments: defects, NotaryEnvelope.Format.allCases)
    func refused(defect: NotaryDefect, format: NotaryEnvelope.Format) throws {
        let signer = try Self.signer()
        var draft = NotaryDraft(signer, Self.artifact)
        let trust = try Self.trust(signer)
        #expect(Self.obstacles(try Self.verify(draft, format, trust: trust)) == [])
        try defect.change(&draft)
        let report = try Self.verify(draft, format, trust: trust)
        #expect(Self.obstacles(report) == defect.obstacles)
        #expect(!report.isAuthentic)
    }

    @Test("A key of a kind that is not allowed signs nothing", arguments: NotaryEnvelope.Format.allCases)
    func otherKey(format: NotaryEnvelope.Format) throws {
        let signer = try Self.signer(.ed25519)
        var draft = NotaryDraft(signer, Self.artifact)
        draft.set("alg", .text("ES256"))
        let report = try Self.verify(draft, format, trust: try Self.trust(signer))
        #expect(Self.obstacles(report) == ["algorithm=notary.algorithm", "signature~earlier-check-failed"])
    }

    @Test("Size and media type are compared where they are known")
    func descriptor() throws {
        let signer = try Self.signer()
        let draft = NotaryDraft(signer, Self.artifact, size: 517)
        func obstacles(_ size: Int64?, _ type: String?) throws -> [String] {
            let subject = NotarySubject(digest: Self.artifact, size: size, mediaType: type)
            return Self.obstacles(try Self.verify(draft, .jws, trust: try Self.trust(signer), subject: subject))
        }
        #expect(try obstacles(517, "application/vnd.oci.image.manifest.v1+json") == [])
        #expect(try obstacles(518, nil) == ["subject=subject.mismatch"])
        #expect(try obstacles(nil, "application/vnd.oci.image.index.v1+json") == ["subject=subject.mismatch"])
    }

    // MARK: Trust

    @Test("Trust begins at a certificate of the store alone")
    func trustStore() throws {
        let signer = try Self.signer()
        let draft = NotaryDraft(signer, Self.artifact)
        let other = try NotarySigner(selfSigned: SigningKey(seed: "somebody else", kind: .p256))
        let untrusted = try Self.verify(draft, .cose, trust: try Self.trust(other))
        #expect(Self.obstacles(untrusted) == ["certificate-path=chain.untrusted"])
        let unasked = try Self.verify(draft, .cose, trust: nil)
        #expect(Self.obstacles(unasked) == ["certificate-path~notary.trust-store-not-given"])
        // Pinned to the authority in the middle.
        let pinned = NotaryTrustStore(authorities: [try Certificate(der: signer.chain[1])])
        #expect(Self.obstacles(try Self.verify(draft, .cose, trust: pinned)) == [])
    }

    @Test("A certificate that has expired, or not begun, signs nothing without a timestamp")
    func validity() throws {
        let signer = try Self.signer()
        let draft = NotaryDraft(signer, Self.artifact)
        let trust = try Self.trust(signer)
        for (time, holds) in [
            (NotarySigner.start, true), (NotarySigner.start.adding(seconds: -1), false), (NotarySigner.end, true),
            (NotarySigner.end.adding(seconds: 1), false),
        ] {
            let report = try Self.verify(draft, .jws, trust: trust, at: time)
            #expect(Self.obstacles(report) == (holds ? [] : ["certificate-validity=cert.outside-validity"]))
        }
        let untold = try Self.verify(draft, .jws, trust: trust, at: nil)
        #expect(Self.obstacles(untold) == ["certificate-validity~time.not-given"])
    }
}
