internal import Export

/// What is wrong with an export, and what to do about it.
enum ExportErrorMessages {
    static func message(_ error: ExportError) -> (String, [String]) {
        switch error {
        case .noCustodyLog: ("nothing was ever added to the case", ["raireki import adds evidence to it"])
        case .cannotWrite(let path, let reason):
            (
                "cannot write (\(reason)): \(shown(path))",
                ["nothing is left of what was written; the target is as it was"]
            )
        case .cannotRead(let path, let reason): ("cannot read (\(reason)): \(shown(path))", FileHints.reading(reason))
        case .foreignFolder(let path, let name):
            (
                "the folder holds what is no export (\(shown(name))): \(shown(path))",
                ["give a folder that is not there yet, or an empty one"]
            )
        case .otherCase(let target, let found):
            (
                "the folder holds an export of another case (\(shown(found))): \(shown(target))",
                ["give another folder"]
            )
        case .otherState(let target, let found):
            (
                "there is a state of this case through which this file did not go (\(shown(found))): \(shown(target))",
                ["it is a later one, or somebody went on with a copy; --replace replaces it"]
            )
        case .notAnExport(let path, let reason):
            ("no export (\(reason)): \(shown(path))", ["raireki export --jsonl writes one"])
        default: serverMessage(error)
        }
    }

    private static func serverMessage(_ error: ExportError) -> (String, [String]) {
        switch error {
        case .noLibrary(let reason):
            (
                "libpq cannot be used: \(shown(reason))",
                ["apt-get install libpq5 (Fedora: libpq)", "raireki export --jsonl needs no library"]
            )
        case .malformedURL(let reason):
            (
                "the address of the database is not understood: \(reason)",
                [
                    "write it as postgresql://USER@HOST:PORT/DATABASE; of a path to a socket: postgresql:///DATABASE?host=/run/…"
                ]
            )
        case .noConnection(let server, let reason):
            (
                "no connection to \(shown(server)): \(shown(reason))",
                ["what was copied stays: run the same command again, and it goes on there"]
            )
        case .database(let state, let reason):
            (
                "the database refused it (\(state)): \(shown(reason))",
                hints(state) + ["run the same command again: it goes on where it was"]
            )
        case .unsuitableServer(let reason):
            ("this server cannot hold a case: \(reason)", ["createdb --encoding UTF8 --template template0 NAME"])
        case .otherSchema(let server):
            (
                "the schema raireki of the database was made by another version: \(shown(server))",
                ["use another database, or rename that schema: ALTER SCHEMA raireki RENAME TO raireki_old"]
            )
        case .busy(let server):
            ("another export into this database is at work: \(shown(server))", ["wait until it is done"])
        default: ("\(shown("\(error)"))", ["raireki export --help tells what an export takes"])
        }
    }

    /// By SQLSTATE (PostgreSQL's appendix "Error Codes").
    private static func hints(_ state: String) -> [String] {
        switch state {
        case "42501": ["let an administrator run: raireki export --print-schema postgresql, and grant its tables"]
        case "53100": ["the server's disk is full: make room there"]
        default: []
        }
    }

    private static func shown(_ text: String) -> String {
        ErrorMessages.shown(text)
    }
}
