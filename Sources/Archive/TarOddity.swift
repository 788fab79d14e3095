/// Something in a tar archive that tools read differently, or that no honest writer makes.
package struct TarOddity: Hashable, Sendable {
    /// What it is.
    package let code: TarOddityCode
    /// Where its header, or the bytes in question, begin in the expanded archive.
    package let offset: Int64
    /// The member's path as it stands there; empty when it concerns none.
    package let path: [UInt8]
    /// What a container runtime makes of it, in a sentence without text from the archive.
    package let message: String

    package init(_ code: TarOddityCode, at offset: Int64, _ path: [UInt8], _ message: String) {
        self.code = code
        self.offset = offset
        self.path = path
        self.message = message
    }
}

/// The kinds of oddities; the words are part of the interface.
package enum TarOddityCode: String, Hashable, Sendable, CaseIterable {
    /// A link or device whose header states content.
    case linkWithSize = "tar.link-with-size"
    /// A folder whose header states content.
    case directoryWithSize = "tar.directory-with-size"
    /// A regular file whose path ends like a folder's.
    case directoryAsFile = "tar.directory-as-file"
    /// A header whose checksum does not hold.
    case headerChecksum = "tar.header-checksum"
    /// A checksum that holds when octets are taken as signed.
    case signedChecksum = "tar.signed-checksum"
    /// One block of zeros, and then more members.
    case singleZeroBlock = "tar.single-zero-block"
    /// A member behind the end of the archive.
    case memberAfterEnd = "tar.member-after-end"
    /// Bytes other than zeros behind the end of the archive.
    case trailingData = "tar.trailing-data"
    /// No blocks of zeros at the end.
    case noEndMark = "tar.no-end-mark"
    /// The archive ends inside a member.
    case truncated = "tar.truncated"
    /// A number that is not one.
    case malformedNumber = "tar.malformed-number"
    /// A size below zero, or beyond what can be counted.
    case sizeOutOfRange = "tar.size-out-of-range"
    /// A global extended header that names a path, link or size.
    case globalPath = "tar.pax-global"
    /// Two extended headers before one member.
    case twoExtendedHeaders = "tar.two-extended-headers"
    /// An extended header that does not have the form of one.
    case malformedExtendedHeader = "tar.pax-malformed"
    /// A zero octet in a name of an extended header.
    case zeroInExtendedHeader = "tar.pax-nul"
    /// An extended header or long name of more than is read.
    case extendedHeaderTooLarge = "tar.pax-too-large"
    /// A size in an extended header that differs from the header's, which had room for it.
    case extendedSize = "tar.pax-size"
    /// A member with holes.
    case sparse = "tar.sparse"
    /// Two paths that are one where case or composition of letters makes no difference.
    case nameCollision = "tar.name-collision"
}
