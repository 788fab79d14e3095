import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki check claims`.
struct CheckClaimsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "Apply every rule to images: what is said of them, and does it agree?",
        discussion: """
            Applies the rules that raireki rules lists to what certificates, signed annotations, provenance, labels, CI \
            records and repositories say. Beyond raireki trace, images are compared with each other: a signer, runner, \
            trigger or shared configuration that is new to its project, a burst of signatures, an image that lacks what \
            its project's others have.

            With --all, images without a finding are left out of the text. SARIF is version 2.1.0, for code hosts and \
            editors.

            Run verify first: without verdicts nothing in a signature's material is believed.

            Exit status 0 says that nothing weighs more than a note, 1 that something does.

            EXAMPLES
              raireki check claims app:1.0
              raireki check claims --all
              raireki check claims --all --format json | jq -r '.images[] | select(.findings != []) | .digest'
              raireki check claims --all --format sarif
            """
    )

    /// The forms of the output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif
    }

    @OptionGroup var chosen: CheckedImagesOption
    @OptionGroup var protected: ProtectedOption

    @Option(help: "The form of the output: text, a JSON document of ours, or SARIF 2.1.0.")
    var format: Format = .text

    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("check claims", session)
        let (images, incomplete) = try caseOption.withCase(session) { caseFile in
            let digests = try ImageName.resolve(chosen.images, in: caseFile, session)
            guard !digests.isEmpty else { throw CommandError.noImages }
            try caseFile.read { try protected.check($0) }
            let check = ClaimCheck(caseFile: caseFile, protected: protected.branches)
            let images = try ProgressBar.during(session, "checking", of: .things("images")) { bar in
                try check.run(images: digests) {
                    bar.show(Int64($0), of: Int64(digests.count))
                } record: { writer, images in
                    custody.append(to: writer, result: Self.result(images))
                }
            }
            caseFile.tellWhenNothingIsStored(session)
            return (images, try caseFile.read { try IncompleteImport($0) })
        }
        write(images, session)
        tell(images, session)
        let isClean = !images.contains { $0.findings.contains { $0.severity != .note } }
        return incomplete.status(session, otherwise: isClean ? .success : .finding)
    }

    private func write(_ images: [CheckedImage], _ session: Session) {
        switch format {
        case .text:
            session.write(ClaimCheckText.page(images, isListing: chosen.all, session.style))
            if chosen.all { session.write(ClaimCheckText.counts(images, session.style)) }
        case .json: session.write(ClaimCheckJSON.document(images).pretty + "\n")
        case .sarif: session.write(SARIFDocument.document(images, version: Raireki.version).pretty + "\n")
        }
    }

    private func tell(_ images: [CheckedImage], _ session: Session) {
        let findings = images.lazy.flatMap(\.findings)
        let words = [FindingSeverity.error, .warning, .note].map { severity in
            counted(findings.count { $0.severity == severity }, severity.rawValue)
        }
        session.say("\(counted(images.count, "image")): \(words.joined(separator: ", "))")
        let unverified = images.map(\.unverified).reduce(0, +)
        if unverified > 0 {
            session.say("hint: \(counted(unverified, "signature")) without a verdict; raireki verify judges them first")
        }
    }

    /// For the custody log.
    private static func result(_ images: [CheckedImage]) -> [(String, JSONValue)] {
        [
            ("images", JSONValue(images.count)),
            ("findings", JSONValue(images.map(\.findings.count).reduce(0, +))),
        ]
    }
}
