import ArgumentParser

/// The command `raireki import`.
struct ImportCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read image layouts with their signatures into the case.",
        discussion: """
            Reads OCI image layouts as folders or as tar, tar.gz and tar.zst archives, whoever wrote them. Every blob \
            is hashed and compared with the descriptors that name it; signatures and attestations are found wherever \
            they are stored, even in blobs that no index lists. Evidence is only read, never changed. Importing the \
            same evidence twice changes nothing.

            EXAMPLES
              raireki import layout/
              raireki import /media/usb/*.tar --case incident-42.raireki
              RAIREKI_CASE=incident-42.raireki raireki import saved.tar.gz
            """
    )

    @Argument(help: "Layouts: folders, or tar archives, compressed or not.", completion: .file())
    var paths: [String]

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("import", session)
        return try caseOption.withNewCase(session) { caseFile in
            try ImportRun(caseFile: caseFile, session: session, format: formatOption.format).run(paths, custody)
        }
    }
}
