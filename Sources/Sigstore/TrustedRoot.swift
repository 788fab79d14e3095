public import Cryptography

/// The keys and certificates that verification trusts (protobuf-specs, `TrustedRoot`).
public struct TrustedRoot: Hashable, Sendable {
    /// Transparency logs.
    public let transparencyLogs: [LogInstance]
    /// Certificate authorities.
    public let certificateAuthorities: [CertificateAuthority]
    /// Certificate transparency logs.
    public let certificateLogs: [LogInstance]
    /// Timestamp authorities.
    public let timestampAuthorities: [CertificateAuthority]

    /// No trusted root is larger, in bytes.
    public static let maximumBytes = 4 << 20
    /// More instances of one kind than any trusted root lists.
    static let maximumInstances = 256

    /// Reads a trusted root, version 0.1 or 0.2.
    ///
    /// Members that are not known are passed over: newer roots have them.
    ///
    /// - Throws: ``FormatError``.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        let root = try ProtobufMessage(parsing: bytes, limit: Self.maximumBytes, path: "trustedRoot")
        let mediaType = try root.string("mediaType")
        guard Self.mediaTypes.contains(where: { $0.hasSameBytes(as: mediaType) }) else {
            throw .unknownMediaType(mediaType)
        }
        transparencyLogs = try Self.logs(root, "tlogs")
        certificateAuthorities = try Self.authorities(root, "certificateAuthorities")
        certificateLogs = try Self.logs(root, "ctlogs")
        timestampAuthorities = try Self.authorities(root, "timestampAuthorities")
    }

    /// A trusted root from its parts.
    public init(
        transparencyLogs: [LogInstance],
        certificateAuthorities: [CertificateAuthority],
        certificateLogs: [LogInstance],
        timestampAuthorities: [CertificateAuthority]
    ) {
        self.transparencyLogs = transparencyLogs
        self.certificateAuthorities = certificateAuthorities
        self.certificateLogs = certificateLogs
        self.timestampAuthorities = timestampAuthorities
    }

    private static let mediaTypes = [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
        "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ]

    private static func logs(_ root: ProtobufMessage, _ name: String) throws(FormatError) -> [LogInstance] {
        var result: [LogInstance] = []
        for message in try root.messages(name, limit: maximumInstances) {
            result.append(try LogInstance(message))
        }
        return result
    }

    private static func authorities(
        _ root: ProtobufMessage,
        _ name: String
    ) throws(FormatError) -> [CertificateAuthority] {
        var result: [CertificateAuthority] = []
        for message in try root.messages(name, limit: maximumInstances) {
            result.append(try CertificateAuthority(message))
        }
        return result
    }
}

/// A log that a trusted root names.
public struct LogInstance: Hashable, Sendable {
    /// The log's address; its host is the name under which newer logs sign checkpoints.
    public let baseURL: String
    /// The key id by which entries and certificate timestamps name the log.
    public let logID: [UInt8]
    /// The key; nil when its kind is one that cannot be used, in which case ``unusableKey`` says why.
    public let publicKey: PublicKey?
    /// Why the key cannot be used.
    public let unusableKey: String?
    /// When the log may be relied on.
    public let validity: ValidityPeriod
    /// Who runs the log; empty where the root does not say.
    public let operatorName: String

    init(_ message: ProtobufMessage) throws(FormatError) {
        baseURL = try message.string("baseUrl")
        operatorName = try message.string("operator")
        guard let key = try message.message("publicKey") else {
            throw .malformed(path: "\(message.path).publicKey", expected: "a message")
        }
        let der = try key.bytes("rawBytes")
        guard let period = try key.message("validFor"), let start = try period.time("start") else {
            throw .malformed(path: "\(message.path).publicKey.validFor.start", expected: "a time")
        }
        validity = ValidityPeriod(start: start, end: try period.time("end"))
        logID = try message.message("logId")?.bytes("keyId") ?? []
        guard !logID.isEmpty else { throw .malformed(path: "\(message.path).logId.keyId", expected: "a key id") }
        do {
            publicKey = try Self.key(der, details: try key.string("keyDetails"))
            unusableKey = nil
        } catch let error as FormatError {
            throw error
        } catch {
            publicKey = nil
            unusableKey = "\(error)"
        }
    }

    /// A log from its parts.
    public init(
        baseURL: String,
        logID: [UInt8],
        publicKey: PublicKey,
        validity: ValidityPeriod,
        operatorName: String = ""
    ) {
        self.baseURL = baseURL
        self.logID = logID
        self.publicKey = publicKey
        unusableKey = nil
        self.validity = validity
        self.operatorName = operatorName
    }

    /// The host of the address, without scheme, port and path.
    public var host: String {
        let rest = baseURL.split(separator: "://", maxSplits: 1).last ?? ""
        return String(rest.prefix { $0 != "/" && $0 != ":" })
    }

    /// A SubjectPublicKeyInfo, or for `PKCS1_RSA_PKCS1V5` the bare RSA key (RFC 8017 §A.1.1).
    static func key(_ der: [UInt8], details: String) throws -> PublicKey {
        guard details == "PKCS1_RSA_PKCS1V5" else { return try PublicKey(subjectPublicKeyInfo: der) }
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        let bits = DERWriter.element(0x03, [0x00] + der)
        return try PublicKey(subjectPublicKeyInfo: DERWriter.element(0x30, algorithm + bits))
    }
}

/// A certificate or timestamp authority that a trusted root names.
public struct CertificateAuthority: Hashable, Sendable {
    /// The authority's address.
    public let uri: String
    /// The chain, leaf or lowest intermediate first, the anchor last.
    public let chain: [Certificate]
    /// When the authority may be relied on.
    public let validity: ValidityPeriod
    /// Who runs the authority; empty where the root does not say.
    public let operatorName: String

    init(_ message: ProtobufMessage) throws(FormatError) {
        uri = try message.string("uri")
        operatorName = try message.string("operator")
        var chain: [Certificate] = []
        let list = try message.message("certChain")?.messages("certificates", limit: 32) ?? []
        for entry in list {
            do {
                chain.append(try Certificate(der: try entry.bytes("rawBytes")))
            } catch let error as FormatError {
                throw error
            } catch {
                throw .malformed(path: entry.path, expected: "a certificate (\(error))")
            }
        }
        guard !chain.isEmpty else { throw .malformed(path: "\(message.path).certChain", expected: "a certificate") }
        self.chain = chain
        let period = try message.message("validFor")
        validity = ValidityPeriod(start: try period?.time("start"), end: try period?.time("end"))
    }

    /// An authority from its parts.
    public init(uri: String, chain: [Certificate], validity: ValidityPeriod, operatorName: String = "") {
        precondition(!chain.isEmpty)
        self.uri = uri
        self.chain = chain
        self.validity = validity
        self.operatorName = operatorName
    }

    /// The path of a leaf to this authority's anchor.
    ///
    /// - Throws: ``CertificatePathError``.
    func path(to leaf: Certificate) throws(CertificatePathError) -> CertificatePath {
        try CertificatePath(leaf: leaf, intermediates: Array(chain.dropLast()), anchor: chain[chain.count - 1])
    }
}
