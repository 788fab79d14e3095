internal import CaseIndex

/// What is said when a text names no commit.
enum CommitErrorMessages {
    static func message(_ error: CommitNameError) -> (String, [String]) {
        switch error {
        case .unknown(let text):
            (
                "no such commit in the case: \(ErrorMessages.shown(text))",
                ["raireki import REPOSITORY… brings the commits of a repository into the case"]
            )
        case .ambiguous(let text, let candidates):
            (
                "several commits fit: \(ErrorMessages.shown(text))",
                candidates.map { "it may mean \(ErrorMessages.shown($0))" }
            )
        case .malformed(let text):
            (
                "not the name of a commit: \(ErrorMessages.shown(text))",
                ["give at least \(CommitName.shortestPrefix) of its lower-case hexadecimal digits"]
            )
        }
    }
}
