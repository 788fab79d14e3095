/// A detached CMS signature (RFC 5652 §5) with one signer, read but not yet verified.
package struct DetachedCMS: Hashable, Sendable {
    /// The certificate that the signer names, DER; other certificates that came along are hints.
    package let signerCertificate: [UInt8]
    /// The others.
    package let otherCertificates: [[UInt8]]
    /// The hash of the content.
    package let digestAlgorithm: DigestAlgorithm
    /// The signed attributes as they are signed, with the tag of a SET OF; nil when the content itself is signed.
    package let signedAttributes: [UInt8]?
    /// The digest of the content that the signed attributes state.
    package let messageDigest: [UInt8]?
    /// The signature.
    package let signature: [UInt8]
    /// The values of the attributes that nobody signed, by OID; none occurs twice.
    package let unsignedAttributes: [String: [UInt8]]

    /// Why a signature is refused.
    package enum Failure: String, Error, Hashable, Sendable {
        case malformed = "cms.malformed"
        case attached = "cms.attached-content"
        case signerCount = "cms.signer-count"
        case noCertificate = "cms.no-certificate"
        /// None of the certificates is the one that the signer names.
        case signerMismatch = "cms.signer-mismatch"
        /// A hash that is not accepted.
        case unsupportedHash = "cms.unsupported-hash"
        /// The signed attributes lack the content's type or digest.
        case attributesMissing = "cms.attributes-missing"
        /// An attribute that may occur once occurs again.
        case attributeTwice = "cms.attribute-twice"
    }

    /// More bytes than any signature over a commit has.
    package static let maximumBytes = 256 << 10
    private static let maximumCertificates = 32
    private static let dataContent = "1.2.840.113549.1.7.1"

    /// Reads a ContentInfo that holds SignedData.
    ///
    /// - Throws: ``Failure``.
    package init(_ der: [UInt8]) throws(Failure) {
        guard der.count <= Self.maximumBytes else { throw .malformed }
        do {
            try self.init(contentInfo: der)
        } catch let failure as Failure {
            throw failure
        } catch TimestampError.unsupportedHash {
            throw .unsupportedHash
        } catch {
            throw .malformed
        }
    }

    private init(contentInfo der: [UInt8]) throws {
        var outer = DERReader(der)
        var information = try outer.nested(DERTag.sequence)
        try outer.end()
        guard try information.element(DERTag.objectIdentifier).objectIdentifier() == TimestampToken.signedData
        else { throw Failure.malformed }
        var wrapper = try information.nested(DERTag.context(0))
        try information.end()
        var signed = try wrapper.nested(DERTag.sequence)
        try wrapper.end()
        _ = try signed.element(DERTag.integer)
        _ = try signed.element(DERTag.set)
        var encapsulated = try signed.nested(DERTag.sequence)
        guard try encapsulated.element(DERTag.objectIdentifier).objectIdentifier() == Self.dataContent
        else { throw Failure.malformed }
        guard encapsulated.isAtEnd else { throw Failure.attached }
        let certificates = try Self.certificates(try signed.optional(DERTag.context(0)))
        _ = try signed.optional(DERTag.context(1))
        var signers = try signed.nested(DERTag.set)
        try signed.end()
        guard !signers.isAtEnd else { throw Failure.signerCount }
        let signer = try Signer(try signers.element(DERTag.sequence))
        guard signers.isAtEnd else { throw Failure.signerCount }
        guard !certificates.isEmpty else { throw Failure.noCertificate }
        guard let own = certificates.firstIndex(where: { signer.names($0) }) else { throw Failure.signerMismatch }
        signerCertificate = certificates[own]
        otherCertificates = certificates.enumerated().filter { $0.offset != own }.map(\.element)
        digestAlgorithm = signer.digestAlgorithm
        signedAttributes = signer.attributes
        messageDigest = signer.messageDigest
        signature = signer.signature
        unsignedAttributes = signer.unsigned
    }

    private static func certificates(_ element: DERElement?) throws -> [[UInt8]] {
        guard let element else { return [] }
        var list = DERReader(element.content)
        var result: [[UInt8]] = []
        while !list.isAtEnd {
            guard result.count < maximumCertificates else { throw Failure.malformed }
            result.append(Array(try list.element().encoding))
        }
        return result
    }
}

extension DetachedCMS {
    /// One SignerInfo (RFC 5652 §5.3).
    private struct Signer {
        let identifier: TimestampToken.SignerIdentifier
        let digestAlgorithm: DigestAlgorithm
        var attributes: [UInt8]?
        var messageDigest: [UInt8]?
        let signature: [UInt8]
        let unsigned: [String: [UInt8]]

        init(_ element: DERElement) throws {
            var parts = DERReader(element.content)
            _ = try parts.element(DERTag.integer)
            identifier = try TimestampToken.SignerIdentifier(try parts.element())
            digestAlgorithm = try DigestAlgorithm(algorithmIdentifier: try parts.element(DERTag.sequence))
            let signed = try parts.optional(DERTag.context(0))
            _ = try parts.element(DERTag.sequence)
            signature = Array(try parts.element(DERTag.octetString).content)
            unsigned = try Self.attributes(try parts.optional(DERTag.context(1)))
            try parts.end()
            guard let signed else { return }
            attributes = [DERTag.set] + signed.encoding.dropFirst()
            let values = try Self.attributes(signed)
            guard let type = values["1.2.840.113549.1.9.3"], let digest = values["1.2.840.113549.1.9.4"]
            else { throw Failure.attributesMissing }
            var typeReader = DERReader(type)
            guard try typeReader.element(DERTag.objectIdentifier).objectIdentifier() == DetachedCMS.dataContent
            else { throw Failure.malformed }
            var digestReader = DERReader(digest)
            messageDigest = Array(try digestReader.element(DERTag.octetString).content)
        }

        /// The one value of each attribute, in DER.
        private static func attributes(_ element: DERElement?) throws -> [String: [UInt8]] {
            guard let element else { return [:] }
            var list = DERReader(element.content)
            var result: [String: [UInt8]] = [:]
            while !list.isAtEnd {
                var parts = try list.nested(DERTag.sequence)
                let identifier = try parts.element(DERTag.objectIdentifier).objectIdentifier()
                let values = try parts.element(DERTag.set)
                try parts.end()
                guard result.updateValue(Array(values.content), forKey: identifier) == nil
                else { throw Failure.attributeTwice }
            }
            return result
        }

        /// Whether a certificate is the one that the signer names.
        func names(_ der: [UInt8]) -> Bool {
            guard let certificate = try? Certificate(der: der) else { return false }
            switch identifier {
            case .issuerAndSerial(let issuer, let serial):
                return certificate.fields.issuer.elementsEqual(issuer)
                    && certificate.fields.serial.elementsEqual(serial)
            case .subjectKeyIdentifier(let identifier):
                guard let value = certificate.extensionValue("2.5.29.14") else { return false }
                var reader = DERReader(value)
                return (try? reader.element(DERTag.octetString))?.content.elementsEqual(identifier) ?? false
            }
        }
    }
}
