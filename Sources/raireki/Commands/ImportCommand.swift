import ArgumentParser
internal import Evidence

/// The command `raireki import`.
struct ImportCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read evidence into the case: images with their signatures, wherever they are kept.",
        discussion: """
            Finds out what each path is, by what lies in it:

              image layouts          folders, tar, tar.gz and tar.zst, whoever wrote them
              docker save archives   of any version, kaniko's too; the configuration stands for the image
              dir: copies            of containers/image, with their signature files
              a registry's storage   on disk or GitLab's backup of it, with what tags named before
              containerd's store     a pile of blobs, in which manifests are found
              Git repositories       bare, working trees, partial clones, bundles; their configuration is not read
              CI records             GitLab's project exports, pipelines and jobs of GitLab's and GitHub's REST interface
              loose documents        bundles, envelopes, statements, what cosign download prints, PEP 740
                                     attestations, log entries of Rekor's API, GitLab Runner's metadata
              folders and archives   each piece becomes a source of its own, archives in them are opened
                of all these

            Every blob is hashed and compared with the descriptors that name it, and every file of every layer is noted \
            with its digest, deleted ones too; signatures and attestations are found wherever they are stored, even in \
            blobs that no index lists. Evidence is only read, never changed. \
            Importing the same evidence twice changes nothing.

            EXAMPLES
              raireki import layout/
              raireki import /media/usb --case incident-42.raireki
              docker save app:1.0 | raireki import -
              raireki import app.git pipelines.json jobs.json
              raireki import export.tar.gz --server gitlab.example.com --project-path group/app
              RAIREKI_CASE=incident-42.raireki raireki import registry.tar.gz notes/*.sigstore.json
            """
    )

    @Argument(help: "Evidence: folders or files; - for a tar archive on standard input.", completion: .file())
    var paths: [String]

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Whether every file of every layer goes into the case.",
            discussion: """
                Without, import is faster and the case smaller, but files, find file, diff and extract know nothing.
                """
        )
    )
    var files = true
    @Option(
        help: ArgumentHelp(
            "The host of the service that CI records were exported from, where they do not say it.",
            valueName: "host"
        )
    )
    var server: String?

    @Option(
        help: ArgumentHelp(
            "The path of the project that CI records are of, where they do not say it: exports never do.",
            valueName: "path"
        )
    )
    var projectPath: String?

    @OptionGroup var limitOption: LimitOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("import", session)
        return try caseOption.withNewCase(session) { caseFile in
            var run = ImportRun(caseFile: caseFile, session: session, format: formatOption.format)
            run.limits = limitOption.limits
            run.limits.listsFiles = files
            run.origin = EvidenceOrigin(server: server, projectPath: projectPath)
            return try run.run(paths, custody)
        }
    }
}
