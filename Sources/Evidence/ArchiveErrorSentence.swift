internal import Archive
internal import Presentation

extension ArchiveError {
    /// What is wrong, for a warning.
    var sentence: String {
        switch self {
        case .unreadableInput(let code): "cannot be read, system error \(code)"
        case .truncated(let offset): "ends early, after byte \(offset)"
        case .damaged(let offset, let reason): "is damaged at byte \(offset): \(EscapedText(reason, limit: 200))"
        case .sparseMember: "has holes, so its bytes do not lie together"
        case .tooLarge(let limit): "expands to more than the limit of \(limit) bytes"
        case .sharedLimit(let limit): "was not read further: all of the evidence expands to the limit of \(limit) bytes"
        case .unavailable(let reason): "cannot be expanded: \(EscapedText(reason, limit: 200))"
        }
    }
}
