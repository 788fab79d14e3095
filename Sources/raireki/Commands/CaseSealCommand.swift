import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Report
internal import Signing
internal import StrictJSON

/// The command `raireki case seal`.
struct CaseSealCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Leave one plain file, and print the head of its custody log, signed if you like.",
        discussion: """
            Checks the case, records the seal in the custody log, folds everything into one file that can be read from \
            read-only media, and waits until it is on the disk. Then it prints the head of the log: the number and \
            hash of the last record, which binds everything before it and all that the case holds. Keep it where the \
            case is not; raireki case verify --head compares.

            With --sign-key the head is written as a signed note (C2SP signed-note, in the form of a checkpoint), \
            which anybody can check with openssl: see raireki case verify --help.

            A seal does not close the case. A later import or verification appends its records, and the log still \
            goes through the sealed head; what was sealed cannot be changed unnoticed.

            EXAMPLES
              raireki case seal
              raireki case seal -o head.txt
              openssl genpkey -algorithm ed25519 -out key.pem
              raireki case seal --sign-key key.pem -o head.note
            """
    )

    @Option(
        help: ArgumentHelp(
            "Sign the head with this key: Ed25519 or ECDSA, PKCS #8 in PEM, not encrypted.",
            valueName: "file"
        ),
        completion: .file()
    )
    var signKey: String?

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write the head; standard output when not given.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let key = try signKey.map { try Self.signingKey($0) }
        let custody = CustodyEntry("seal", session)
        let path = caseOption.path(session)
        let found = try caseOption.reading(session) { file in
            try ProgressBar.during(session, "computing again", of: .things("rows")) { bar in
                try file.read { try $0.verification { bar.show($0, of: $1) } }
            }
        }
        guard found.holds else {
            for check in CaseCheckList(found).ofContent where check.outcome == .failed {
                for line in check.lines { session.insist(line) }
            }
            session.insist("error: not sealed: the case does not hold")
            session.insist("hint: raireki case verify tells what was changed; such a case is never sealed")
            return .finding
        }
        let file = try CaseFile.open(path)
        guard file.access == .writing else { throw CaseError.readOnly(path: path) }
        try custody.append(to: file, result: [("signed", .bool(key != nil))])
        let log = try file.read { try $0.activities() }
        try file.seal()
        guard let first = log.first, let last = log.last else { throw CaseError.corrupt(column: "id", value: "NULL") }
        let text = CaseHead.noteText(first: first, last: last)
        let note = try key.map { try SignedNote(text, name: CaseHead.origin(first), key: $0).text }
        try write(note, last, session)
        session.say("sealed: \(ErrorMessages.shown(path)), \(counted(log.count, "record"))")
        guard let incomplete = found.incompleteSources.first else { return .success }
        session.say("import incomplete: \(ErrorMessages.shown(incomplete))")
        return .finding
    }

    private func write(_ note: String?, _ last: ActivityRecord, _ session: Session) throws {
        let plain = note ?? "\(last.id) \(last.hash)\n"
        if let output { try OutputFile.write(plain, to: output) }
        switch formatOption.format {
        case .text where output == nil: session.write(plain)
        case .text: session.write("\(last.id) \(last.hash)\n")
        case .json:
            let document: JSONValue = [
                "schema": JSONValue(Document.schema("case-seal")), "record": JSONValue(last.id),
                "hash": JSONValue(last.hash), "content": JSONValue(last.content), "note": JSONValue(note),
            ]
            session.write(document.pretty + "\n")
        }
    }

    private static func signingKey(_ path: String) throws -> SigningKey {
        let text = String(decoding: try OutputFile.read(path, limit: 1 << 20), as: UTF8.self)
        do {
            let key = try SigningKey(pem: text)
            if case .rsa = key.kind { throw CryptographyError.unsupported("RSA") }
            return key
        } catch {
            throw CommandError.notASigningKey(path: path, reason: "\(error)")
        }
    }
}
