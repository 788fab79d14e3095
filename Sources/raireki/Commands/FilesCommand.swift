import ArgumentParser
internal import CaseIndex
internal import Filesystem
internal import StrictJSON

/// The command `raireki files`.
struct FilesCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "List the files of an image: what is visible, what each layer holds, or what was deleted.",
        discussion: """
            Shows mode, owner, size, time of change, path and link target, as ls -l does. Without --layers or \
            --deleted these are the files that a container of the image sees, all layers on top of each other; -> \
            marks a symbolic link and = a hard link, and [cap_net_raw=ep] before a path are a file's capabilities as \
            getcap shows them.

            In patterns * stands for any characters within one name, and ** for any number of folders (at the end for \
            at least one name). A pattern must fit the whole path: etc/*.conf, usr/**, **/*.pem. A / at the beginning \
            may be left out. A path that is not UTF-8 is written as it is shown: \
            caf\\xe9.txt, and \\\\ for a backslash.

            An index is listed platform by platform, unless --platform names one. Exit status 1 says that the files \
            of some layer are not all known.

            EXAMPLES
              raireki files app:1.0
              raireki files app:1.0 'etc/**' --digest
              raireki files app:1.0 --deleted
              raireki files app:1.0 --layers --platform linux/arm64
              raireki files app:1.0 --format json | jq -r '.images[].files[].path'
            """
    )

    @Argument(help: "The image: a digest, at least 7 digits of one, or a name.", completion: .imageNames)
    var image: String

    @Argument(help: "Only files whose whole path matches this pattern.")
    var glob: PathPattern?

    @Flag(help: "Each layer's own members in their order, whiteouts marked.")
    var layers = false

    @Flag(help: "Only what later layers deleted, overwrote or hid.")
    var deleted = false

    @Flag(help: "Show the SHA-256 of each file.")
    var digest = false

    @OptionGroup var platformOption: PlatformOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard !(layers && deleted) else { throw ValidationError("Give --layers or --deleted, not both.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let selection: FilesPage.Selection = layers ? .layers : deleted ? .lost : .visible
        var page = FilesPage(session, formatOption.format, selection, glob, showsDigest: digest)
        try caseOption.withCaseToRead(session) { caseFile in
            let image = try ImageName.resolve([image], in: caseFile, session)
            try caseFile.read { reader in
                let manifests = try image.flatMap { try platformOption.manifests(of: $0, reader) }
                try page.write(manifests, reader)
            }
        }
        for note in page.notes { session.say("note: \(note)") }
        for gap in page.gaps { session.say("incomplete: \(gap)") }
        if page.count == 0 { session.say("no files" + (glob == nil ? "" : " that match")) }
        return page.gaps.isEmpty ? .success : .finding
    }
}
