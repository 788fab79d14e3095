internal import CaseIndex
internal import Cryptography
internal import Foundation
internal import StrictJSON

/// Writes a run of a command into the case's custody log.
struct CustodyEntry {
    private let verb: String
    private let session: Session
    private let startedAt: Timestamp

    /// Begins a run.
    init(_ verb: String, _ session: Session) {
        self.verb = verb
        self.session = session
        startedAt = session.now()
    }

    /// When the run began.
    var time: Timestamp { startedAt }

    /// Appends the run, or tells that a read-only case cannot hold it.
    func append(to caseFile: CaseFile, _ session: Session, result: [(String, JSONValue)]) throws {
        guard FileManager.default.isWritableFile(atPath: caseFile.path) else {
            return session.say("note: the case is read-only, so the run is not noted in its custody log")
        }
        try append(to: caseFile, result: result)
    }

    /// Appends the run with what came of it.
    func append(to caseFile: CaseFile, result: [(String, JSONValue)]) throws {
        try caseFile.write { writer in
            try writer.appendActivity(
                verb: verb,
                arguments: JSONValue.array(session.arguments.map { JSONValue($0) }).canonical,
                toolVersion: Raireki.version,
                startedAt: startedAt,
                result: JSONValue.object(JSONObject(result)).canonical
            )
        }
    }
}
