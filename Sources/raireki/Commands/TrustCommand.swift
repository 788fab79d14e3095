import ArgumentParser
internal import Cryptography
internal import Sigstore
internal import StrictJSON

/// The command `raireki trust`.
struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Look at trusted roots, make one, or bring one up to date from a stick.",
        discussion: """
            A trusted root names the logs and authorities that verification relies on. Three are built in; what is not \
            built in comes as a file, never from the network.

            EXAMPLES
              raireki trust list
              raireki trust show public-good
              raireki trust create --fulcio fulcio-root.pem --rekor rekor-pub.pem --ctfe ctfe-pub.pem \\
                -o trusted_root.json
              raireki trust update --from /media/usb/tuf -o trusted_root.json
            """,
        subcommands: [
            TrustListCommand.self, TrustShowCommand.self, TrustCreateCommand.self, TrustUpdateCommand.self,
        ]
    )
}

/// The command `raireki trust list`.
struct TrustListCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the built-in trusted roots with their logs, authorities and validity.",
        discussion: """
            EXAMPLES
              raireki trust list
              raireki trust list --format json | jq '.roots[].name'
            """
    )

    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let pages = try BuiltInTrust.allCases.map { TrustPage($0.rawValue, try $0.trustedRoot()) }
        switch formatOption.format {
        case .text: session.write(pages.map(\.summary).joined(separator: "\n"))
        case .json:
            let list: JSONValue = [
                "schema": "urn:raireki:trusted-roots:1", "roots": .array(pages.map { .object($0.members) }),
            ]
            session.write(list.pretty + "\n")
        }
        return .success
    }
}

/// The command `raireki trust show`.
struct TrustShowCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show every key and certificate of a trusted root.",
        discussion: """
            EXAMPLES
              raireki trust show public-good
              raireki trust show trusted_root.json --format json | jq '.certificateAuthorities[].uri'
            """
    )

    @Argument(
        help: ArgumentHelp("A file, or a built-in root: public-good, staging or github.", valueName: "name|file"),
        completion: .file(extensions: ["json"])
    )
    var root: String

    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let named = try TrustChoice.root(root)
        let page = TrustPage(named.name, named.root, digest: named.digest)
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
        return .success
    }
}
