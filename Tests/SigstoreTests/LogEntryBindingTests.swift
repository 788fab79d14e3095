import Attestation
import Cryptography
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Suite("An entry that another log entry could be mistaken for is told apart")
struct LogEntryBindingTests {
    private var sigstore: VirtualSigstore
    private let credential: SigningCredential

    init() throws {
        var sigstore = try VirtualSigstore()
        credential = try sigstore.credential()
        self.sigstore = sigstore
    }

    /// What comes of a bundle whose entry is a genuine one of another body.
    private func reasons(
        _ signed: SignedCase,
        in generation: SigningPlan.Log = .first,
        _ body: (Digest, Envelope) throws -> LogEntryDraft
    ) throws -> Set<String> {
        var signed = signed
        var authority = sigstore.authority
        let draft =
            switch signed.bundle.content {
            case .message(let digest, let signature):
                try body(digest, Self.envelope(around: sigstore.artifact, [signature]))
            case .envelope(let envelope): try body(Digest(hashing: envelope.payload), envelope)
            }
        let entry =
            switch generation {
            case .none, .first: try authority.transparencyLog.append(draft, at: sigstore.time)
            case .second: try authority.tileLog.append(draft, at: sigstore.time)
            }
        signed.bundle.entries = [entry]
        return try signed.verify().reasons(expecting: [])
    }

    private static func envelope(around payload: [UInt8], _ signatures: [[UInt8]]) -> Envelope {
        Envelope(
            payloadType: "application/vnd.in-toto+json",
            payload: payload,
            signatures: signatures.map { Envelope.Signature(keyID: "", bytes: $0) }
        )
    }

    @Test("In the second log an envelope's entry holds the digest of its pre-authentication encoding")
    mutating func encodingOfAnotherEnvelope() throws {
        let signed = try sigstore.attested(with: credential, plan: VirtualSigstore.second)
        let found = try reasons(signed, in: .second) { _, envelope in
            .hashedRekord002(
                Digest(hashing: envelope.payload),
                signature: envelope.signatures[0].bytes,
                verifier: credential.verifier,
                key: .p256
            )
        }
        #expect(found == ["tlog.artifact-mismatch"])
    }

    @Test("An entry of an envelope with the same signature is not one of the artifact")
    mutating func envelopeForAMessage() throws {
        let signed = try sigstore.signed(with: credential)
        let found = try reasons(signed) { _, envelope in .dsse(envelope, verifier: credential.verifier) }
        #expect(found == ["tlog.artifact-mismatch"])
    }

    @Test("An entry with a second signature holds more than this one")
    mutating func twoSignatures() throws {
        let signed = try sigstore.attested(with: credential)
        let found = try reasons(signed) { _, envelope in
            let both = [envelope.signatures[0].bytes, [7]]
            return .dsse(Self.envelope(around: envelope.payload, both), verifier: credential.verifier)
        }
        #expect(found == ["tlog.signature-mismatch", "tlog.entry-malformed"])
    }

    @Test("An entry that holds no signature binds a bundle to nothing")
    mutating func noSignature() throws {
        let signed = try sigstore.attested(with: credential)
        let found = try reasons(signed) { _, envelope in .intoto001(envelope, verifier: credential.verifier) }
        #expect(found == ["tlog.unsupported-entry"])
    }

    @Test("An entry of the bare key does not stand for its certificate")
    mutating func keyForCertificate() throws {
        let signed = try sigstore.signed(with: credential)
        let found = try reasons(signed) { digest, envelope in
            .hashedRekord(
                digest,
                signature: envelope.signatures[0].bytes,
                verifier: .publicKey(credential.key.subjectPublicKeyInfo)
            )
        }
        #expect(found == ["tlog.certificate-mismatch"])
    }

    @Test("An entry of another key does not stand for a managed one")
    mutating func anotherManagedKey() throws {
        let key = try sigstore.authority.nextKey()
        let other = try sigstore.authority.nextKey()
        var signed = try sigstore.signed(with: SigningCredential(key: key))
        signed.policy = VerificationPolicy()
        signed.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        let found = try reasons(signed) { digest, envelope in
            .hashedRekord(
                digest,
                signature: envelope.signatures[0].bytes,
                verifier: .publicKey(other.subjectPublicKeyInfo)
            )
        }
        #expect(found == ["tlog.certificate-mismatch"])
    }

    @Test("Of several managed keys the one that signed is found")
    mutating func severalManagedKeys() throws {
        let keys = [try sigstore.authority.nextKey(), try sigstore.authority.nextKey()]
        var signed = try sigstore.signed(with: SigningCredential(key: keys[1]))
        signed.policy = VerificationPolicy()
        signed.policy.keys = try keys.map {
            ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: $0.subjectPublicKeyInfo))
        }
        #expect(try signed.verify().reasons == [])
        #expect(try signed.verify().proof.publicKey == signed.policy.keys[1].publicKey)
    }

    @Test("Kind and version must both be the ones stated")
    mutating func statedKind() throws {
        let good = try sigstore.signed(with: credential)
        for change in [{ $0.kind = "rekord" }, { $0.version = "0.0.2" }] as [(inout LogEntryDraft) -> Void] {
            var signed = good
            change(&signed.bundle.entries[0].body)
            #expect(try signed.verify().reasons(expecting: []) == ["tlog.kind-mismatch"])
        }
    }

    @Test("A body that is not JSON is no entry")
    mutating func notJSON() throws {
        let signed = try sigstore.signed(with: credential)
        let found = try reasons(signed) { _, _ in
            var draft = LogEntryDraft(kind: "hashedrekord", version: "0.0.1", spec: [:])
            draft.bytes = Array("{".utf8)
            return draft
        }
        #expect(found == ["tlog.entry-malformed"])
    }

    @Test("A digest of another algorithm cannot be compared with the entry's")
    mutating func anotherAlgorithm() throws {
        let signed = try sigstore.signed(with: credential)
        let verifier = Verifier(root: try TrustedRoot(parsing: signed.trustedRoot))
        let entity = SignedEntity(try SigstoreBundle(parsing: signed.bytes))
        let artifact = Artifact.digest(Digest(hashing: signed.artifact, .sha512))
        let report = verifier.verify(entity, of: artifact, policy: signed.policy)
        guard case .notPerformed(let missing) = report.entryDigest else {
            Issue.record("\(report.entryDigest)")
            return
        }
        #expect(missing.code == .noArtifact)
    }
}
