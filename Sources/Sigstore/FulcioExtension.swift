public import Cryptography

/// The extensions of Fulcio's certificates, arc 1.3.6.1.4.1.57264.1 (Fulcio, `docs/oid-info.md`).
public enum FulcioExtension: Int, Hashable, Sendable, CaseIterable {
    case issuerV1 = 1
    case githubWorkflowTrigger = 2
    case githubWorkflowSHA = 3
    case githubWorkflowName = 4
    case githubWorkflowRepository = 5
    case githubWorkflowRef = 6
    case issuer = 8
    case buildSignerURI = 9
    case buildSignerDigest = 10
    case runnerEnvironment = 11
    case sourceRepositoryURI = 12
    case sourceRepositoryDigest = 13
    case sourceRepositoryRef = 14
    case sourceRepositoryIdentifier = 15
    case sourceRepositoryOwnerURI = 16
    case sourceRepositoryOwnerIdentifier = 17
    case buildConfigURI = 18
    case buildConfigDigest = 19
    case buildTrigger = 20
    case runInvocationURI = 21
    case sourceRepositoryVisibility = 22
    case deploymentEnvironment = 23
    case tokenSubject = 24

    /// The OID in dotted form.
    public var identifier: String {
        "1.3.6.1.4.1.57264.1.\(rawValue)"
    }

    /// The name that Fulcio's documentation gives.
    public var name: String {
        switch self {
        case .issuerV1: "Issuer"
        case .githubWorkflowTrigger: "GitHub Workflow Trigger"
        case .githubWorkflowSHA: "GitHub Workflow SHA"
        case .githubWorkflowName: "GitHub Workflow Name"
        case .githubWorkflowRepository: "GitHub Workflow Repository"
        case .githubWorkflowRef: "GitHub Workflow Ref"
        case .issuer: "Issuer (V2)"
        case .buildSignerURI: "Build Signer URI"
        case .buildSignerDigest: "Build Signer Digest"
        case .runnerEnvironment: "Runner Environment"
        case .sourceRepositoryURI: "Source Repository URI"
        case .sourceRepositoryDigest: "Source Repository Digest"
        case .sourceRepositoryRef: "Source Repository Ref"
        case .sourceRepositoryIdentifier: "Source Repository Identifier"
        case .sourceRepositoryOwnerURI: "Source Repository Owner URI"
        case .sourceRepositoryOwnerIdentifier: "Source Repository Owner Identifier"
        case .buildConfigURI: "Build Config URI"
        case .buildConfigDigest: "Build Config Digest"
        case .buildTrigger: "Build Trigger"
        case .runInvocationURI: "Run Invocation URI"
        case .sourceRepositoryVisibility: "Source Repository Visibility At Signing"
        case .deploymentEnvironment: "Deployment Environment"
        case .tokenSubject: "Token Subject"
        }
    }

    /// Up to number 6 the value is the text itself; from 8 on it is a DER UTF8String.
    var isRawText: Bool { rawValue <= 6 }

    /// The value in a certificate; nil when the extension is absent.
    ///
    /// - Throws: ``DERError`` when the value is not of the form that its number asks.
    public func value(in certificate: Certificate) throws(DERError) -> String? {
        guard let bytes = certificate.extensionValue(identifier) else { return nil }
        if isRawText {
            guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidContent(tag: 0) }
            return text
        }
        var reader = DERReader(bytes)
        let element = try reader.element()
        try reader.end()
        return try element.utf8Text()
    }
}

/// Who a certificate says signed, and who vouches for that.
public struct CertificateIdentity: Hashable, Sendable {
    /// The subject alternative names.
    public let names: [GeneralName]
    /// The extensions that are there, in the order of their numbers.
    public let extensions: [FulcioExtension: String]

    /// Reads names and extensions.
    ///
    /// - Throws: ``DERError`` when one of them is not well formed.
    public init(_ certificate: Certificate) throws(DERError) {
        names = try certificate.subjectAlternativeNames()
        var extensions: [FulcioExtension: String] = [:]
        for known in FulcioExtension.allCases {
            extensions[known] = try known.value(in: certificate)
        }
        self.extensions = extensions
    }

    /// The one name; nil when there is none, or several.
    public var name: String? {
        names.count == 1 ? names[0].text : nil
    }

    /// The issuer: the second version of the extension, the first when that is all there is.
    public var issuer: String? {
        extensions[.issuer] ?? extensions[.issuerV1]
    }

    /// Whether both versions of the issuer are there and differ.
    public var hasConflictingIssuers: Bool {
        guard let old = extensions[.issuerV1], let new = extensions[.issuer] else { return false }
        return !old.hasSameBytes(as: new)
    }
}
