/// A signature envelope of the Notary Project ("Signature Specification"), read without believing it.
package struct NotaryEnvelope: Hashable, Sendable {
    /// How an envelope is written.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// JSON Web Signature, flattened (RFC 7515 §7.2.2).
        case jws
        /// COSE_Sign1, tagged (RFC 9052 §4.2).
        case cose

        /// The media type of such an envelope.
        package var mediaType: String {
            switch self {
            case .jws: "application/jose+json"
            case .cose: "application/cose"
            }
        }
    }

    /// How it is written.
    package let format: Format
    /// What is signed: the payload document.
    package let payload: [UInt8]
    /// The bytes over which the signature was made: payload and protected header together.
    package let signedBytes: [UInt8]
    /// The signature, of ECDSA both numbers side by side.
    package let signature: [UInt8]
    /// The signed attributes.
    package let header: NotaryHeader
    /// The certificates that came with it, the signer's first, DER.
    package let certificates: [[UInt8]]
    /// A timestamp of RFC 3161 over the signature.
    package let timestampToken: [UInt8]?
    /// The program that signed, as it calls itself; nobody signs this.
    package let signingAgent: String?

    /// The artifact type of manifests that carry such envelopes.
    package static let artifactType = "application/vnd.cncf.notary.signature"
    /// The media type of the payload.
    package static let payloadType = "application/vnd.cncf.notary.payload.v1+json"
    /// No envelope that is read here is larger, in bytes.
    package static let maximumBytes = 16 << 20
    /// More certificates than any chain has.
    static let maximumCertificates = 32

    /// Reads an envelope.
    ///
    /// - Throws: ``NotaryError``.
    package init(parsing bytes: [UInt8], format: Format) throws(NotaryError) {
        guard bytes.count <= Self.maximumBytes else { throw .malformed("\(bytes.count) bytes") }
        switch format {
        case .jws: try self.init(jws: bytes)
        case .cose: try self.init(cose: bytes)
        }
    }

    init(
        format: Format,
        payload: [UInt8],
        signedBytes: [UInt8],
        signature: [UInt8],
        header: NotaryHeader,
        unsigned: NotaryUnsignedAttributes
    ) throws(NotaryError) {
        guard !unsigned.certificates.isEmpty else { throw .malformed("no certificate came with it") }
        guard unsigned.certificates.count <= Self.maximumCertificates else {
            throw .malformed("\(unsigned.certificates.count) certificates")
        }
        self.format = format
        self.payload = payload
        self.signedBytes = signedBytes
        self.signature = signature
        self.header = header
        certificates = unsigned.certificates
        timestampToken = unsigned.timestampToken
        signingAgent = unsigned.signingAgent
    }
}

/// What stands in an envelope beside what is signed.
struct NotaryUnsignedAttributes {
    var certificates: [[UInt8]] = []
    var timestampToken: [UInt8]?
    var signingAgent: String?
}

/// Why an envelope or a payload cannot be read.
package enum NotaryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not what the specification gives; the text says where, and may quote the evidence.
    case malformed(String)

    package var description: String {
        switch self {
        case .malformed(let what): what
        }
    }
}
