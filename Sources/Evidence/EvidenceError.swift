/// Why evidence cannot be imported at all.
package enum EvidenceError: Error, Hashable, Sendable {
    /// The path cannot be opened; `code` is the system's error number.
    case cannotOpen(path: String, code: Int32)
    /// Neither a folder nor a regular file.
    case notAFileOrFolder(path: String)
    /// Readable, but nothing in it is a kind of evidence that is known.
    case nothingRecognised(path: String)
}
