import ArgumentParser
internal import Cryptography

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

    /// Refuses what cannot be meant.
    func validateTogether() throws {
        if certificateChain != nil, caRoots != nil || caIntermediates != nil {
            throw ValidationError("Give --certificate-chain, or --ca-roots with --ca-intermediates, not both.")
        }
        if caIntermediates != nil, caRoots == nil {
            throw ValidationError("Give --ca-roots with --ca-intermediates.")
        }
        guard let at else { return }
        guard Timestamp(rfc3339: at) != nil else {
            throw ValidationError("Not a time like 2026-03-01T12:00:00Z: \(at)")
        }
    }

    /// The time, when one was given.
    var time: Timestamp? {
        at.flatMap { Timestamp(rfc3339: $0) }
    }
}
