import ArgumentParser
internal import Cryptography
internal import Signing

extension ImageSigner.Storage: ExpressibleByArgument {}
extension TokenKind: ExpressibleByArgument {}

/// Who signs, with which proofs, and where signatures go.
struct SigningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sign with this private key: cosign's form, PKCS#8, SEC 1 or PKCS#1 in PEM.",
            valueName: "file"
        ),
        completion: .file()
    )
    var key: String?

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the key's password (default: $COSIGN_PASSWORD, else it is asked for).",
            valueName: "file"
        ),
        completion: .file()
    )
    var keyPasswordFile: String?

    @OptionGroup var authorityOptions: AuthorityOptions

    @Option(
        help: ArgumentHelp(
            """
            Sign for whom this token names, with a new key and a certificate of the authority: a file, or the token \
            itself (default: $SIGSTORE_ID_TOKEN).
            """,
            valueName: "file|jwt"
        ),
        completion: .file()
    )
    var identityToken: String?

    @Option(
        help: ArgumentHelp(
            "The keys of the token's issuer (JSON Web Key Set), unless the authority has them.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var issuerJWKS: String?

    @Option(help: ArgumentHelp("Who must have issued the token.", valueName: "url")) var oidcIssuer: String?

    @Option(help: ArgumentHelp("For whom the token must be.", valueName: "name")) var audience = "sigstore"

    @Option(
        help: ArgumentHelp(
            "What the token is of, where its claims do not tell: gitlab-ci, github-actions, email or uri.",
            valueName: "kind"
        )
    )
    var tokenKind: TokenKind?

    @Option(
        name: [.customLong("registry-referrers-mode"), .customLong("storage")],
        help: ArgumentHelp(
            """
            Where signatures go: bundle (as cosign 3), oci-1-1 (a simple signature that refers to the image, as GitLab's \
            tutorial) or legacy (under the name sha256-….sig).
            """,
            valueName: "mode"
        )
    )
    var storage: ImageSigner.Storage = .bundle

    /// Logs by their names on the command line.
    enum LogChoice: String, ExpressibleByArgument, CaseIterable {
        case rekorV1 = "rekor-v1"
        case rekorV2 = "rekor-v2"
        case none

        var plan: SigningPlan.Log {
            switch self {
            case .rekorV1: .first
            case .rekorV2: .second
            case .none: .none
            }
        }
    }

    @Option(help: ArgumentHelp("In which of the authority's logs a signature is entered.", valueName: "log"))
    var log: LogChoice = .rekorV1

    @Flag(inversion: .prefixedNo, help: "Let the authority stamp the time.") var timestamp = true

    func validateTogether() throws {
        if key == nil, authorityOptions.authority == nil {
            throw ValidationError("Say who signs: --key, or --authority with a token.")
        }
        if key != nil, identityToken != nil {
            throw ValidationError("Give --key or --identity-token, not both.")
        }
        if log == .rekorV2, storage != .bundle {
            throw ValidationError("Only a bundle can carry an entry of rekor-v2.")
        }
        if log != .rekorV1 && !timestamp && authorityOptions.authority != nil && key == nil {
            throw ValidationError("Nothing would prove when a certificate of ten minutes signed: leave --timestamp on.")
        }
    }

    /// Which proofs there can be.
    var plan: SigningPlan {
        guard authorityOptions.authority != nil else { return SigningPlan(log: .none, isStamped: false) }
        return SigningPlan(log: log.plan, isStamped: timestamp)
    }
}

/// Which authority on disk is used.
struct AuthorityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of a private authority, as raireki authority create makes it.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var authority: String?

    @Option(
        help: ArgumentHelp(
            """
            A file whose first line is the authority's password (default: $RAIREKI_AUTHORITY_PASSWORD, else it is asked \
            for).
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var authorityPasswordFile: String?

    /// Opens the authority that was named.
    func open(_ session: Session) throws -> StoredAuthority? {
        guard let authority else { return nil }
        let source = AuthorityPassword.source(authority, file: authorityPasswordFile)
        return try StoredAuthority(opening: authority, password: try source.read(session))
    }
}

/// Where an authority's password comes from.
enum AuthorityPassword {
    static func source(_ path: String, file: String?) -> PasswordSource {
        PasswordSource(
            purpose: "the authority \(ErrorMessages.shown(path))",
            file: file,
            variable: "RAIREKI_AUTHORITY_PASSWORD"
        )
    }
}
