import ArgumentParser
internal import Cryptography
internal import Signing
internal import StrictJSON

/// The command `raireki authority` and what is below it.
struct AuthorityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "A private trust domain on disk, for signing without a network.",
        discussion: """
            An authority is what Fulcio, a certificate log, Rekor and a timestamp authority are together. Whoever has \
            its folder and its password can sign for anybody it certifies: keep both as you keep a signing key.
            """,
        subcommands: [
            AuthorityCreateCommand.self, AuthorityShowCommand.self, AuthorityTrustedRootCommand.self,
            AuthorityLogCommand.self,
        ]
    )
}

/// The command `raireki authority create`.
struct AuthorityCreateCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a certificate authority, logs and a timestamp authority in a folder.",
        discussion: """
            Writes the keys, sealed with a password; the certificates and public keys, as a self-managed Sigstore hands \
            them out; trusted_root.json, by which cosign and raireki verify; and empty logs. The keys of the roots lie \
            in roots.sealed: signing does not need them, so take that file elsewhere.

            With --issuer the authority takes tokens of these issuers only, and keeps their keys when --issuer-jwks \
            gives them.

            EXAMPLES
              raireki authority create ca
              raireki authority create --organization Acme --domain sigstore.acme.example \\
                --issuer https://gitlab.acme.example --issuer-jwks gitlab-jwks.json --token-kind gitlab-ci ca
            """
    )

    @Option(help: ArgumentHelp("The organisation that the certificates name.", valueName: "name"))
    var organization = "Raireki"

    @Option(help: ArgumentHelp("Under which the services are named; nothing is fetched.", valueName: "domain"))
    var domain = "sigstore.invalid"

    @Option(help: ArgumentHelp("An issuer of tokens, as their iss has it; may be repeated.", valueName: "url"))
    var issuer: [String] = []

    @Option(
        help: ArgumentHelp("That issuer's keys (JSON Web Key Set); one for each --issuer.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var issuerJWKS: [String] = []

    @Option(
        help: ArgumentHelp(
            "What the issuers' tokens are of: gitlab-ci, github-actions, email or uri.",
            valueName: "kind"
        )
    )
    var tokenKind: TokenKind = .gitLab

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the password (default: $RAIREKI_AUTHORITY_PASSWORD, else it is asked for).",
            valueName: "file"
        ),
        completion: .file()
    )
    var passwordFile: String?

    @Argument(help: ArgumentHelp("The folder to make.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if !issuerJWKS.isEmpty, issuerJWKS.count != issuer.count {
            throw ValidationError("Give one --issuer-jwks for each --issuer, in the same order, or none.")
        }
        if organization.isEmpty || organization.utf8.count > 64 {
            throw ValidationError("An organisation's name has 1 to 64 bytes.")
        }
        let isName =
            !domain.isEmpty
            && domain.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
            }
        if !isName { throw ValidationError("Not a domain in lower case: \(domain)") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        var description = AuthorityDescription(
            organization: organization,
            domain: domain,
            start: session.now(),
            treeID: UInt64.random(in: 1 << 60 ... .max >> 1)
        )
        for (place, url) in issuer.enumerated() {
            let keys = try issuerJWKS.isEmpty ? nil : self.keys(issuerJWKS[place])
            description.issuers.append(.init(url: url, kind: tokenKind, keys: keys))
        }
        let password = try AuthorityPassword.source(folder, file: passwordFile).read(session, isNew: true)
        try StoredAuthority.create(folder, description, password: password)
        session.say("the authority is in: \(ErrorMessages.shown(folder))")
        session.say("hint: verifiers take \(ErrorMessages.shown(folder))/trusted_root.json with --trusted-root")
        return .success
    }

    private func keys(_ path: String) throws -> JSONValue {
        guard let json = try? JSONValue(parsing: try OutputFile.read(path, limit: 1 << 20))
        else { throw IdentityTokenError.malformedKeys("not JSON") }
        _ = try WebKeySet(json)
        return json
    }
}

/// The command `raireki authority show`.
struct AuthorityShowCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Say what an authority is, and how many entries its logs have.",
        discussion: """
            EXAMPLES
              raireki authority show ca
              raireki authority show --format json ca
            """
    )

    @OptionGroup var formatOption: FormatOption

    @Argument(help: ArgumentHelp("The authority's folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let page = try AuthorityPage(try AuthorityReading(opening: folder))
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
        return .success
    }
}

/// The command `raireki authority trusted-root`.
struct AuthorityTrustedRootCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "trusted-root",
        abstract: "Print the trusted root by which an authority's signatures are verified.",
        discussion: """
            EXAMPLES
              raireki authority trusted-root ca > trusted_root.json
            """
    )

    @Argument(help: ArgumentHelp("The authority's folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        session.write(String(decoding: try AuthorityReading(opening: folder).trustedRoot, as: UTF8.self))
        return .success
    }
}

/// The command `raireki authority log`.
struct AuthorityLogCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "List what an authority logged, and audit it against its checkpoint.",
        discussion: """
            Reads every entry, computes the tree's root anew and compares it with the signed checkpoint: exit status 1 \
            when they differ. Needs no password.

            EXAMPLES
              raireki authority log ca
              raireki authority log --log rekor-v2 --format json ca
            """
    )

    @Option(help: ArgumentHelp("Which log: rekor-v1 or rekor-v2.", valueName: "log"))
    var log: SigningOptions.LogChoice = .rekorV1

    @OptionGroup var formatOption: FormatOption

    @Argument(help: ArgumentHelp("The authority's folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if log == .none { throw ValidationError("Name a log: rekor-v1 or rekor-v2.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let reading = try AuthorityReading(opening: folder)
        let page: LogPage
        do {
            page = LogPage(try reading.audit(log == .rekorV2 ? .second : .first))
        } catch let error as AuthorityError {
            session.say(error)
            return .finding
        }
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
        return .success
    }
}
