/// A timestamp token of RFC 3161: what a timestamp authority signed, read but not yet verified.
public struct TimestampToken: Hashable, Sendable {
    /// The hash by which the stamped bytes are named.
    public let imprintAlgorithm: DigestAlgorithm
    /// The digest of the stamped bytes.
    public let imprint: [UInt8]
    /// The time that the authority states.
    public let generatedAt: Timestamp
    /// Certificates that came inside; hints, never anchors.
    public let embeddedCertificates: [[UInt8]]
    /// What the authority signed: the content, and the attributes that bind its digest.
    let content: [UInt8]
    let signer: SignerInfo

    /// One signer of a CMS signed-data structure (RFC 5652 §5.3).
    struct SignerInfo: Hashable, Sendable {
        let identifier: SignerIdentifier
        let digestAlgorithm: DigestAlgorithm
        /// The signed attributes as they are hashed: with the tag of a SET OF.
        let attributes: [UInt8]
        let contentType: String
        let messageDigest: [UInt8]
        let signingCertificates: [SigningCertificateHash]
        let signatureAlgorithm: String
        let signature: [UInt8]
    }

    /// How a signer names its certificate.
    enum SignerIdentifier: Hashable, Sendable {
        case issuerAndSerial(issuer: [UInt8], serial: [UInt8])
        case subjectKeyIdentifier([UInt8])
    }

    /// A certificate's digest in the signing-certificate attribute (RFC 2634 §5.4, RFC 5035 §3).
    struct SigningCertificateHash: Hashable, Sendable {
        /// Nil for SHA-1, the first version's only hash.
        let algorithm: DigestAlgorithm?
        let digest: [UInt8]
    }
}

/// Why a timestamp response is refused.
public enum TimestampError: Error, Hashable, Sendable {
    /// Not the structure that RFC 3161 and RFC 5652 give.
    case malformed(String)
    /// The authority did not grant the request.
    case notGranted(status: Int)
    /// A hash that is not accepted, SHA-1 for example.
    case unsupportedHash(String)
    /// The stamped bytes are others.
    case imprintMismatch
    /// The token does not name this certificate as its signer's.
    case signerMismatch
    /// The signer's certificate is not for timestamps alone, or not critically so.
    case signerUsage
    /// The signed attributes do not name the content.
    case contentMismatch
    /// The signature over the attributes does not hold.
    case invalidSignature
}

extension TimestampToken {
    static let timestampInformation = "1.2.840.113549.1.9.16.1.4"
    static let signedData = "1.2.840.113549.1.7.2"

    /// More bytes than any response has.
    public static let maximumBytes = 64 << 10

    /// Reads a TimeStampResp (RFC 3161 §2.4.2).
    ///
    /// - Throws: ``TimestampError``.
    public init(response: [UInt8]) throws(TimestampError) {
        guard response.count <= Self.maximumBytes else { throw .malformed("\(response.count) bytes") }
        do {
            var outer = DERReader(response)
            var parts = try outer.nested(DERTag.sequence)
            try outer.end()
            var information = try parts.nested(DERTag.sequence)
            let status = try information.element(DERTag.integer).smallInteger()
            guard status == 0 || status == 1 else { throw TimestampError.notGranted(status: status) }
            let token = try parts.element(DERTag.sequence)
            try parts.end()
            try self.init(contentInfo: token)
        } catch let error as TimestampError {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// Reads a TimeStampToken (RFC 3161 §2.4.2) that stands by itself, as in a countersignature.
    ///
    /// - Throws: ``TimestampError``.
    public init(token: [UInt8]) throws(TimestampError) {
        guard token.count <= Self.maximumBytes else { throw .malformed("\(token.count) bytes") }
        do {
            var outer = DERReader(token)
            let contentInfo = try outer.element(DERTag.sequence)
            try outer.end()
            try self.init(contentInfo: contentInfo)
        } catch let error as TimestampError {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
    }

    private init(contentInfo: DERElement) throws {
        var parts = DERReader(contentInfo.content)
        guard try parts.element(DERTag.objectIdentifier).objectIdentifier() == Self.signedData else {
            throw TimestampError.malformed("not signed data")
        }
        var wrapper = try parts.nested(DERTag.context(0))
        try parts.end()
        var signed = try wrapper.nested(DERTag.sequence)
        try wrapper.end()
        _ = try signed.element(DERTag.integer)
        _ = try signed.element(DERTag.set)
        var encapsulated = try signed.nested(DERTag.sequence)
        guard try encapsulated.element(DERTag.objectIdentifier).objectIdentifier() == Self.timestampInformation else {
            throw TimestampError.malformed("not timestamp information")
        }
        var content = try encapsulated.nested(DERTag.context(0))
        self.content = Array(try content.element(DERTag.octetString).content)
        try content.end()
        embeddedCertificates = try Self.certificates(try signed.optional(DERTag.context(0)))
        _ = try signed.optional(DERTag.context(1))
        var signers = try signed.nested(DERTag.set)
        try signed.end()
        signer = try SignerInfo(try signers.element(DERTag.sequence))
        guard signers.isAtEnd else { throw TimestampError.malformed("several signers") }
        (imprintAlgorithm, imprint, generatedAt) = try Self.information(self.content)
    }

    private static func certificates(_ element: DERElement?) throws -> [[UInt8]] {
        guard let element else { return [] }
        var list = DERReader(element.content)
        var result: [[UInt8]] = []
        while !list.isAtEnd {
            guard result.count < 32 else { throw TimestampError.malformed("more than 32 certificates") }
            result.append(Array(try list.element().encoding))
        }
        return result
    }

    /// TSTInfo (RFC 3161 §2.4.2).
    private static func information(_ content: [UInt8]) throws -> (DigestAlgorithm, [UInt8], Timestamp) {
        var outer = DERReader(content)
        var parts = try outer.nested(DERTag.sequence)
        try outer.end()
        guard try parts.element(DERTag.integer).smallInteger() == 1 else {
            throw TimestampError.malformed("version of the timestamp information")
        }
        _ = try parts.element(DERTag.objectIdentifier)
        var imprint = try parts.nested(DERTag.sequence)
        let algorithm = try DigestAlgorithm(algorithmIdentifier: try imprint.element(DERTag.sequence))
        let digest = Array(try imprint.element(DERTag.octetString).content)
        try imprint.end()
        guard digest.count == algorithm.byteCount else { throw TimestampError.malformed("length of the imprint") }
        _ = try parts.element(DERTag.integer)
        let time = try parts.element(DERTag.generalizedTime).generalizedTime()
        return (algorithm, digest, time)
    }
}

extension TimestampToken.SignerInfo {
    fileprivate init(_ element: DERElement) throws {
        var parts = DERReader(element.content)
        _ = try parts.element(DERTag.integer)
        identifier = try TimestampToken.SignerIdentifier(try parts.element())
        digestAlgorithm = try DigestAlgorithm(algorithmIdentifier: try parts.element(DERTag.sequence))
        let signedAttributes = try parts.element(DERTag.context(0))
        var algorithm = try parts.nested(DERTag.sequence)
        signatureAlgorithm = try algorithm.element(DERTag.objectIdentifier).objectIdentifier()
        signature = Array(try parts.element(DERTag.octetString).content)
        _ = try parts.optional(DERTag.context(1))
        try parts.end()
        attributes = [DERTag.set] + signedAttributes.encoding.dropFirst()
        var found = Attributes()
        var list = DERReader(signedAttributes.content)
        while !list.isAtEnd { try found.add(try list.element(DERTag.sequence)) }
        guard let contentType = found.contentType, let messageDigest = found.messageDigest,
            !found.signingCertificates.isEmpty
        else { throw TimestampError.malformed("a signed attribute is missing") }
        self.contentType = contentType
        self.messageDigest = messageDigest
        signingCertificates = found.signingCertificates
    }

    /// The signed attributes that matter; none may occur twice.
    private struct Attributes {
        var contentType: String?
        var messageDigest: [UInt8]?
        var signingCertificates: [TimestampToken.SigningCertificateHash] = []

        mutating func add(_ element: DERElement) throws {
            var parts = DERReader(element.content)
            let identifier = try parts.element(DERTag.objectIdentifier).objectIdentifier()
            var values = try parts.nested(DERTag.set)
            try parts.end()
            switch identifier {
            case "1.2.840.113549.1.9.3":
                guard contentType == nil else { throw TimestampError.malformed("two content types") }
                contentType = try values.element(DERTag.objectIdentifier).objectIdentifier()
            case "1.2.840.113549.1.9.4":
                guard messageDigest == nil else { throw TimestampError.malformed("two message digests") }
                messageDigest = Array(try values.element(DERTag.octetString).content)
            case "1.2.840.113549.1.9.16.2.12": try addSigningCertificate(&values, version: 1)
            case "1.2.840.113549.1.9.16.2.47": try addSigningCertificate(&values, version: 2)
            default: return
            }
            try values.end()
        }

        private mutating func addSigningCertificate(_ values: inout DERReader, version: Int) throws {
            var attribute = try values.nested(DERTag.sequence)
            var identifiers = try attribute.nested(DERTag.sequence)
            var first = try identifiers.nested(DERTag.sequence)
            var algorithm: DigestAlgorithm?
            if version == 2 {
                algorithm = try first.optional(DERTag.sequence).map { try DigestAlgorithm(algorithmIdentifier: $0) }
                algorithm = algorithm ?? .sha256
            }
            let digest = Array(try first.element(DERTag.octetString).content)
            signingCertificates.append(.init(algorithm: algorithm, digest: digest))
        }
    }
}

extension TimestampToken.SignerIdentifier {
    init(_ element: DERElement) throws {
        switch element.tag {
        case DERTag.sequence:
            var parts = DERReader(element.content)
            let issuer = Array(try parts.element(DERTag.sequence).encoding)
            let serial = Array(try parts.element(DERTag.integer).content)
            try parts.end()
            self = .issuerAndSerial(issuer: issuer, serial: serial)
        case 0x80: self = .subjectKeyIdentifier(Array(element.content))
        default: throw TimestampError.malformed("signer identifier")
        }
    }
}

extension DigestAlgorithm {
    /// The algorithm that an AlgorithmIdentifier names (RFC 5754 §2).
    init(algorithmIdentifier element: DERElement) throws {
        var parts = DERReader(element.content)
        switch try parts.element(DERTag.objectIdentifier).objectIdentifier() {
        case "2.16.840.1.101.3.4.2.1": self = .sha256
        case "2.16.840.1.101.3.4.2.2": self = .sha384
        case "2.16.840.1.101.3.4.2.3": self = .sha512
        case let other: throw TimestampError.unsupportedHash(other)
        }
    }
}
