/// One file of a repository as its container shows it.
package struct RepositoryFile {
    /// Its path below the repository's own folder.
    package let path: [UInt8]
    /// What it is.
    package let kind: Kind
    /// Opens it, never following a link; nil when that fails.
    package let open: () -> (any RandomAccessBytes)?

    /// What a member can be.
    package enum Kind: Hashable, Sendable {
        case file
        case symbolicLink
        /// A FIFO, a device.
        case other
        /// A file that could not be read to its end.
        case unreadable
    }

    package init(path: [UInt8], kind: Kind, open: @escaping () -> (any RandomAccessBytes)?) {
        self.path = path
        self.kind = kind
        self.open = open
    }

    /// The parts of the path between slashes.
    var components: [ArraySlice<UInt8>] {
        path.split(separator: UInt8(ascii: "/"))
    }

    /// Whether the path begins with these folders.
    func lies(in folder: String) -> Bool {
        path.starts(with: folder.utf8)
    }
}
