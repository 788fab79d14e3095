internal import CArchive
internal import Glibc

/// What the header of a member says beside its path and kind.
package struct TarAttributes: Hashable, Sendable {
    /// What a member is that is neither file, folder nor link.
    package enum Special: Hashable, Sendable {
        /// A character device with its numbers.
        case characterDevice(major: Int, minor: Int)
        /// A block device with its numbers.
        case blockDevice(major: Int, minor: Int)
        /// A FIFO.
        case fifo
    }

    /// Permission bits.
    package let mode: Int
    /// The owner's number.
    package let owner: Int64
    /// The group's number.
    package let group: Int64
    /// Modification time, in whole seconds since 1970.
    package let modified: Int64
    /// For a member of the kind `special`, which; nil for a socket and the like.
    package let special: Special?
    /// Extended attributes, in the order of the header.
    package let extendedAttributes: [ExtendedAttribute]

    init(_ entry: OpaquePointer) {
        mode = Int(archive_entry_perm(entry))
        owner = archive_entry_uid(entry)
        group = archive_entry_gid(entry)
        modified = Int64(archive_entry_mtime(entry))
        let (major, minor) = (Int(archive_entry_rdevmajor(entry)), Int(archive_entry_rdevminor(entry)))
        special =
            switch archive_entry_filetype(entry) {
            case S_IFCHR: .characterDevice(major: major, minor: minor)
            case S_IFBLK: .blockDevice(major: major, minor: minor)
            case S_IFIFO: .fifo
            default: nil
            }
        extendedAttributes = Self.extendedAttributes(entry)
    }

    private static func extendedAttributes(_ entry: OpaquePointer) -> [ExtendedAttribute] {
        var attributes: [ExtendedAttribute] = []
        archive_entry_xattr_reset(entry)
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var count = 0
        while archive_entry_xattr_next(entry, &name, &value, &count) == ARCHIVE_OK {
            guard let name else { continue }
            attributes.append(
                ExtendedAttribute(
                    name: Array(UnsafeRawBufferPointer(start: name, count: strlen(name))),
                    value: Array(UnsafeRawBufferPointer(start: value, count: count))
                )
            )
        }
        return attributes
    }
}
