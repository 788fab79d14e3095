internal import Attestation
internal import Cryptography
internal import Signing
internal import Sigstore
internal import StrictJSON
internal import TestSupport

/// Good documents of every kind, made by the local authority.
struct Seeds {
    let trustedRoot: [UInt8]
    let artifact: [UInt8]
    var bundles: [[UInt8]] = []
    var bodies: [[UInt8]] = []
    var checkpoints: [[UInt8]] = []
    var envelopes: [[UInt8]] = []
    var statements: [[UInt8]] = []
    var payloads: [[UInt8]] = []
    var layers: [SignatureLayer] = []
    var certificates: [[UInt8]] = []
    var certificateTimestamps: [[UInt8]] = []
    var timestamps: [[UInt8]] = []
    var timestampSigner: [UInt8]
    var keys: [[UInt8]] = []
    var pem = ""

    static let annotations = [
        CosignAnnotation.signature, CosignAnnotation.certificate, CosignAnnotation.bundle, CosignAnnotation.timestamp,
    ]

    static let policy = """
        version: 1
        rules:
        - name: app
          images: ['app:*', 'registry.example/**']
          signatures:
            anyOf:
            - {identity: "https://gitlab.com/acme/x//.gitlab-ci.yml@refs/heads/main", issuer: "https://gitlab.com"}
            - {identityPattern: "https://gitlab.com/**", anyIssuer: true, annotations: {tag: "1"}}
            - {notaryIdentity: "x509.subject: C=US, ST=WA, O=acme", annotations: {tag: "1"}}
            - {openPGPKey: 08CD26E446E2E95249B7A405E932F44B23E8DD43, reference: 'registry.example/acme/*'}
            minimum: 2
          attestations:
          - {predicateType: https://slsa.dev/provenance/v1, anyOf: [{anyIdentity: true, issuerPattern: 'https://*'}]}
        """

    init() throws {
        var sigstore = try VirtualSigstore()
        trustedRoot = try sigstore.root(naming: ("acme", ""))
        artifact = sigstore.artifact
        timestampSigner = sigstore.authority.timestampAuthority.issuer.certificate
        try addBundles(&sigstore)
        try addLayers(&sigstore)
        try addKeys(&sigstore)
    }

    private mutating func addBundles(_ sigstore: inout VirtualSigstore) throws {
        var signed: [SignedCase] = []
        for plan in [VirtualSigstore.everyProof, VirtualSigstore.second] {
            signed.append(try sigstore.signed(plan: plan))
            signed.append(try sigstore.attested(plan: plan))
        }
        signed.append(try sigstore.signed(version: .v02))
        for kind in [SigningPlan.EnvelopeEntry.intoto001, .intoto002] {
            signed.append(try sigstore.attested(plan: SigningPlan(isStamped: true, envelopeEntry: kind)))
        }
        bundles = signed.map(\.bytes)
        bodies = signed.flatMap { $0.bundle.entries.map(\.body.bytes) } + [Self.rekord]
        timestamps = signed.flatMap(\.bundle.timestamps)
        for bytes in bundles {
            let bundle = try SigstoreBundle(parsing: bytes)
            checkpoints += bundle.logEntries.compactMap { $0.inclusionProof.map { Array($0.checkpoint.utf8) } }
            if case .envelope(let envelope) = bundle.content {
                envelopes.append(Array(envelope.json.compact.utf8))
                statements.append(envelope.payload)
            }
            if case .certificate(let der) = bundle.keyMaterial { certificates.append(der) }
        }
        for der in certificates {
            let list = try Certificate(der: der).extensionValue("1.3.6.1.4.1.11129.2.4.2")
            if let list { certificateTimestamps.append(list) }
        }
        certificates += sigstore.authority.certificateAuthority.chain
    }

    private mutating func addLayers(_ sigstore: inout VirtualSigstore) throws {
        let image = Digest(hashing: [1])
        let signed = try sigstore.signedImage(image).layer
        layers = [signed, try sigstore.attestedImage(image).layer]
        payloads = [signed.blob]
    }

    private mutating func addKeys(_ sigstore: inout VirtualSigstore) throws {
        let kinds: [SigningKey.Kind] = [.p256, .p384, .p521, .ed25519]
        keys = try kinds.map { try SigningKey(seed: "fuzz", kind: $0).subjectPublicKeyInfo } + [Self.rsa]
        pem =
            (certificates.prefix(2).map { PEMBlock(label: "CERTIFICATE", content: $0) }
            + keys.map { PEMBlock(label: "PUBLIC KEY", content: $0) }).map(\.text).joined()
    }

    /// An RSA key whose modulus is any odd number: it need not have been made, only read.
    private static let rsa: [UInt8] = {
        let modulus = [0xC1] + [UInt8](repeating: 0x5A, count: 254) + [0x01]
        let numbers = DERBuilder.sequence(DERBuilder.unsignedInteger(modulus), DERBuilder.unsignedInteger([1, 0, 1]))
        let identifier = DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 1, 1])
        return DERBuilder.sequence(DERBuilder.sequence(identifier, DERBuilder.null), DERBuilder.bitString(numbers))
    }()

    /// The oldest kind of entry, which nothing here writes.
    private static let rekord: [UInt8] = {
        let digest = String(repeating: "ab", count: 32)
        let key = Base64.encode(PEMBlock(label: "PUBLIC KEY", content: [1, 2, 3]).text.utf8)
        let body: JSONValue = [
            "apiVersion": "0.0.1", "kind": "rekord",
            "spec": [
                "data": ["hash": ["algorithm": "sha256", "value": JSONValue(digest)]],
                "signature": ["content": "AQID", "format": "x509", "publicKey": ["content": JSONValue(key)]],
            ],
        ]
        return Array(body.compact.utf8)
    }()
}
