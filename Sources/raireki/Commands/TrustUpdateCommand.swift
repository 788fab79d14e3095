import ArgumentParser
internal import Cryptography
internal import Sigstore
internal import StrictJSON
internal import TUF

/// The command `raireki trust update`.
struct TrustUpdateCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Verify a TUF repository in a folder and write the trusted root that it vouches for.",
        discussion: """
            The folder is a copy of an instance's TUF repository, for example from tuf-repo-cdn.sigstore.dev, carried \
            in on a stick: root, timestamp, snapshot and targets metadata, and targets/trusted_root.json. Every step \
            of the TUF specification is made, beginning with the root of Sigstore's public-good instance that is built \
            in, or with --root. Nothing is written unless all of it holds.

            Metadata expires, the timestamp after a few days. --at judges as of an earlier moment: say then why the \
            copy may be old. --seen remembers the versions in a file, and an older copy is refused the next time.

            EXAMPLES
              raireki trust update --from /media/usb/tuf -o trusted_root.json
              raireki trust update --from /media/usb/tuf --at 2026-08-25T00:00:00Z -o trusted_root.json
              raireki trust update --from /media/usb/tuf --root /media/usb/1.root.json --seen seen.json \\
                -o trusted_root.json
            """
    )

    @Option(help: ArgumentHelp("The folder with the repository.", valueName: "folder"), completion: .directory)
    var from: String

    @Option(
        help: ArgumentHelp("A root metadata file to start from, which you trust.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var root: String?

    @Option(help: ArgumentHelp("The time at which nothing may have expired (default: now).", valueName: "time"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "Where the versions of the last update are kept; nothing older is accepted.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var seen: String?

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write the trusted root.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if let at, Timestamp(rfc3339: at) == nil {
            throw ValidationError("Not a time like 2026-03-01T12:00:00Z: \(at)")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let limits = TUFLimits()
        let start = try root.map { path in
            try RootMetadata(
                trusting: try OutputFile.read(path, limit: limits.root),
                file: path,
                limits: limits
            )
        }
        let time = at.flatMap { Timestamp(rfc3339: $0) } ?? session.now()
        let client = TUFClient(
            RepositoryFolder(from),
            at: time,
            seen: try seen.flatMap { try TrustSeenFile.read($0) },
            limits: limits
        )
        let repository = try client.verify(from: try start ?? RootMetadata.publicGood())
        let target = try repository.target(.trustedRoot)
        do {
            _ = try TrustedRoot(parsing: target.bytes)
        } catch {
            throw TrustCreationError.targetIsNoTrustedRoot(file: target.file, reason: "\(error)")
        }
        try OutputFile.write(String(decoding: target.bytes, as: UTF8.self), to: output)
        if let seen { try OutputFile.write(TrustSeenFile.json(repository.versions).pretty + "\n", to: seen) }
        let page = TrustUpdatePage(repository.files + target.delegated, target.file, target.bytes, time)
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
        session.say("trusted root written to \(ErrorMessages.shown(output))")
        return .success
    }
}
