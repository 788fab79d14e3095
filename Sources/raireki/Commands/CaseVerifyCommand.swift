import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Report
internal import StrictJSON

/// The command `raireki case verify`.
struct CaseVerifyCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute everything in the case again, and say whether somebody changed it.",
        discussion: """
            Computes the custody log's hashes, the digest of every table, every stored document and every layer's \
            files again, and has SQLite check the file. Each record of the log states the digest of the whole content, \
            so that an edit of any table shows, whoever made it. With --evidence the evidence is read again and \
            compared with what was imported. The case is only read.

            A log cannot show by itself that its end is missing, or that the whole file is an older copy: that takes \
            a head that was noted elsewhere. raireki case seal prints it, and can sign it.

            BY HAND
              The hash of record N is that of its fields, each after its length in bytes:
                printf '%s\\n' "$(sqlite3 -readonly case.raireki "SELECT 'raireki-custody-v2' || char(10) ||
                  group_concat(length(CAST(f AS BLOB)) || ' ' || f, char(10)) FROM (SELECT value AS f FROM activity,
                  json_each(json_array(activity.id, startedAt, verb, arguments, toolVersion, result, content, previousHash))
                  WHERE activity.id = N)")" | sha256sum
              A signed head is a C2SP signed note; for an Ed25519 key:
                sed '/^$/,$d' head.note > text
                tail -n 1 head.note | cut -d' ' -f3 | base64 -d | tail -c +5 > signature
                openssl pkeyutl -verify -rawin -pubin -inkey key.pub -in text -sigfile signature
              (for ECDSA: openssl dgst -sha256 -verify key.pub -signature signature text)

            EXAMPLES
              raireki case verify
              raireki case verify --head head.note --key key.pub
              raireki case verify --evidence /media/usb --format json | jq '.checks[] | select(.outcome == "failed")'
            """
    )

    @Option(
        help: ArgumentHelp(
            "The head of the custody log as it was noted when the case was sealed: a hash, or a file with one or with a signed note.",
            valueName: "hex|file"
        ),
        completion: .file()
    )
    var head: String?

    @Option(
        help: ArgumentHelp("The public key that must have signed the head, PEM.", valueName: "file"),
        completion: .file()
    )
    var key: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Evidence to read again and compare with what was imported.", valueName: "path"),
        completion: .file()
    )
    var evidence: [String] = []

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard key == nil || head != nil else { throw ValidationError("--key checks the signature of a --head.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let head = try head.map { try CaseHead(option: $0) }
        let key = try key.map { try TrustChoice.publicKey($0) }
        session.detail("case: \(caseOption.path(session)), opened for verification")
        let file = try CaseFile.openForVerification(caseOption.path(session))
        defer { try? file.close() }
        let (found, first, sources) = try file.read { reader in
            let found = try ProgressBar.during(session, "computing again", of: .things("rows")) { bar in
                try reader.verification { bar.show($0, of: $1) }
            }
            let isReadable = !found.schema.contains(where: \.isDangerous)
            let first = isReadable ? try? reader.activities().first : nil
            return (found, first, isReadable ? (try? reader.sources()) ?? [] : [])
        }
        let comparison = try evidence.isEmpty ? nil : compare(with: sources, session)
        let list = CaseCheckList(found)
        let checks = list.ofContent + list.of(head, key: key, first: first) + [CaseCheckList.of(comparison)]
        let isWhole = !checks.contains { $0.outcome == .failed }
        switch formatOption.format {
        case .text:
            session.write(checks.flatMap(\.lines).map { $0 + "\n" }.joined())
        case .json: session.write(document(checks, found, isWhole).pretty + "\n")
        }
        session.say(Self.sentence(checks))
        return isWhole ? .success : .finding
    }

    /// What the checks came to, for people: a case of evidence that was not read to its end holds, as far as it goes.
    private static func sentence(_ checks: [CaseCheck]) -> String {
        let failed = checks.filter { $0.outcome == .failed }
        guard !failed.isEmpty else { return "nothing in the case was changed" }
        return failed.allSatisfy { $0.reason == "import.cut" }
            ? "nothing in the case was changed; not all of the evidence is in it" : "the case does not hold"
    }

    private func compare(with sources: [SourceRecord], _ session: Session) throws -> EvidenceComparison {
        try ProgressBar.during(session, "reading evidence", of: .bytes) { bar in
            try EvidenceComparison(evidence, with: sources) { bar.show($0.bytesRead, of: $0.totalBytes) }
        }
    }

    private func document(_ checks: [CaseCheck], _ found: CaseVerification, _ isWhole: Bool) -> JSONValue {
        let tables = found.tables.map { table -> JSONValue in
            [
                "name": JSONValue(table.name), "holds": .bool(table.holds), "rows": JSONValue(table.rows),
                "digest": JSONValue("\(table.digest)"), "recordedRows": JSONValue(table.recordedRows),
                "recordedDigest": JSONValue("\(table.recordedDigest)"),
                "suspects": .array(table.suspects.map { JSONValue($0) }),
            ]
        }
        return [
            "schema": JSONValue(Document.schema("case-verification")),
            "holds": .bool(isWhole),
            "records": JSONValue(found.chain.count),
            "head": JSONValue(found.chain.last?.hash),
            "contentDigest": JSONValue(found.contentDigest?.description),
            "brokenAt": found.chain.firstBroken.map { JSONValue($0.record) } ?? .null,
            "checks": .array(checks.map(\.json)),
            "tables": .array(tables),
        ]
    }
}
