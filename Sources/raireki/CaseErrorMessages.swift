internal import CaseIndex

extension ErrorMessages {
    /// What is wrong with a case, and what to do about it.
    static func caseMessage(_ error: CaseError) -> (String, [String]) {
        switch error {
        case .noSuchFile(let path):
            (
                "no case at: \(shown(path))",
                ["raireki import PATH… makes one", "--case FILE or RAIREKI_CASE names another"]
            )
        case .notACase(let path): ("not a case file: \(shown(path))", ["raireki import writes case files"])
        case .newerVersion(let found, let known):
            ("the case has format \(found), and this version knows formats up to: \(known)", ["use a newer raireki"])
        case .olderVersion(let found, let known):
            (
                "the case has format \(found), and this version writes: \(known)",
                ["import the evidence into a new case, or use the raireki that wrote it"]
            )
        case .corrupt(let column, let value):
            (
                "the case is damaged: column \(column) holds: \(shown(value))",
                ["raireki case verify tells what was changed", "import the evidence into a new case"]
            )
        case .foreignSchema(let path, let what):
            (
                "the schema of the case was changed (\(shown(what))): \(shown(path))",
                ["nothing is read from it; raireki case verify tells what was changed"]
            )
        case .interrupted(let path):
            (
                "the last write to the case was interrupted: \(shown(path))",
                ["run that command again, or raireki case seal: what was half written is undone first"]
            )
        case .unfinishedLog, .readOnly, .full, .damaged, .inUse, .storage: mediumMessage(error)
        }
    }

    private static func mediumMessage(_ error: CaseError) -> (String, [String]) {
        switch error {
        case .unfinishedLog(let path):
            (
                "the case lies on a read-only medium with a log that is not folded into it: \(shown(path))",
                [
                    "copy the file together with its -wal to where it can be written, and run raireki case seal there",
                    "a sealed case can be read from any medium",
                ]
            )
        case .readOnly(let path):
            (
                "the case cannot be written, its medium is read-only: \(shown(path))",
                ["copy it to where it can be written", "images, show, verify, trace, report and case verify only read"]
            )
        case .full(let path):
            (
                "the disk is full, and the last step was not stored: \(shown(path))",
                ["make room there and run the same command again", "what the case held before is whole"]
            )
        case .damaged(let path, let reason):
            (
                "the case file is damaged (\(shown(reason))): \(shown(path))",
                ["use a copy of it, or import the evidence into a new case"]
            )
        case .inUse(let path):
            ("another process has the case open: \(shown(path))", ["run this again when it has ended"])
        case .storage(let path, let reason):
            (
                "the case cannot be used (\(shown(reason))): \(shown(path))",
                ["is it on a read-only medium, or is another raireki at work?"]
            )
        default: ("\(shown(String(describing: error)))", ["raireki case verify tells whether the case is whole"])
        }
    }
}
