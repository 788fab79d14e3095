import CaseIndex
import Cryptography
import Evidence
import TestSupport

/// A case in a directory of its own, into which tests import.
struct ImportedCase {
    let directory: TemporaryDirectory
    let file: CaseFile
    static let time = Timestamp(seconds: 1_700_000_000)

    init() throws {
        directory = try TemporaryDirectory()
        file = try CaseFile.openOrCreate(directory.path("case.raireki"))
    }

    @discardableResult
    func add(_ path: String, limits: ImportLimits = .standard) throws -> ImportSummary {
        try Importer(caseFile: file, limits: limits).run(path: path, at: Self.time)
    }

    /// The codes of all warnings, sorted, so that one too many is noticed too.
    func warningCodes() throws -> [String] {
        try file.read { try $0.warnings() }.map(\.code).sorted()
    }

    func signatures() throws -> [SignatureRecord] {
        try file.read { try $0.signatures() }
    }

    func storages(of signature: SignatureRecord) throws -> [SignatureStorage] {
        try file.read { try $0.sightings(of: signature.id) }.map(\.storage)
    }
}
