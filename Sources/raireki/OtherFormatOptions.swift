import ArgumentParser
internal import Notary

/// Whom signatures of the Notary Project and OpenPGP signatures may come from.
struct OtherFormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Certificates that signatures of the Notary Project may lead to: a folder as notation keeps it (ca, \
            signingAuthority and tsa below x509), a folder of certificates, or a PEM file of authorities.
            """,
            valueName: "folder|file"
        ),
        completion: .file()
    )
    var notaryTrustStore: String?

    @Option(
        name: .customLong("notary-identity"),
        help: ArgumentHelp(
            """
            Who must have signed: "x509.subject: C=…, ST=…, O=…" with at least these attributes of the certificate's \
            subject, or * for anybody whom the trust store vouches for; may be repeated, and one must be met.
            """,
            valueName: "identity"
        )
    )
    var notaryIdentities: [String] = []

    @Option(
        name: .customLong("openpgp-keyring"),
        help: ArgumentHelp(
            """
            Public keys whose OpenPGP signatures are expected, armored or binary; GnuPG's gpgv verifies them where it \
            is on the machine.
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var openPGPKeyring: String?

    /// Whether nobody in particular is expected.
    var isEmpty: Bool { notaryIdentities.isEmpty && openPGPKeyring == nil }

    /// Refuses what cannot be meant.
    func validateTogether() throws {
        if !notaryIdentities.isEmpty, notaryTrustStore == nil {
            throw ValidationError("Give --notary-trust-store with --notary-identity.")
        }
        for text in notaryIdentities where NotaryIdentity(text) == nil {
            throw ValidationError(
                """
                Not an identity like "x509.subject: C=US, ST=WA, O=example": C, ST and O are needed, each once: \(text)
                """
            )
        }
    }

    /// The signers who are expected.
    var identities: [NotaryIdentity] {
        notaryIdentities.compactMap { NotaryIdentity($0) }
    }
}
