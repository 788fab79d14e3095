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

    /// Imports evidence that lies anywhere.
    @discardableResult
    func add(_ path: String, limits: ImportLimits = .standard) throws -> ImportSummary {
        let outcome = try all(path, limits: limits)
        return outcome.summaries[0]
    }

    /// Imports a pile of evidence.
    @discardableResult
    func all(_ path: String, limits: ImportLimits = .standard) throws -> ImportOutcome {
        try Importer(caseFile: file, limits: limits).run(path: path, at: Self.time)
    }

    /// Imports a layout as a folder.
    @discardableResult
    func add(_ layout: LayoutWriter, limits: ImportLimits = .standard) throws -> ImportSummary {
        try add(layout.write(to: directory), limits: limits)
    }

    /// Imports the bytes of an archive.
    @discardableResult
    func add(archive bytes: [UInt8], limits: ImportLimits = .standard) throws -> ImportSummary {
        try add(directory.write(bytes, to: "layout.tar"), limits: limits)
    }

    /// The codes of all warnings, sorted, so that one too many is noticed too.
    func warningCodes() throws -> [String] {
        try file.read { try $0.warnings() }.map(\.code).sorted()
    }

    func warnings() throws -> [WarningRecord] {
        try file.read { try $0.warnings() }
    }

    func signatures() throws -> [SignatureRecord] {
        try file.read { try $0.signatures() }
    }

    func storages(of signature: SignatureRecord) throws -> [SignatureStorage] {
        try file.read { try $0.sightings(of: signature.id) }.map(\.storage)
    }

    func role(of digest: Digest) throws -> ArtifactRole? {
        try file.read { try $0.artifact(digest) }?.role
    }

    /// The outcomes of all descriptors that name a digest.
    func outcomes(to digest: Digest) throws -> [DescriptorOutcome] {
        try file.read { try $0.relationships(to: digest) }.map(\.outcome)
    }

    func claims(about digest: Digest, _ speaker: Speaker) throws -> [String: String] {
        let claims = try file.read { try $0.claims(about: digest) }.filter { $0.speaker == speaker }
        return Dictionary(uniqueKeysWithValues: claims.map { ($0.key, $0.value) })
    }

    /// Every row that import writes, in a fixed order.
    func everything() throws -> [String] {
        try file.read { reader in
            var rows: [String] = []
            rows += try reader.sources().map { "\($0)" }
            rows += try reader.warnings().map { "\($0)" }
            rows += try reader.references().map { "\($0)" }
            for artifact in try reader.artifacts(in: ArtifactRole.allCases) {
                rows.append("\(artifact)")
                rows.append("\(try reader.content(artifact.digest)?.count ?? -1)")
                rows += try reader.locations(of: artifact.digest).map { "\($0)" }
                rows += try reader.relationships(from: artifact.digest).map { "\($0)" }
                rows += try reader.claims(about: artifact.digest).map { "\($0)" }
            }
            for signature in try reader.signatures() {
                rows.append("\(signature)")
                rows += try reader.sightings(of: signature.id).map { "\($0)" }
                rows += try reader.certificates(of: signature.id).map { "\($0)" }
                rows += try reader.logEntries(of: signature.id).map { "\($0)" }
            }
            return rows + ["\(try reader.counts())"]
        }
    }
}
