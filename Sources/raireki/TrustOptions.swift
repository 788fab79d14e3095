import ArgumentParser
internal import Cryptography
internal import Sigstore
internal import Verification

/// Which keys, roots and time verification relies on.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A public key in PEM, for signatures that name no certificate.", valueName: "file"),
        completion: .file()
    )
    var key: String?

    @Option(
        help: ArgumentHelp(
            """
            A trusted root (trusted_root.json), or one that is built in: public-good (the default), staging or github.
            """,
            valueName: "file|name"
        ),
        completion: .file(extensions: ["json"])
    )
    var trustedRoot: String?

    @Option(
        help: ArgumentHelp(
            "Judge as of this time (RFC 3339): log entries and timestamps after it do not count.",
            valueName: "time"
        )
    )
    var at: String?

    @Option(
        help: ArgumentHelp(
            "Root certificates in PEM of a private authority; instead of those of the trusted root.",
            valueName: "file"
        ),
        completion: .file()
    )
    var caRoots: String?

    @Option(
        help: ArgumentHelp("Intermediate certificates in PEM, with --ca-roots.", valueName: "file"),
        completion: .file()
    )
    var caIntermediates: String?

    @Option(
        help: ArgumentHelp(
            "A private authority's whole chain in PEM, the root last; instead of --ca-roots.",
            valueName: "file"
        ),
        completion: .file()
    )
    var certificateChain: String?

    @Flag(
        help: """
            Ask for no transparency log. Without another proven time a certificate is then judged at --at, or now.
            """
    )
    var insecureIgnoreTlog = false

    @Flag(help: "Ask for no certificate transparency log.")
    var insecureIgnoreSct = false

    @Flag(help: "Ask for a signed timestamp by an authority of the trusted root.")
    var useSignedTimestamps = false

    @Option(
        help: ArgumentHelp(
            "Keys of witnesses of transparency logs, one name+id+key a line (C2SP signed-note).",
            valueName: "file"
        ),
        completion: .file()
    )
    var witnessKeys: String?

    @Option(help: ArgumentHelp("How many of these witnesses must have cosigned the log.", valueName: "number"))
    var witnesses = 0

    @Option(help: ArgumentHelp("The first moment at which --key may have signed (RFC 3339).", valueName: "time"))
    var keyValidFrom: String?

    @Option(help: ArgumentHelp("The last moment at which --key may have signed (RFC 3339).", valueName: "time"))
    var keyValidUntil: String?

    /// Refuses what cannot be meant.
    func validateTogether() throws {
        if certificateChain != nil, caRoots != nil || caIntermediates != nil {
            throw ValidationError("Give --certificate-chain, or --ca-roots with --ca-intermediates, not both.")
        }
        if caIntermediates != nil, caRoots == nil {
            throw ValidationError("Give --ca-roots with --ca-intermediates.")
        }
        if witnesses < 0 || (witnesses > 0 && witnessKeys == nil) {
            throw ValidationError("Give --witness-keys with the number of --witnesses.")
        }
        if key == nil, keyValidFrom != nil || keyValidUntil != nil {
            throw ValidationError("Give --key with --key-valid-from and --key-valid-until.")
        }
        for text in [at, keyValidFrom, keyValidUntil].compactMap(\.self) where Timestamp(rfc3339: text) == nil {
            throw ValidationError("Not a time like 2026-03-01T12:00:00Z: \(text)")
        }
    }

    /// The time, when one was given.
    var time: Timestamp? {
        at.flatMap { Timestamp(rfc3339: $0) }
    }

    /// What is chosen.
    var choice: TrustChoice {
        var choice = TrustChoice(key: key, trustedRoot: trustedRoot, time: time)
        (choice.caRoots, choice.caIntermediates, choice.certificateChain) = (caRoots, caIntermediates, certificateChain)
        choice.insecureIgnoreTlog = insecureIgnoreTlog
        choice.insecureIgnoreSct = insecureIgnoreSct
        choice.useSignedTimestamps = useSignedTimestamps
        (choice.witnessKeys, choice.witnesses) = (witnessKeys, witnesses)
        let ends = [keyValidFrom, keyValidUntil].map { $0.flatMap { Timestamp(rfc3339: $0) } }
        if ends != [nil, nil] { choice.keyValidity = ValidityPeriod(start: ends[0], end: ends[1]) }
        return choice
    }

    /// What the options name, read from its files or built in; see ``TrustChoice/material(_:)``.
    func material(_ session: Session) throws -> TrustMaterial {
        try choice.material(session)
    }
}
