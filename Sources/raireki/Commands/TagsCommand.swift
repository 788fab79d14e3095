import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki tags`.
struct TagsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Show what each name stood for, and when it moved.",
        discussion: """
            Joins what every import of evidence names so, what a registry's storage kept of its tags \
            (_manifests/tags/TAG/index holds every digest that a tag ever named), and what a registry's service \
            listed. A registry's storage keeps no times: not before is when the image was signed, or says that it was \
            built, with what that rests on. Import the same registry again and again to see when its tags move.

            Tags under which signatures are stored (sha256-DIGEST.sig) are shown when they moved, or when they are named.
            A tag without a repository is never said to have moved: two layouts may both have 1.0.

            Exit status 1 says that a name moved.

            EXAMPLES
              raireki tags
              raireki tags acme/payments:latest
              raireki tags acme/payments --moved --format json
            """
    )

    @Argument(
        help: "A name, its last part, or a repository for all its tags; every name without it.",
        completion: .imageNames
    )
    var name: String?

    @Flag(help: "Only names that stood for several digests.")
    var moved = false

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCaseToRead(session) { caseFile in
            try caseFile.read { reader in
                let found = try TagHistory.histories(reader, matching: name)
                if let name, found.isEmpty { throw ImageNameError.unknown(name) }
                // The tags under which signatures are stored say nothing while they stay.
                let shown = found.filter { $0.hasMoved || !moved && (name != nil || !$0.isSignatureTag) }
                switch formatOption.format {
                case .text: session.write(TagText.page(shown, session.style))
                case .json: session.write(TagText.document(shown).pretty + "\n")
                }
                let count = shown.count { $0.hasMoved }
                if count > 0 { session.say("\(counted(count, "name")) moved") }
                return try IncompleteImport(reader).status(session, otherwise: count > 0 ? .finding : .success)
            }
        }
    }
}
