import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Foundation
internal import StrictJSON

/// The command `raireki secrets`.
struct SecretsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets",
        abstract: "Look for keys, tokens and passwords in images, in deleted files too.",
        discussion: """
            Reads every layer from the evidence again and looks through the content of every file, whether later \
            layers delete it or not, and through environment, labels, commands and history of the configurations. \
            Only patterns with few false alarms are known; --rules lists them. What says that it is an example, such \
            as AWS's AKIAIOSFODNN7EXAMPLE, is left out. Files that are compressed or zip archives are not opened, and \
            it is said how many there are.

            Values are never shown: a few of the first characters, and the SHA-256 of the value, by which the same \
            secret is recognised elsewhere. For each place the page tells layer, build step, whether a later layer \
            deleted it, who signed the image, and the command that gives the file back.

            What is found is stored in the case as findings. Exit status 1 says that something was found, or that \
            some layer could not be looked through.

            EXAMPLES
              raireki secrets
              raireki secrets app:1.0 --format json | jq -r '.secrets[] | [.rule, .sha256] | @tsv'
              raireki secrets app:1.0 --evidence /media/usb/app.tar
              raireki secrets --rules
            """
    )

    @Argument(
        help: "Images: digests, at least 7 digits of one, or names; every image when none is given.",
        completion: .imageNames
    )
    var images: [String] = []

    @Flag(help: "List the rules instead.")
    var rules = false

    @Option(help: ArgumentHelp("Where the evidence is now.", valueName: "path"), completion: .file())
    var evidence: String?

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        if rules {
            switch formatOption.format {
            case .text: session.write(SecretsPage.rules(session.style))
            case .json: session.write(SecretsPage.rulesJSON.pretty + "\n")
            }
            return .success
        }
        let custody = CustodyEntry("secrets", session)
        return try caseOption.withCase(session) { caseFile in
            let chosen = try ImageName.resolve(images, in: caseFile, session)
            guard !chosen.isEmpty else { throw CommandError.noImages }
            var run = SecretsRun(evidence: evidence)
            let manifests = try caseFile.read { reader in
                var seen: Set<Digest> = []
                let all = try chosen.flatMap { try PlatformManifest.manifests(of: $0, in: reader) }
                    .filter { seen.insert($0.digest).inserted }
                try ProgressBar.during(session, "looking through", of: .things("files")) { bar in
                    try run.run(all, reader) { bar.show($0) }
                }
                return all
            }
            try store(run, manifests, caseFile, custody, session)
            switch formatOption.format {
            case .text: session.write(SecretsPage.text(run.secrets, session.style))
            case .json: session.write(SecretsPage.json(run).pretty + "\n")
            }
            for gap in run.gaps { session.say("not looked through: \(gap)") }
            if run.packed > 0 {
                let packed = counted(run.packed, "compressed file or archive", "compressed files and archives")
                session.say("not looked into: \(packed)")
            }
            if run.omitted > 0 { session.say("\(run.omitted) more in files with more than 1000 of them") }
            session.say(
                "\(counted(run.secrets.count, "secret")) in \(counted(run.files, "file")) of \(counted(run.layers, "layer"))"
            )
            return run.secrets.isEmpty && run.gaps.isEmpty ? .success : .finding
        }
    }

    private func store(
        _ run: SecretsRun,
        _ manifests: [PlatformManifest],
        _ caseFile: CaseFile,
        _ custody: CustodyEntry,
        _ session: Session
    ) throws {
        guard FileManager.default.isWritableFile(atPath: caseFile.path) else {
            session.say("note: the case is read-only, so the findings are not stored")
            return
        }
        try caseFile.write { writer in
            for manifest in manifests {
                let findings = run.findings(about: manifest.digest)
                try writer.replaceFindings(about: manifest.digest, of: .secrets, with: findings)
            }
        }
        try custody.append(
            to: caseFile,
            result: [
                ("images", JSONValue(manifests.count)), ("layers", JSONValue(run.layers)),
                ("files", JSONValue(run.files)), ("secrets", JSONValue(run.secrets.count)),
                ("notScanned", JSONValue(run.gaps.count)),
            ]
        )
    }
}
