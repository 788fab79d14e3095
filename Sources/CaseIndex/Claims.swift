package import Cryptography
internal import GRDB

/// The form of a signature.
package enum SignatureKind: String, Hashable, Sendable, CaseIterable {
    /// cosign's simple signing: a payload with its signature in a layer annotation.
    case simpleSigning = "simple-signing"
    /// A DSSE envelope in a layer, its material in annotations.
    case attestation
    /// A Sigstore bundle.
    case bundle
    /// An attestation of the Python Package Index (PEP 740).
    case publishAttestation = "publish-attestation"
    /// An entry of a transparency log that holds the signature itself, as Rekor's API gives it.
    case logEntry = "log-entry"
    /// An envelope of the Notary Project as JSON Web Signature.
    case notaryJWS = "notary-jws"
    /// An envelope of the Notary Project as COSE_Sign1.
    case notaryCOSE = "notary-cose"
    /// A signed OpenPGP message around a simple-signing payload (containers/image).
    case openPGP = "openpgp"
}

/// A signature or signed attestation that was found; nothing about it is believed yet.
package struct SignatureRecord: Hashable, Sendable {
    /// The SHA-256, as hexadecimal digits, of everything below: the same signature found twice is one record.
    package var id: String
    /// Its form.
    package var kind: SignatureKind
    /// The artifact that its storage attaches it to.
    package var subject: Digest
    /// The manifest that carries it.
    package var carrier: Digest
    /// Which layer of the carrier.
    package var position: Int
    /// The stored content that is signed: payload, envelope or bundle.
    package var payload: Digest
    /// The annotations of the layer's descriptor, as canonical JSON.
    package var annotations: String
    /// For an attestation: the predicate type that its statement states.
    package var predicateType: String?

    package init(
        kind: SignatureKind,
        subject: Digest,
        carrier: Digest,
        position: Int,
        payload: Digest,
        annotations: String,
        predicateType: String?
    ) {
        let parts = [kind.rawValue, "\(subject)", "\(carrier)", "\(position)", "\(payload)", annotations]
        id = Digest(hashing: Array(parts.joined(separator: "\n").utf8)).hex
        self.kind = kind
        self.subject = subject
        self.carrier = carrier
        self.position = position
        self.payload = payload
        self.annotations = annotations
        self.predicateType = predicateType
    }
}

/// By which convention a signature was found.
package enum SignatureStorage: String, Hashable, Sendable, CaseIterable {
    /// The `kind` annotation of a layout that cosign saved.
    case kindAnnotation = "kind-annotation"
    /// A tag `sha256-<hex>.sig`, `.att` or `.sbom`.
    case tagName = "tag-name"
    /// The manifest's `subject` (OCI 1.1).
    case subject
    /// An index under the tag `sha256-<hex>` (referrers tag schema).
    case fallbackIndex = "fallback-index"
    /// A manifest that no index lists.
    case orphan
    /// A file `signature-N` beside a copied image.
    case signatureFile = "signature-file"
    /// A file of its own.
    case looseFile = "loose-file"
}

/// Where and by which convention a signature was found.
package struct SightingRecord: Hashable, Sendable {
    /// The signature.
    package var signatureID: String
    /// The evidence.
    package var sourceID: Int64
    /// The convention.
    package var storage: SignatureStorage

    package init(signatureID: String, sourceID: Int64, storage: SignatureStorage) {
        self.signatureID = signatureID
        self.sourceID = sourceID
        self.storage = storage
    }
}

/// A leaf certificate that came with a signature.
package struct CertificateRecord: Hashable, Sendable {
    /// The signature it came with.
    package var signatureID: String
    /// SHA-256 of its DER.
    package var digest: Digest
    /// Its DER.
    package var der: [UInt8]
    /// Its one subject alternative name; nil when it has none or several.
    package var subjectAlternativeName: String?
    /// The identity issuer that its extensions state.
    package var identityIssuer: String?
    /// The issuer's distinguished name.
    package var issuer: String
    /// The serial number in hexadecimal digits.
    package var serial: String
    /// Start of its validity.
    package var notBefore: Timestamp
    /// End of its validity.
    package var notAfter: Timestamp

    package init(
        signatureID: String,
        digest: Digest,
        der: [UInt8],
        subjectAlternativeName: String?,
        identityIssuer: String?,
        issuer: String,
        serial: String,
        notBefore: Timestamp,
        notAfter: Timestamp
    ) {
        self.signatureID = signatureID
        self.digest = digest
        self.der = der
        self.subjectAlternativeName = subjectAlternativeName
        self.identityIssuer = identityIssuer
        self.issuer = issuer
        self.serial = serial
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

/// A transparency log entry that came with a signature.
package struct LogEntryRecord: Hashable, Sendable {
    /// The signature it came with.
    package var signatureID: String
    /// Its place among the signature's entries.
    package var position: Int
    /// The log's key id in hexadecimal digits.
    package var logID: String
    /// The index it states.
    package var logIndex: Int64
    /// The time it states, if it states one.
    package var integratedTime: Timestamp?
    /// The kind of entry, for example `hashedrekord`.
    package var kind: String
    /// The version of that kind.
    package var version: String
    /// Whether a signed entry timestamp came with it.
    package var hasPromise: Bool
    /// Whether an inclusion proof came with it.
    package var hasProof: Bool

    package init(
        signatureID: String,
        position: Int,
        logID: String,
        logIndex: Int64,
        integratedTime: Timestamp?,
        kind: String,
        version: String,
        hasPromise: Bool,
        hasProof: Bool
    ) {
        self.signatureID = signatureID
        self.position = position
        self.logID = logID
        self.logIndex = logIndex
        self.integratedTime = integratedTime
        self.kind = kind
        self.version = version
        self.hasPromise = hasPromise
        self.hasProof = hasProof
    }
}

/// Which kind of document makes a claim.
package enum Speaker: String, Hashable, Sendable, CaseIterable {
    /// An extension of a signing certificate; the key is the OID in dotted form, or `subjectAlternativeName`.
    case certificate
    /// An annotation inside a signed payload; the key is the annotation's.
    case signedAnnotation = "signed-annotation"
    /// A member of a signed statement; the key is a JSON pointer (RFC 6901) into the statement.
    case statement
    /// A member of a statement that nobody signed (BuildKit); the key is a JSON pointer into the statement.
    case unsignedStatement = "unsigned-statement"
    /// A label of the image configuration.
    case label
    /// Any other member of the image configuration; the key is a JSON pointer into it.
    case configuration
    /// An annotation of a manifest, index or descriptor, which no signature payload covers as such.
    case manifestAnnotation = "manifest-annotation"
    /// An annotation of the layer descriptor that carries a signature: nobody signs it.
    case carrierAnnotation = "carrier-annotation"
    /// A log entry; the key is `integratedTime` or `logIndex`.
    case logEntry = "log-entry"
    /// A signed timestamp; the key is `genTime`.
    case timestamp
    /// A member of the signed payload other than its annotations, for example `docker-reference`.
    case payload
    /// An attribute that a signature's envelope signs beside its payload, a signing time for example; the key is its
    /// label.
    case signedAttribute = "signed-attribute"
    /// An attribute of a signature's envelope that nobody signs, the name of a program for example.
    case unsignedAttribute = "unsigned-attribute"
}

/// What a document says, and where it says it.
package struct ClaimRecord: Hashable, Sendable {
    /// The number by which findings cite it; 0 before it is stored.
    package var id: Int64
    /// The artifact it is about.
    package var subject: Digest
    /// The signature in whose material it stands, if any.
    package var signatureID: String?
    /// Which kind of document says it.
    package var speaker: Speaker
    /// What it says something about, in the document's own word.
    package var key: String
    /// What it says.
    package var value: String
    /// The stored content it was read from.
    package var readFrom: Digest
    /// Where in that content: a JSON pointer, an OID, or nothing.
    package var pointer: String

    package init(
        id: Int64 = 0,
        subject: Digest,
        signatureID: String?,
        speaker: Speaker,
        key: String,
        value: String,
        readFrom: Digest,
        pointer: String
    ) {
        self.id = id
        self.subject = subject
        self.signatureID = signatureID
        self.speaker = speaker
        self.key = key
        self.value = value
        self.readFrom = readFrom
        self.pointer = pointer
    }
}
