internal import Glibc

/// What to do when the system refuses a file.
enum FileHints {
    /// For reading; `reason` is the system's, or one of ``InputFile``'s.
    static func reading(_ reason: String) -> [String] {
        switch reason {
        case OutputFile.systemReason(ENOENT), OutputFile.systemReason(ENOTDIR):
            ["is the path right? paths that do not begin with / begin in the current folder"]
        case OutputFile.systemReason(EACCES), OutputFile.systemReason(EPERM):
            ["ask its owner for the right to read it, or copy it to where you have that"]
        case OutputFile.systemReason(EISDIR): ["this is a folder; name a file in it"]
        case OutputFile.systemReason(ELOOP): ["links are not followed here; name the file itself"]
        case OutputFile.systemReason(EIO): ["the medium may be failing: copy it, and work on the copy"]
        case _ where reason.hasPrefix("larger than"): ["is this the right file? none of its kind is so large"]
        default: ["is it there, a plain file, and may you read it?"]
        }
    }

    /// For writing.
    static func writing(_ reason: String) -> [String] {
        switch reason {
        case OutputFile.systemReason(ENOENT), OutputFile.systemReason(ENOTDIR):
            ["make the folder first, or name another"]
        case OutputFile.systemReason(EACCES), OutputFile.systemReason(EPERM), OutputFile.systemReason(EROFS):
            ["name a place where you may write"]
        case OutputFile.systemReason(ENOSPC), OutputFile.systemReason(EDQUOT):
            ["make room there, or name another place; nothing half written is left"]
        case OutputFile.systemReason(EISDIR): ["this is a folder; name a file in it"]
        case OutputFile.systemReason(EEXIST):
            ["another run may be writing it; name another file, or remove what is there"]
        default: ["name another file, or a folder in which you may write"]
        }
    }
}
