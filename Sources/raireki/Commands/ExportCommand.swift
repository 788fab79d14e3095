internal import Archive
import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Export
internal import Foundation
internal import Report
internal import StrictJSON

/// The command `raireki export`.
struct ExportCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Hand the case to PostgreSQL, or to anything that reads JSON Lines.",
        discussion: """
            For more than one machine can hold: all tables of the case, row by row, with nothing left out and nothing \
            judged. The case is only read.

            JSON LINES
              A folder with a file of lines for each table (large tables in several), a JSON Schema for each, \
            manifest.json, and SHA256SUMS with the digest of every file. The same case gives the same bytes. With --key \
            the list is signed as cosign sign-blob does it. It is written beside its place and put there when it is \
            whole (what a killed export leaves ends with .partial); an earlier export of the same case is replaced, \
            anything else is left alone.
              Check it with --check, or by hand:
                sha256sum -c SHA256SUMS
                cosign verify-blob --key key.pub --signature SHA256SUMS.sig --insecure-ignore-tlog SHA256SUMS
                base64 -d SHA256SUMS.sig > s && openssl dgst -sha256 -verify key.pub -signature s SHA256SUMS    (for a P-256 key)

            POSTGRESQL
              The schema raireki of the database holds any number of cases. A case is named by the hash of the first \
            record of its custody log, which stays the same while the case grows. What is there already is not sent \
            again; an export that was interrupted goes on where it was. This is the only command that opens a \
            connection, and only to the address that you give. A password in the address can be seen in the list of \
            processes: better put it in PGPASSWORD or ~/.pgpass. Needs libpq on this machine (Debian: libpq5).

            QUESTIONS
              --print-schema and --print-question print SQL for either: the tables and views, and the questions that \
            the commands answer (--print-question list names them).

            EXAMPLES
              raireki export --jsonl export/ --key auditor.key
              raireki export --check export/ --public-key auditor.pub
              raireki export --postgresql postgresql://analyst@db.example.com/cases
              raireki export --print-schema postgresql > schema.sql
              raireki export --print-question find-file --dialect spark > find-file.sql
            """
    )

    @Option(
        help: ArgumentHelp("Copy the case into the database at this address.", valueName: "url")
    )
    var postgresql: String?

    @Option(
        help: ArgumentHelp("Write the case as JSON Lines into this folder.", valueName: "folder"),
        completion: .directory
    )
    var jsonl: String?

    @Option(
        help: ArgumentHelp(
            "Read an export in JSON Lines again, and compare it with its list of digests.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var check: String?

    @Option(help: ArgumentHelp("Print the statements that make the tables.", valueName: "dialect"))
    var printSchema: SQLDialect?

    @Option(help: ArgumentHelp("Print a question as SQL; list prints their names.", valueName: "name"))
    var printQuestion: String?

    @Option(help: "Whose SQL --print-question prints.") var dialect: SQLDialect = .postgresql

    @Option(help: "How the files of --jsonl are compressed.") var compression: ExportCompression?

    @Option(
        help: ArgumentHelp("Sign the list of digests with this private key.", valueName: "file"),
        completion: .file()
    )
    var key: String?

    @Option(
        help: ArgumentHelp("Read the private key's password from this file (else COSIGN_PASSWORD).", valueName: "file"),
        completion: .file()
    )
    var keyPasswordFile: String?

    @Option(
        help: ArgumentHelp("The public key that must have signed what --check reads.", valueName: "file"),
        completion: .file()
    )
    var publicKey: String?

    @Flag(help: "Replace a later state of the case, or one that went on otherwise.") var replace = false

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        let targets = [postgresql, jsonl, check, printSchema?.rawValue, printQuestion].count { $0 != nil }
        guard targets == 1 else {
            throw ValidationError("Give one of --postgresql, --jsonl, --check, --print-schema and --print-question.")
        }
        guard key == nil || jsonl != nil else { throw ValidationError("--key signs the list of --jsonl.") }
        guard keyPasswordFile == nil || key != nil else { throw ValidationError("--key-password-file is of a --key.") }
        guard publicKey == nil || check != nil else { throw ValidationError("--public-key is for --check.") }
        guard compression == nil || jsonl != nil else { throw ValidationError("--compression is for --jsonl.") }
        if let printQuestion, printQuestion != "list", Question.named(printQuestion) == nil {
            let names = Question.all.map(\.name).joined(separator: ", ")
            throw ValidationError("No such question: \(printQuestion) (\(names), list)")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        if let printSchema {
            session.write(printSchema == .spark ? try SparkSchema.text() : try PostgreSQLSchema().text)
            return .success
        }
        if let printQuestion {
            session.write(Question.named(printQuestion)?.text(dialect.value) ?? ExportPage.questions(session))
            return .success
        }
        if let check { return try self.check(check, session) }
        let signer = try key.map { try KeyFiles.read($0, passwordFile: keyPasswordFile, session) }
        return try caseOption.reading(session) { caseFile in
            try caseFile.read { reader in
                let progress = ExportProgress(session, of: try reader.recordedRows())
                defer { progress.finish() }
                let page: ExportPage
                if let postgresql {
                    page = ExportPage(try copy(reader, to: postgresql, progress), progress)
                } else {
                    page = ExportPage(try write(reader, to: jsonl ?? "", signer, progress), progress, at: jsonl ?? "")
                }
                progress.finish()
                page.write(formatOption.format, session)
                return try IncompleteImport(reader).status(session, otherwise: .success)
            }
        }
    }

    private func copy(
        _ reader: CaseReader,
        to url: String,
        _ progress: ExportProgress
    ) throws -> PostgreSQLExport.Outcome {
        var export = PostgreSQLExport()
        export.isForced = replace
        export.tool = ReportWriter.tool
        export.progress = progress.show
        return try export.copy(reader, to: url)
    }

    private func write(
        _ reader: CaseReader,
        to folder: String,
        _ signer: SigningKey?,
        _ progress: ExportProgress
    ) throws -> JSONLinesExport.Outcome {
        var export = JSONLinesExport()
        export.isForced = replace
        export.tool = ReportWriter.tool
        export.compression = (compression ?? .gzip).value
        export.workers = ProcessInfo.processInfo.activeProcessorCount
        export.key = signer
        export.progress = progress.show
        return try export.write(reader, to: folder)
    }

    private func check(_ folder: String, _ session: Session) throws -> ExitStatus {
        let key = try publicKey.map { try TrustChoice.publicKey($0) }
        let export = try ExportFolder(folder)
        let result = try export.check(key: key)
        ExportPage.write(result, of: export, formatOption.format, session)
        return result.holds ? .success : .finding
    }
}

/// Whose SQL is printed.
enum SQLDialect: String, ExpressibleByArgument, CaseIterable {
    case postgresql, spark

    var value: Dialect { self == .spark ? .spark : .postgresql }
}

/// How files of rows are compressed.
enum ExportCompression: String, ExpressibleByArgument, CaseIterable {
    case gzip, zstd, none

    var value: OutputCompression {
        switch self {
        case .gzip: .gzip(level: 6)
        case .zstd: .zstd(level: 3)
        case .none: .none
        }
    }
}
