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
    /// What its header says beside.
    package let attributes: TarMemberAttributes
}

/// What a header says of a member beside its path and bytes.
package struct TarMemberAttributes: Hashable, Sendable {
    /// The file type bits of its mode (POSIX, `S_IFMT`); 0 for a hard link.
    package let fileType: UInt32
    /// Permission bits with set-user-ID, set-group-ID and sticky bit.
    package let mode: UInt32
    /// The numeric owner.
    package let userID: Int64
    /// The numeric group.
    package let groupID: Int64
    /// When the content was changed last, in seconds since 1970-01-01T00:00:00Z.
    package let modified: Int64
    /// The part of that second, in nanoseconds.
    package let modifiedNanoseconds: Int64
    /// When it was read last, where a PAX header says so (POSIX.1-2001, "atime").
    package let accessed: Int64?
    /// When its inode was changed last, where a PAX header says so ("ctime").
    package let changed: Int64?
    /// For a device its numbers, `major:minor`.
    package let device: String?
    /// Extended attributes by name, as the archive orders them.
    package let extendedAttributes: [ExtendedAttribute]

    /// One extended attribute.
    package struct ExtendedAttribute: Hashable, Sendable {
        /// Its name, for example `security.capability`.
        package let name: [UInt8]
        /// Its value.
        package let value: [UInt8]
    }
}
