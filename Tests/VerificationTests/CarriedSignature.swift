import Attestation
import CaseIndex
import Cryptography
import OCI
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing
import Verification

/// Where a signature may lie: every form in which one reaches the verifier.
enum SignatureCarrier: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// A bundle over the image's bytes, or over a statement about the image, in a file of its own.
    case file(BundleVersion, isStatement: Bool)
    /// The same as a referrer in the image's layout.
    case referrer(isStatement: Bool)
    /// A layer with cosign's annotations, in the image's layout.
    case layer(Signing.SignatureStorage, isStatement: Bool)

    static let allCases: [SignatureCarrier] = [false, true].flatMap { isStatement in
        BundleVersion.allCases.map { .file($0, isStatement: isStatement) } + [
            .referrer(isStatement: isStatement), .layer(.legacy, isStatement: isStatement),
            .layer(.referrer(writesArtifactType: true), isStatement: isStatement),
            .layer(.referrer(writesArtifactType: false), isStatement: isStatement),
        ]
    }

    /// Whether an envelope with a statement is signed.
    var isStatement: Bool {
        switch self {
        case .file(_, let isStatement), .referrer(let isStatement), .layer(_, let isStatement): isStatement
        }
    }

    /// The version of the bundle; nil for cosign's annotations.
    var version: BundleVersion? {
        switch self {
        case .file(let version, _): version
        case .referrer: .v03
        case .layer: nil
        }
    }

    var description: String {
        let what = isStatement ? "statement" : "message"
        return switch self {
        case .file(let version, _): "\(what) in a bundle \(version.rawValue)"
        case .referrer: "\(what) in a bundle as referrer"
        case .layer(.legacy, _): "\(what) in cosign's annotations"
        case .layer(.referrer(let writesType), _):
            "\(what) in cosign's annotations as referrer\(writesType ? "" : " without type")"
        }
    }
}

/// A signature in parts that can be exchanged for another's, before they are put where they lie.
struct CarriedSignature {
    let carrier: SignatureCarrier
    /// What is signed.
    var content: BundleDraft.Content
    /// The signed bytes of a message; of a statement its envelope says them.
    var payload: [UInt8]
    /// Who signed, as the carrier says.
    var verifier: LogEntryDraft.Verifier
    var entries: [LoggedEntry]
    var timestamps: [[UInt8]]

    /// Signs an image as the carrier has it, logs and stamps that.
    ///
    /// - Parameters:
    ///   - image: The bytes of its manifest.
    ///   - carrier: Where the signature is to lie.
    ///   - credential: Who signs.
    ///   - sigstore: Logs and stamps.
    /// - Throws: When OpenSSL fails.
    init(
        of image: [UInt8],
        in carrier: SignatureCarrier,
        with credential: SigningCredential,
        _ sigstore: inout VirtualSigstore
    ) throws {
        self.carrier = carrier
        verifier = credential.verifier
        let digest = Digest(hashing: image)
        let body: LogEntryDraft
        let stamped: [UInt8]
        if carrier.isStatement {
            let statement = StatementDraft(
                subjects: [StatementDraft.Subject(name: "app", digest: digest)],
                predicateType: "https://slsa.dev/provenance/v1",
                predicate: [:]
            )
            let envelope = try Envelope(signing: statement.bytes, with: credential.key)
            (content, payload) = (.envelope(envelope), statement.bytes)
            body = .dsse(envelope, verifier: verifier)
            stamped = carrier.version == nil ? envelope.stored : envelope.signatures[0].bytes
        } else {
            let claim = SimpleSigningDraft(dockerReference: "registry.example/app", manifestDigest: digest)
            payload = carrier.version == nil ? claim.bytes : image
            let signature = try credential.key.sign(payload)
            let signed = Digest(hashing: payload)
            content = .message(digest: signed, signature: signature)
            body = .hashedRekord(signed, signature: signature, verifier: verifier)
            stamped = signature
        }
        entries = [try sigstore.authority.transparencyLog.append(body, at: sigstore.time)]
        timestamps = [try sigstore.authority.timestampAuthority.stamp(stamped, at: sigstore.time)]
    }

    /// As a bundle.
    func bundle(_ version: BundleVersion, _ sigstore: VirtualSigstore) -> BundleDraft {
        let chain = sigstore.authority.certificateAuthority.chain
        var material = BundleDraft.Material.publicKey(hint: "")
        if case .certificate(let der) = verifier {
            material = version == .v03 ? .certificate(der) : .chain([der] + chain.dropLast())
        }
        return BundleDraft(
            version: version,
            material: material,
            entries: entries,
            timestamps: timestamps,
            content: content
        )
    }

    /// As a layer with annotations.
    func layer(_ sigstore: VirtualSigstore) -> SignatureLayer {
        var (type, blob, signature) = (MediaType.simpleSigning, payload, [UInt8]())
        switch content {
        case .message(_, let bytes): signature = bytes
        case .envelope(let envelope): (type, blob) = (.dsseEnvelope, envelope.stored)
        }
        return SignatureLayer(
            mediaType: type,
            blob: blob,
            signature: signature,
            verifier: verifier,
            chain: sigstore.authority.certificateAuthority.chain,
            entry: entries.first,
            timestamp: timestamps.first
        )
    }

    /// Puts it where it is to lie, and has it judged.
    ///
    /// - Parameters:
    ///   - signed: The layout with the image.
    ///   - image: The bytes of the image's manifest.
    /// - Returns: The reason of every obstacle, and whether the signature is trusted.
    /// - Throws: When it cannot be read at all.
    func judge(in signed: SignedLayout, image: [UInt8]) throws -> (reasons: Set<String>, isTrusted: Bool) {
        let root = try TrustedRoot(parsing: signed.sigstore.trustedRoot)
        var signed = signed
        switch carrier {
        case .file(let version, _):
            let entity = SignedEntity(try SigstoreBundle(parsing: bundle(version, signed.sigstore).bytes))
            let report = Verifier(root: root).verify(entity, of: .bytes(image), policy: VirtualSigstore.policy)
            return (report.reasons, report.isVerified)
        case .referrer(let isStatement):
            signed.layout.store(
                bundle: bundle(.v03, signed.sigstore),
                predicateType: isStatement ? "https://slsa.dev/provenance/v1" : nil,
                of: signed.image,
                created: signed.sigstore.time
            )
        case .layer(let storage, isStatement: false):
            signed.layout.store(signatures: [layer(signed.sigstore)], of: signed.image, as: storage)
        case .layer(let storage, isStatement: true):
            signed.layout.store(attestations: [layer(signed.sigstore)], of: signed.image, as: storage)
        }
        let directory = try TemporaryDirectory()
        let identity = VirtualSigstore.job.identity
        let images = try ImportedLayout(signed.write(to: directory)).verify(
            trust: TrustMaterial(root: root, name: "virtual"),
            expecting: SignatureExpectation(
                identity: .exactly(identity.name.text),
                issuer: .exactly(identity.issuer)
            )
        )
        let signatures = try #require(images.first { $0.image == signed.image.digest }).signatures
        try #require(signatures.count == 1)
        let reasons = signatures[0].checks.filter { $0.outcome == .failed || $0.outcome == .notPerformed }
            .map { $0.reason ?? "" }
        return (Set(reasons), signatures[0].verdict.isTrusted == true)
    }
}
