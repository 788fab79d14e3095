import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki check commits`.
struct CheckCommitsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "commits",
        abstract: "Was the commit on a protected branch when the image was built?",
        discussion: """
            Looks each commit that an image's documents name up in the repositories of the case: whether a protected \
            branch holds it, and since when, by the time of the commit or merge on the branch's own line that brought it. \
            That time is set against the attested time of the signature. A branch that was forced back holds the commit \
            no more, whatever it held then.

            What the CI service recorded of the branch's protection at that time is shown beside it.

            Exit status 0 says that every commit was on a protected branch when it was built, 1 that one was not, or that \
            it cannot be told.

            EXAMPLES
              raireki check commits app:1.0
              raireki check commits --all --protected main --protected stable
              raireki check commits --all --format json | jq -r '.commits[] | select(.answer == "not-on-branch") | .image'
            """
    )

    @OptionGroup var chosen: CheckedImagesOption
    @OptionGroup var protected: ProtectedOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let (images, checks, repositories, incomplete) = try caseOption.withCaseToRead(session) { caseFile in
            let digests = try ImageName.resolve(chosen.images, in: caseFile, session)
            guard !digests.isEmpty else { throw CommandError.noImages }
            return try caseFile.read { reader in
                try protected.check(reader)
                let checks = try CommitCheck.checks(of: digests, in: reader, protected: protected.branches)
                return (digests, checks, try reader.repositories().count, try IncompleteImport(reader))
            }
        }
        guard repositories > 0 else { throw CommandError.noRepositories }
        switch formatOption.format {
        case .text: session.write(CommitCheckText.page(checks, session.style))
        case .json: session.write(CommitCheckJSON.document(checks).pretty + "\n")
        }
        let named = Set(checks.map(\.image))
        let silent = images.filter { !named.contains($0) }
        if !silent.isEmpty { session.say("\(counted(silent.count, "image")) of which no document names a commit") }
        let good = checks.count { $0.answer == .onBranch }
        session.say("\(counted(checks.count, "commit")): \(good) on a protected branch when built")
        let isClean = good == checks.count && silent.isEmpty
        return incomplete.status(session, otherwise: isClean ? .success : .finding)
    }
}
