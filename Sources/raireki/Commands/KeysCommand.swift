import ArgumentParser
internal import Cryptography
internal import Signing

/// The command `raireki keys` and what is below it.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make and convert the keys that sign.",
        discussion: """
            Keys are kept in cosign's form: sealed with a password, which COSIGN_PASSWORD holds, or a file, or which is \
            asked for. cosign signs with them, and raireki signs with cosign's.
            """,
        subcommands: [KeysGenerateCommand.self, KeysImportCommand.self, KeysPublicCommand.self]
    )
}

/// Where a key's password comes from.
struct KeyPasswordOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file whose first line is the password (default: $COSIGN_PASSWORD, else it is asked for).",
            valueName: "file"
        ),
        completion: .file()
    )
    var passwordFile: String?
}

/// Where a key's password comes from, and where the key goes.
struct KeyOutputOptions: ParsableArguments {
    @Flag(help: "Replace files that are there.") var force = false

    @OptionGroup var passwordOption: KeyPasswordOption

    /// Writes both halves of a key: `prefix.key` for its owner alone, `prefix.pub` for everybody.
    func write(_ key: SigningKey, prefix: String, _ session: Session) throws {
        let (secret, open) = ("\(prefix).key", "\(prefix).pub")
        for path in [secret, open] where OutputFile.exists(path) && !force {
            throw SigningCommandError.alreadyThere(path: path)
        }
        let source = PasswordSource(
            purpose: "the new private key",
            file: passwordOption.passwordFile,
            variable: "COSIGN_PASSWORD"
        )
        let sealed = try KeyFile.seal(key, password: try source.read(session, isNew: true))
        try KeyFiles.write(sealed, to: secret, mode: 0o600, replacing: force)
        try KeyFiles.write(key.publicKeyPEM, to: open, mode: 0o644, replacing: force)
        session.say("private key: \(ErrorMessages.shown(secret))")
        session.say("public key:  \(ErrorMessages.shown(open))")
    }
}

/// The command `raireki keys generate`.
struct KeysGenerateCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make a new key pair.",
        discussion: """
            Writes PREFIX.key, sealed with a password and readable by you alone, and PREFIX.pub.

            EXAMPLES
              raireki keys generate
              COSIGN_PASSWORD=… raireki keys generate --type ecdsa-p384 release
            """
    )

    /// The kinds of keys by the names that people type.
    enum KeyType: String, ExpressibleByArgument, CaseIterable {
        case ecdsaP256 = "ecdsa-p256"
        case ecdsaP384 = "ecdsa-p384"
        case ecdsaP521 = "ecdsa-p521"
        case rsa2048 = "rsa-2048"
        case rsa3072 = "rsa-3072"
        case rsa4096 = "rsa-4096"
        case ed25519

        var kind: SigningKey.Kind {
            switch self {
            case .ecdsaP256: .p256
            case .ecdsaP384: .p384
            case .ecdsaP521: .p521
            case .rsa2048: .rsa(bits: 2048)
            case .rsa3072: .rsa(bits: 3072)
            case .rsa4096: .rsa(bits: 4096)
            case .ed25519: .ed25519
            }
        }
    }

    @Option(help: "What kind of key.") var type: KeyType = .ecdsaP256

    @OptionGroup var outputOptions: KeyOutputOptions

    @Argument(help: ArgumentHelp("How the two files begin.", valueName: "prefix")) var prefix = "cosign"

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        try outputOptions.write(try SigningKey(generating: type.kind), prefix: prefix, session)
        return .success
    }
}

/// The command `raireki keys import`.
struct KeysImportCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring a private key of another program into cosign's form.",
        discussion: """
            Reads PKCS#8 (with or without a password), SEC 1 and PKCS#1 in PEM, as OpenSSL writes them, and cosign's own \
            form. The password of the old file comes from --old-password-file, that of the new one as in generate.

            EXAMPLES
              raireki keys import server.pem release
              raireki keys import --old-password-file old.txt --password-file new.txt sealed.pem release
            """
    )

    @Option(
        help: ArgumentHelp("A file whose first line is the password of the key that is read.", valueName: "file"),
        completion: .file()
    )
    var oldPasswordFile: String?

    @OptionGroup var outputOptions: KeyOutputOptions

    @Argument(help: ArgumentHelp("The private key.", valueName: "file"), completion: .file()) var file: String

    @Argument(help: ArgumentHelp("How the two new files begin.", valueName: "prefix")) var prefix = "import-cosign"

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let key = try KeyFiles.read(file, passwordFile: oldPasswordFile, session)
        try outputOptions.write(key, prefix: prefix, session)
        return .success
    }
}

/// The command `raireki keys public`.
struct KeysPublicCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "public",
        abstract: "Print the public half of a private key.",
        discussion: """
            EXAMPLES
              raireki keys public cosign.key > cosign.pub
            """
    )

    @OptionGroup var passwordOption: KeyPasswordOption

    @Argument(help: ArgumentHelp("The private key.", valueName: "file"), completion: .file()) var file: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        session.write(try KeyFiles.read(file, passwordFile: passwordOption.passwordFile, session).publicKeyPEM)
        return .success
    }
}
