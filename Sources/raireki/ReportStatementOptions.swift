import ArgumentParser
internal import Attestation
internal import Cryptography
internal import Signing
internal import StrictJSON

/// What a report in the form of a statement says beside the verdicts, and who signs it.
struct ReportStatementOptions: ParsableArguments {
    @OptionGroup var details: VerifierOptions

    @Option(
        help: ArgumentHelp(
            "Sign each statement with this private key (cosign's, PKCS #8, SEC 1 or PKCS #1) into a DSSE envelope.",
            valueName: "file"
        ),
        completion: .file()
    )
    var signKey: String?

    @Option(
        help: ArgumentHelp("A file with the key's password (default: $COSIGN_PASSWORD).", valueName: "file"),
        completion: .file()
    )
    var passwordFile: String?

    func validate(for format: ReportFormat?) throws {
        let isStatement = format == .vsa || format == .svr
        if isStatement, details.verifierID == nil { throw ValidationError("Say who verified: --verifier-id.") }
        let isGiven = details.isGiven || signKey != nil || passwordFile != nil
        if !isStatement, isGiven { throw ValidationError("These options belong to --format vsa and --format svr.") }
        if passwordFile != nil, signKey == nil { throw ValidationError("Give the key (--sign-key) of the password.") }
    }

    /// The key that signs, when one was given.
    func key(_ session: Session) throws -> SigningKey? {
        try signKey.map { try KeyFiles.read($0, passwordFile: passwordFile, session) }
    }

    /// A statement on a line of its own, signed when there is a key.
    static func line(_ statement: StatementDraft, key: SigningKey?) throws -> String {
        guard let key else { return String(decoding: statement.bytes, as: UTF8.self) + "\n" }
        return String(decoding: try Envelope(signing: statement.bytes, with: key).stored, as: UTF8.self) + "\n"
    }
}
