/// The folder that a file lies in, for asking whether something can be written beside it.
///
/// Foundation's own function traps on names of one character.
enum FolderOfFile {
    /// The path without its last name: `.` for a name alone, `/` for one at the root.
    static func path(_ file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        let folder = file[..<slash]
        return folder.isEmpty ? "/" : String(folder)
    }
}
