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
            "A trusted root (trusted_root.json) instead of the built-in one of Sigstore's public-good instance.",
            valueName: "file"
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

    /// Refuses what cannot be meant.
    func validateTogether() throws {
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
