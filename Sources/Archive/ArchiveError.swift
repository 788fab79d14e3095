/// Why an archive or a compressed stream cannot be read (further).
package enum ArchiveError: Error, Hashable, Sendable {
    /// The input itself could not be read; `code` is the system's error number.
    case unreadableInput(code: Int32)
    /// The input ends before the archive does; what was read before is whole.
    case truncated(offset: Int64)
    /// The bytes are not what the format allows; `reason` is libarchive's own text.
    case damaged(offset: Int64, reason: String)
    /// A member with holes, whose bytes do not lie together.
    case sparseMember
    /// Expanding gave more bytes than the limit.
    case tooLarge(limit: Int64)
    /// With this, everything that shares a limit has given as many bytes.
    case sharedLimit(limit: Int64)
    /// libarchive could not be set up; `reason` is its own text.
    case unavailable(reason: String)
}
