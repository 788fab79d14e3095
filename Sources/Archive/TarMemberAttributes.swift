internal import CArchive
internal import Glibc

extension TarMemberAttributes {
    /// Extended attributes of one member beyond these are left out, and longer ones are cut.
    private static let maximumAttributes = 64
    private static let maximumAttributeBytes = 64 << 10

    /// Reads what libarchive parsed.
    init(_ entry: OpaquePointer) {
        let kind = archive_entry_filetype(entry)
        let isDevice = kind == S_IFCHR || kind == S_IFBLK
        self.init(
            fileType: UInt32(kind),
            mode: UInt32(archive_entry_perm(entry)),
            userID: archive_entry_uid(entry),
            groupID: archive_entry_gid(entry),
            modified: Int64(archive_entry_mtime(entry)),
            modifiedNanoseconds: Int64(archive_entry_mtime_nsec(entry)),
            accessed: archive_entry_atime_is_set(entry) == 0 ? nil : Int64(archive_entry_atime(entry)),
            changed: archive_entry_ctime_is_set(entry) == 0 ? nil : Int64(archive_entry_ctime(entry)),
            device: isDevice ? "\(archive_entry_rdevmajor(entry)):\(archive_entry_rdevminor(entry))" : nil,
            extendedAttributes: Self.extendedAttributes(entry)
        )
    }

    private static func extendedAttributes(_ entry: OpaquePointer) -> [ExtendedAttribute] {
        let count = min(Int(archive_entry_xattr_reset(entry)), maximumAttributes)
        guard count > 0 else { return [] }
        var attributes: [ExtendedAttribute] = []
        for _ in 0..<count {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            guard archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK, let name else { break }
            let bytes = UnsafeRawBufferPointer(start: value, count: min(size, maximumAttributeBytes))
            attributes.append(
                ExtendedAttribute(
                    name: Array(UnsafeRawBufferPointer(start: name, count: strlen(name))),
                    value: Array(bytes)
                )
            )
        }
        return attributes
    }
}
