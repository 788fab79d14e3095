internal import Archive
internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Filesystem
internal import Report

/// What keeps a file from being extracted.
enum ExtractionError: Error, Equatable {
    /// No layer has such a path; perhaps a folder above it is a link.
    case noSuchFile(path: String, link: [UInt8]?, target: [UInt8]?)
    /// Not one member fits; `fits` says whether several do.
    case notOne(path: String, [FileCandidate], fits: Bool)
    /// It has no content: a folder, a link, a device.
    case noContent(path: String, kind: FileKind, link: [UInt8]?)
    /// The file in the evidence is another one now.
    case otherContent(path: String)
    /// There is such a file.
    case exists(String)
    /// Content of evidence is not written to a terminal.
    case terminal
}

/// Their sentences, and those of reading evidence again.
enum ExtractionErrorMessages {
    static func message(_ error: ExtractionError) -> (String, [String]) {
        switch error {
        case .noSuchFile(let path, let link, let target):
            ("no layer has the file: \(ErrorMessages.shown(path))", noSuchFileHints(link, target))
        case .notOne(let path, let candidates, let fits):
            (
                fits
                    ? "\(candidates.count) files fit: \(ErrorMessages.shown(path))"
                    : "no such file in that state: \(ErrorMessages.shown(path))",
                candidates.map(candidate) + ["--layer DIGEST names one; --deleted means what is not visible"]
            )
        case .noContent(let path, let kind, let link):
            (
                "a \(kind.word) has no content to extract: \(ErrorMessages.shown(path))",
                link.map { ["it leads to \(FileLine.shown($0))"] }
                    ?? ["raireki files IMAGE PATH --digest shows what the image has there"]
            )
        case .otherContent(let path):
            (
                "the file in the evidence is not the one that was imported; nothing was written: \(path)",
                ["--evidence PATH names another copy; raireki case verify --evidence tells what changed"]
            )
        case .exists(let path): ("a file is there already: \(ErrorMessages.shown(path))", ["--force replaces it"])
        case .terminal: ("content of evidence is not written to a terminal", ["name a file with -o"])
        }
    }

    private static func noSuchFileHints(_ link: [UInt8]?, _ target: [UInt8]?) -> [String] {
        guard let link, let target else { return ["raireki files IMAGE lists the paths; raireki files --deleted too"] }
        return ["\(FileLine.shown(link)) is a symbolic link to \(FileLine.shown(target))"]
    }

    private static func candidate(_ candidate: FileCandidate) -> String {
        let size = candidate.source?.entry.content.map { counted(Int(clamping: $0.size), "byte") } ?? "no content"
        let state = candidate.fate.remark(by: candidate.endedBy?.number)
        return "layer \(candidate.layer.number), \(candidate.layer.digest): \(state), \(size)"
    }

    static func message(_ error: RereadError) -> (String, [String]) {
        switch error {
        case .noPlace(let digest):
            ("the case does not say where the layer lies: \(digest)", ["import the evidence again, into a new case"])
        case .wasStandardInput:
            ("the evidence came through standard input", ["--evidence PATH names a file or folder that holds it"])
        case .notThere(let evidence, let member):
            (
                "the evidence is not there, or has no member \(ErrorMessages.shown(member)): \(ErrorMessages.shown(evidence))",
                ["--evidence PATH names where it is now"]
            )
        case .changed(let digest):
            (
                "the evidence has changed: other bytes lie at the place of \(digest)",
                ["nothing was written", "--evidence PATH names another copy"]
            )
        case .archive(let error):
            ("the archive in the evidence cannot be read: \(error)", ["--evidence PATH names another copy"])
        }
    }
}
