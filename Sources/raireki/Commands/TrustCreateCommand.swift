import ArgumentParser
internal import Cryptography
internal import Sigstore

/// The command `raireki trust create`.
struct TrustCreateCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a trusted root from the PEM files of a self-managed instance.",
        discussion: """
            Reads what a self-managed GitLab with its own Sigstore hands out and writes trusted_root.json, version 0.1, \
            for --trusted-root. Whoever gives the files vouches for them: nothing in them proves where they are from.

            Each --fulcio and --tsa file holds one authority: its root, and the certificates below it in any order. A \
            Rekor key of Ed25519 is taken for a log of version 2, which is known by the host of --rekor-url.

            EXAMPLES
              raireki trust create --fulcio fulcio-root.pem --rekor rekor-pub.pem --ctfe ctfe-pub.pem \\
                --rekor-url https://rekor.example.com -o trusted_root.json
              raireki trust create --fulcio fulcio-root.pem --tsa tsa-chain.pem --start 2026-01-01T00:00:00Z \\
                -o trusted_root.json
            """
    )

    @Option(
        help: ArgumentHelp("Certificates of a certificate authority; may be repeated.", valueName: "file"),
        completion: .file()
    )
    var fulcio: [String] = []

    @Option(
        help: ArgumentHelp("The public key of a transparency log; may be repeated.", valueName: "file"),
        completion: .file()
    )
    var rekor: [String] = []

    @Option(
        help: ArgumentHelp("The public key of a certificate transparency log; may be repeated.", valueName: "file"),
        completion: .file()
    )
    var ctfe: [String] = []

    @Option(
        help: ArgumentHelp("The chain of a timestamp authority; may be repeated.", valueName: "file"),
        completion: .file()
    )
    var tsa: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Since when they may be relied on (RFC 3339). When not given: authorities from the start of their root's \
            validity, logs from 1970 on.
            """,
            valueName: "time"
        )
    )
    var start: String?

    @Option(help: ArgumentHelp("The certificate authority's address.", valueName: "url")) var fulcioURL = ""
    @Option(help: ArgumentHelp("The transparency log's address.", valueName: "url")) var rekorURL = ""
    @Option(help: ArgumentHelp("The certificate transparency log's address.", valueName: "url")) var ctfeURL = ""
    @Option(help: ArgumentHelp("The timestamp authority's address.", valueName: "url")) var tsaURL = ""

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write it.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if let start, Timestamp(rfc3339: start) == nil {
            throw ValidationError("Not a time like 2026-03-01T12:00:00Z: \(start)")
        }
        if fulcio.isEmpty, rekor.isEmpty, ctfe.isEmpty, tsa.isEmpty {
            throw ValidationError("Give at least one of --fulcio, --rekor, --ctfe and --tsa.")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let stated = start.flatMap { Timestamp(rfc3339: $0) }
        let logsStart = stated ?? Timestamp(seconds: 0)
        let root = TrustedRoot(
            transparencyLogs: try rekor.map { path in
                let key = try TrustChoice.publicKey(path)
                return try Self.naming(path) { () throws(TrustAssemblyError) in
                    try LogInstance(rekor: rekorURL, key: key, start: logsStart)
                }
            },
            certificateAuthorities: try fulcio.map { try Self.authority($0, fulcioURL, stated) },
            certificateLogs: try ctfe.map { path in
                LogInstance(baseURL: ctfeURL, keyed: try TrustChoice.publicKey(path), start: logsStart)
            },
            timestampAuthorities: try tsa.map { try Self.authority($0, tsaURL, stated) }
        )
        let bytes = try root.json()
        try OutputFile.write(String(decoding: bytes, as: UTF8.self), to: output)
        session.write(TrustPage(output, root, digest: Digest(hashing: bytes)).text)
        session.say("trusted root written to \(ErrorMessages.shown(output))")
        return .success
    }

    private static func authority(_ path: String, _ uri: String, _ start: Timestamp?) throws -> CertificateAuthority {
        let certificates = try TrustChoice.certificates(path)
        return try naming(path) { () throws(TrustAssemblyError) in
            try CertificateAuthority(uri: uri, assembling: certificates, start: start)
        }
    }

    private static func naming<Part>(_ path: String, _ body: () throws(TrustAssemblyError) -> Part) throws -> Part {
        do {
            return try body()
        } catch {
            throw TrustCreationError.unfit(path: path, reason: error)
        }
    }
}

/// Why no trusted root was made.
enum TrustCreationError: Error, Equatable {
    /// The content of a file that an option names.
    case unfit(path: String, reason: TrustAssemblyError)
    /// The target that a repository vouches for is not a trusted root.
    case targetIsNoTrustedRoot(file: String, reason: String)
    /// The file that remembers versions.
    case notSeenVersions(path: String)
}
