internal import CaseIndex
internal import Cryptography
internal import Git
internal import Sigstore
internal import StrictJSON

/// Judges CMS signatures, as gitsign makes them, against the trusted root that images are judged with.
///
/// The signer is the certificate that the signature names, whatever else came along.
struct CMSCommitCheck {
    private let verifier: Verifier
    private let policy: VerificationPolicy

    /// Where gitsign puts the log's entry (rekor, oid-info.md).
    private static let entryAttribute = "1.3.6.1.4.1.57264.3.1"
    /// Where a timestamp token stands (RFC 3161, appendix A).
    private static let timestampAttribute = "1.2.840.113549.1.9.16.2.14"

    init(trust: TrustMaterial, time: Timestamp?) {
        verifier = Verifier(root: trust.root)
        var policy = trust.policy
        policy.referenceTime = time
        policy.keys = []
        self.policy = policy
    }

    func judge(_ signature: ObjectSignature, into findings: inout CommitFindings) {
        guard let text = String(validating: signature.armour, as: UTF8.self), let blocks = try? PEMBlock.parse(text),
            blocks.count == 1, let block = blocks.first, block.label == "SIGNED MESSAGE"
        else { return findings.add("form", .failed, "cms.malformed", "the armour is not well formed") }
        let cms: DetachedCMS
        do {
            cms = try DetachedCMS(block.content)
        } catch {
            return findings.add("form", .failed, error.rawValue, "the CMS structure is refused")
        }
        findings.pass("form", "a detached CMS signature with one signer")
        checkDigest(cms, signature.payload, into: &findings)
        guard let entity = entity(cms, signature.payload, into: &findings) else { return }
        let report = verifier.verify(entity, of: .bytes(Self.signedBytes(cms, signature.payload)), policy: policy)
        for check in report.cryptographicChecks {
            // What carried it was looked at above.
            if check.name == "form", !check.outcome.isObstacle { continue }
            findings.add(check.name, check.outcome)
        }
        findings.identity = report.proof.identity
        findings.issuer = report.proof.identityIssuer
        findings.signedAt = report.proof.times.map(\.time).min()
    }

    /// The signed attributes name the payload's digest; without attributes the payload itself is signed.
    private func checkDigest(_ cms: DetachedCMS, _ payload: [UInt8], into findings: inout CommitFindings) {
        guard let stated = cms.messageDigest else {
            return findings.add(
                "message-digest",
                .notApplicable,
                nil,
                "the object itself is signed, without attributes"
            )
        }
        guard stated == Digest(hashing: payload, cms.digestAlgorithm).bytes else {
            return findings.add(
                "message-digest",
                .failed,
                "cms.digest-mismatch",
                "the signed attributes are about another object"
            )
        }
        findings.pass("message-digest", "the signed attributes name the object's digest")
    }

    private static func signedBytes(_ cms: DetachedCMS, _ payload: [UInt8]) -> [UInt8] {
        cms.signedAttributes ?? payload
    }

    private func entity(
        _ cms: DetachedCMS,
        _ payload: [UInt8],
        into findings: inout CommitFindings
    ) -> SignedEntity? {
        guard let certificate = try? Certificate(der: cms.signerCertificate) else {
            findings.add("certificate", .failed, "cert.malformed", "the signer's certificate cannot be read")
            return nil
        }
        guard certificate.publicKey.kind.defaultAlgorithm.digest ?? .sha512 == cms.digestAlgorithm else {
            findings.add(
                "algorithm",
                .notPerformed,
                "algorithm.unsupported",
                "\(cms.digestAlgorithm.rawValue) with this kind of key"
            )
            return nil
        }
        var entries: [TransparencyLogEntry] = []
        if let attribute = cms.unsignedAttributes[Self.entryAttribute] {
            let signed = Self.signedBytes(cms, payload)
            guard let entry = Self.entry(attribute, cms, certificate, signed) else {
                findings.add("log-entry", .failed, "tlog.entry-malformed", "the entry inside cannot be read")
                return nil
            }
            entries = [entry]
        }
        return SignedEntity(
            carrier: .cosignAnnotations,
            content: .message(signature: cms.signature, digestHint: nil),
            keyMaterial: .certificate(cms.signerCertificate, chainLength: 0),
            logEntries: entries,
            timestamps: cms.unsignedAttributes[Self.timestampAttribute].map { [Self.response($0)] } ?? [],
            timestampedBytes: cms.signature
        )
    }

    /// A response with the status "granted" around a token, which is the form that timestamps are read in.
    private static func response(_ token: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(DERBuilder.sequence(DERBuilder.integer(0)), token)
    }

    /// The entry without its body, and the body that this signature must have in the log (rekor, hashedrekord 0.0.1):
    /// were it another one, the log's promise would not hold.
    private static func entry(
        _ attribute: [UInt8],
        _ cms: DetachedCMS,
        _ certificate: Certificate,
        _ signed: [UInt8]
    ) -> TransparencyLogEntry? {
        var reader = DERReader(attribute)
        guard let content = try? reader.element(0x04).content, reader.isAtEnd else { return nil }
        let body: JSONValue = [
            "apiVersion": "0.0.1",
            "kind": "hashedrekord",
            "spec": [
                "data": [
                    "hash": ["algorithm": "sha256", "value": JSONValue(Digest(hashing: signed).hex)]
                ],
                "signature": [
                    "content": JSONValue(Base64.encode(cms.signature)),
                    "publicKey": ["content": JSONValue(Base64.encode(Array(certificate.pem.utf8)))],
                ],
            ],
        ]
        return try? TransparencyLogEntry(wire: Array(content), body: Array(body.canonical.utf8))
    }
}
