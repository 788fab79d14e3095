/// One thing by which images are looked for.
package struct ImageCriterion: Hashable, Sendable {
    /// What the value is.
    package let kind: Kind
    /// The value, as it was asked for.
    package let value: String

    package init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// By what images can be looked for.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The name in a signing certificate.
        case identity
        /// Who vouches for that name, or the authority that issued the certificate.
        case issuer
        /// A key, by the SHA-256 of its SubjectPublicKeyInfo or the fingerprint of OpenPGP.
        case key
        /// A commit, or at least seven digits of one.
        case commit
        /// The number of a pipeline or run.
        case pipeline
        /// The number of a job.
        case job
        /// The number or name of a runner, or a class of them.
        case runner
        /// A person or account.
        case user
        /// The digest or diffID of a layer.
        case layer
        /// The digest of an image, or of anything that it is made of.
        case digest
    }
}
