public import Cryptography

/// What is asked of a signature beyond that it holds.
public struct VerificationPolicy: Sendable {
    /// Keys that may sign; for signatures that name no certificate.
    public var keys: [ManagedKey] = []
    /// Who must have signed; nil when nobody in particular is expected.
    public var identity: IdentityExpectation?
    /// In how many distinct logs the signature must be.
    public var logThreshold = 1
    /// How many distinct certificate transparency logs must vouch for the certificate.
    public var certificateLogThreshold = 1
    /// How many distinct timestamp authorities must have stamped the signature.
    public var timestampThreshold = 0
    /// Witnesses of transparency logs that are known.
    public var witnesses: [Witness] = []
    /// How many of them must have cosigned the checkpoint under which the signature is proven.
    public var witnessThreshold = 0
    /// The moment as of which is judged: entries and timestamps after it do not count.
    ///
    /// Nil for no such moment.
    public var referenceTime: Timestamp?
    /// What a certificate must look like.
    public var certificateForm = CertificateForm.fulcio
    /// A time that is taken for that of signing where no log and no timestamp authority vouches for one.
    ///
    /// Nobody signs it: a certificate that was stolen after it expired would pass.
    public var unsafeStatedTime: Timestamp?

    /// A policy that asks for one log and one certificate log, and expects nobody in particular.
    public init() {}
}

/// What a signing certificate must look like.
public enum CertificateForm: Hashable, Sendable {
    /// As Fulcio makes them: for signing code by name, with exactly one subject alternative name.
    case fulcio
    /// As private authorities make them: without extended key usages any use is meant (RFC 5280 §4.2.1.12), and there
    /// may be no alternative name, or several.
    case privateAuthority
}

/// A key that is known to the verifier, with the time in which it may sign.
public struct ManagedKey: Hashable, Sendable {
    /// The key.
    public let publicKey: PublicKey
    /// When it may sign; nil for ever.
    public let validity: ValidityPeriod?

    /// A key from its parts.
    public init(publicKey: PublicKey, validity: ValidityPeriod? = nil) {
        self.publicKey = publicKey
        self.validity = validity
    }
}

/// Who is expected to have signed.
public struct IdentityExpectation: Sendable {
    /// Which subject alternative names are right.
    public var name: TextExpectation
    /// Which issuers are right.
    public var issuer: TextExpectation
    /// The value that each of these extensions must have.
    public var extensions: [FulcioExtension: String]

    /// An expectation from its parts.
    public init(name: TextExpectation, issuer: TextExpectation, extensions: [FulcioExtension: String] = [:]) {
        self.name = name
        self.issuer = issuer
        self.extensions = extensions
    }
}

/// A text that is expected, compared as bytes.
public enum TextExpectation: Sendable {
    /// Exactly this.
    case exactly(String)
    /// Whatever the function accepts; the description says what that is, for messages.
    case matching(description: String, @Sendable (String) -> Bool)
    /// Anything; only where the caller says so explicitly.
    case anything

    /// Whether the text is as expected.
    public func accepts(_ text: String) -> Bool {
        switch self {
        case .exactly(let expected): text.hasSameBytes(as: expected)
        case .matching(_, let matches): matches(text)
        case .anything: true
        }
    }

    /// What is expected, for messages.
    public var description: String {
        switch self {
        case .exactly(let expected): "\"\(expected)\""
        case .matching(let description, _): description
        case .anything: "anything"
        }
    }
}
