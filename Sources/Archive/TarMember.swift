/// What kind of thing a member of an archive is.
package enum TarMemberKind: String, Hashable, Sendable, CaseIterable {
    /// A regular file.
    case file
    /// A folder.
    case directory
    /// A symbolic link.
    case symbolicLink = "symbolic-link"
    /// Another name of an earlier member.
    case hardLink = "hard-link"
    /// A FIFO, socket or device.
    case special
}

/// One member of a tar archive.
package struct TarMember: Hashable, Sendable {
    /// Its path, as it is written; never to be opened.
    package let path: [UInt8]
    /// What it is.
    package let kind: TarMemberKind
    /// How many bytes it says it has.
    package let size: Int64
    /// Where its bytes begin in the archive when that is not compressed.
    package let offset: Int64
    /// For a hard link, the path of the earlier member; for a symbolic link, what is written there.
    package let linkTarget: [UInt8]?
    /// What libarchive found odd about its header.
    package let oddity: String?
}
