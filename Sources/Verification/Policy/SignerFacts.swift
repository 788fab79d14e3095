internal import Attestation
internal import CaseIndex
package import Cryptography
package import Sigstore

/// What a verified signature tells about its signer, for comparing with a policy.
package struct SignerFacts: Sendable {
    /// The signature.
    package let signatureID: String
    /// The artifact that it signs: the image, or an index that lists it.
    package let subject: Digest
    /// Whether every cryptographic check passed; nothing else here means anything if not.
    package let isAuthentic: Bool
    /// What is signed; nil when that cannot be told.
    package let kind: SignedKind?
    /// The key that signed.
    package let publicKey: PublicKey?
    /// Who the certificate names; nil when no certificate signed.
    package let certificate: CertificateIdentity?
    /// Who signed in a format that is not Sigstore's; nil for those that are.
    package let foreign: ForeignSigner?
    /// The annotations that were signed.
    package let annotations: [(key: String, value: String)]
    /// The names that the signed content itself gives the artifact.
    package let references: [String]

    init(_ record: SignatureRecord, proof: ProvenFacts, evidence: SignatureEvidence, isAuthentic: Bool) {
        signatureID = record.id
        subject = record.subject
        self.isAuthentic = isAuthentic
        kind = Self.kind(of: evidence.entity)
        publicKey = proof.publicKey
        certificate = proof.certificate.flatMap { try? CertificateIdentity($0) }
        foreign = nil
        annotations = evidence.annotations ?? []
        references = evidence.references
    }

    /// A signature in another format: it is of the image itself.
    init(
        _ record: SignatureRecord,
        foreign: ForeignSigner,
        annotations: [(key: String, value: String)],
        references: [String],
        isAuthentic: Bool
    ) {
        signatureID = record.id
        subject = record.subject
        self.isAuthentic = isAuthentic
        kind = .signature
        publicKey = nil
        certificate = nil
        self.foreign = foreign
        self.annotations = annotations
        self.references = references
    }

    /// By what is signed, never by what its carrier says of it.
    private static func kind(of entity: SignedEntity) -> SignedKind? {
        switch entity.content {
        case .message: return .signature
        case .envelope(let envelope, _):
            guard let statement = try? Statement(parsing: envelope.payload) else { return nil }
            return SignedKind(predicateType: statement.predicateType)
        }
    }
}

/// Who made a signature that is in no format of Sigstore.
package enum ForeignSigner: Sendable {
    /// A certificate of the Notary Project; nil when it could not be read.
    case notary(Certificate?)
    /// The primary key of an OpenPGP signature, by its fingerprint; nil when the signature does not hold.
    case openPGP(fingerprint: String?)
}

extension SignedKind {
    /// cosign 3 signs an image with a statement of a type of its own.
    package init(predicateType: String) {
        let isSignature = predicateType.hasSameBytes(as: "https://sigstore.dev/cosign/sign/v1")
        self = isSignature ? .signature : .attestation(predicateType: predicateType)
    }

    /// Whether both are the same, byte for byte.
    func isSame(as other: SignedKind?) -> Bool {
        switch (self, other) {
        case (.signature, .signature): true
        case (.attestation(let left), .attestation(let right)): left.hasSameBytes(as: right)
        default: false
        }
    }
}
