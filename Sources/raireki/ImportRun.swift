internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// One run of import over several pieces of evidence.
struct ImportRun {
    let caseFile: CaseFile
    let session: Session
    let format: FormatOption.Format

    func run(_ paths: [String], _ custody: CustodyEntry) throws -> ExitStatus {
        throw CommandError.noImages
    }
}
