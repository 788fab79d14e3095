internal import CaseIndex
internal import Cryptography
internal import Foundation
internal import StrictJSON

/// A run of a command on its way into the case's custody log.
struct CustodyEntry {
    private let run: CustodyRun

    /// Begins a run.
    init(_ verb: String, _ session: Session) {
        run = CustodyRun(
            verb: verb,
            arguments: JSONValue.array(RedactedArguments(session.arguments).words.map { JSONValue($0) }).canonical,
            toolVersion: Raireki.version,
            startedAt: session.now()
        )
    }

    /// When the run began.
    var time: Timestamp { run.startedAt }

    /// Ends a transaction with the run and what came of it: they are stored together or not at all.
    func append(to writer: CaseWriter, result: [(String, JSONValue)]) {
        writer.append(run, result: JSONValue.object(JSONObject(result)).canonical)
    }

    /// Appends the run, or tells that a read-only case cannot hold it.
    func append(to caseFile: CaseFile, _ session: Session, result: [(String, JSONValue)]) throws {
        guard FileManager.default.isWritableFile(atPath: caseFile.path) else {
            return session.say("note: the case is read-only, so the run is not noted in its custody log")
        }
        try append(to: caseFile, result: result)
    }

    /// Appends the run by itself: nothing else is written.
    func append(to caseFile: CaseFile, result: [(String, JSONValue)]) throws {
        try caseFile.write { append(to: $0, result: result) }
    }
}
