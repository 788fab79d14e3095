import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Filesystem

/// The command `raireki diff`.
struct DiffCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two images: files, configuration, history, layers, and who built and signed them.",
        discussion: """
            + is what only the second image has, - what only the first has, and ~ what differs. Of files kind, mode, \
            owner, content, link target and extended attributes are compared, not times. New executables and \
            libraries are marked, told by mode and name, and files that gain set-user-ID or set-group-ID.

            Provenance is what trace tells: signer, workflow, runner, trigger, commit and the rest, each with its \
            basis. Run verify first, so that signers can be compared.

            Exit status 0 says that the images are the same, 1 that they differ or could not be compared in full, as \
            diff does; 2 is trouble.

            EXAMPLES
              raireki diff app:1.0 app:1.1
              raireki diff app:1.0 app:1.1 --only provenance --only configuration
              raireki diff app:1.0 app:1.1 --platform linux/amd64 --format json
            """
    )

    @Argument(help: "The first image: a digest, at least 7 digits of one, or a name.", completion: .imageNames)
    var first: String

    @Argument(help: "The second image.", completion: .imageNames)
    var second: String

    @Option(help: "Only this part; may be given several times.")
    var only: [DiffSection] = []

    @OptionGroup var platformOption: PlatformOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let sections = Set(only.isEmpty ? DiffSection.allCases : only)
        return try caseOption.withCaseToRead(session) { caseFile in
            let images = try [first, second].map { try ImageName.resolve([$0], in: caseFile, session)[0] }
            return try caseFile.read { reader in
                var page = DiffPage(session, formatOption.format, sections)
                let stacks = try images.map {
                    try ImageStack(of: try platformOption.manifest(of: $0, reader).digest, in: reader)
                }
                let settings = try zip(images, stacks).map {
                    try ImageSettings($1, try Trace(of: $0, in: reader), reader)
                }
                let names = try images.map { ($0, try reader.imageEntry($0).names) }
                page.write(settings[0], settings[1], names)
                var gaps: [String] = []
                if sections.contains(.files) {
                    gaps = stacks.flatMap(\.gaps)
                    let views = try stacks.map { try MergedView($0, in: reader) }
                    try FileChange.forEach(views[0], views[1], reader) { page.write($0) }
                }
                page.finish()
                for gap in gaps { session.say("incomplete: \(gap)") }
                session.say(page.count == 0 ? "no differences" : counted(page.count, "difference"))
                return page.count == 0 && gaps.isEmpty ? .success : .finding
            }
        }
    }
}

extension DiffSection: ExpressibleByArgument {}
