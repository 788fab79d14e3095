package import Cryptography

/// The signed attributes of an envelope ("Signed Attributes").
package struct NotaryHeader: Hashable, Sendable {
    /// One attribute as it stands there.
    package struct Attribute: Hashable, Sendable {
        /// Its label; a number of COSE in decimal digits.
        package let label: String
        /// Its value as text, of a time in RFC 3339, of anything else as JSON or diagnostic notation would show it.
        package let value: String
    }

    /// The algorithm by its name in JOSE; of COSE's numbers the same names, or the number.
    package var algorithm: String
    /// The media type of the payload.
    package var contentType: String?
    /// The labels that must be understood.
    package var critical: [String] = []
    /// The signing scheme.
    package var signingScheme: String?
    /// When the signer says that it signed.
    package var signingTime: Timestamp?
    /// When a signing authority says that it signed.
    package var authenticSigningTime: Timestamp?
    /// From when on the artifact is not to be used.
    package var expiry: Timestamp?
    /// Every signed attribute, in order.
    package var attributes: [Attribute] = []

    /// Whether an attribute of this label is there.
    func has(_ label: String) -> Bool {
        attributes.contains { $0.label.utf8.elementsEqual(label.utf8) }
    }

    /// Whether an attribute is marked critical.
    func isCritical(_ label: String) -> Bool {
        critical.contains { $0.utf8.elementsEqual(label.utf8) }
    }
}

/// The labels of the specification's own attributes.
package enum NotaryLabel {
    package static let signingScheme = "io.cncf.notary.signingScheme"
    package static let signingTime = "io.cncf.notary.signingTime"
    package static let authenticSigningTime = "io.cncf.notary.authenticSigningTime"
    package static let expiry = "io.cncf.notary.expiry"
    package static let verificationPlugin = "io.cncf.notary.verificationPlugin"
    package static let verificationPluginMinimumVersion = "io.cncf.notary.verificationPluginMinVersion"
    static let timestampSignature = "io.cncf.notary.timestampSignature"
    static let signingAgent = "io.cncf.notary.signingAgent"
}

/// The signing schemes that are known ("Signing Scheme").
package enum NotaryScheme: String, Hashable, Sendable, CaseIterable {
    /// The holder of a certificate signs; only a timestamp proves when.
    case x509 = "notary.x509"
    /// A service signs in somebody's name, and is trusted for the time as well.
    case signingAuthority = "notary.x509.signingAuthority"

    /// The label of the time that the scheme asks for.
    var timeLabel: String {
        switch self {
        case .x509: NotaryLabel.signingTime
        case .signingAuthority: NotaryLabel.authenticSigningTime
        }
    }
}

/// The algorithms that the specification allows ("Signature Algorithm Requirements"), by their names in JOSE.
extension WebAlgorithm {
    /// An allowed algorithm by its name; nil for any other.
    package init?(notary name: String) {
        guard let known = Self(rawValue: name), known.coseNumber != nil else { return nil }
        self = known
    }

    /// The one that belongs to a kind of key; nil for a key that is not allowed ("Algorithm Selection").
    package init?(notary kind: PublicKeyKind) {
        switch kind {
        case .rsa(bits: 2048): self = .ps256
        case .rsa(bits: 3072): self = .ps384
        case .rsa(bits: 4096): self = .ps512
        case .ecdsaP256: self = .es256
        case .ecdsaP384: self = .es384
        case .ecdsaP521: self = .es512
        case .rsa, .ed25519: return nil
        }
    }

    /// Its number in COSE (RFC 9053 §2.1, RFC 8230 §2); nil for one that is not allowed.
    package var coseNumber: Int64? {
        switch self {
        case .ps256: -37
        case .ps384: -38
        case .ps512: -39
        case .es256: -7
        case .es384: -35
        case .es512: -36
        case .rs256, .rs384, .rs512, .edDSA: nil
        }
    }
}
