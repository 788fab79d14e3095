internal import CArchive

/// How a stream is compressed, told by its first bytes.
package enum Compression: String, Hashable, Sendable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd
    /// bzip2; no layer of an image is compressed so, but archives that are unpacked into one may be.
    case bzip2
    /// xz; as bzip2.
    case xz

    /// The compression that the first bytes of a stream announce; nil when none of the known.
    package init?(announcedBy bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            return nil
        }
    }

    /// The compression of an archive, of whatever kind, that its first bytes announce; nil when none of the known.
    package init?(ofArchiveAnnouncedBy bytes: UnsafeRawBufferPointer) {
        if let compression = Compression(announcedBy: bytes) {
            self = compression
        } else if bytes.starts(with: "BZh".utf8) {
            self = .bzip2
        } else if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else {
            return nil
        }
    }

    /// libarchive's number of the filter.
    var filterCode: Int32 {
        switch self {
        case .gzip: ARCHIVE_FILTER_GZIP
        case .zstd: ARCHIVE_FILTER_ZSTD
        case .bzip2: ARCHIVE_FILTER_BZIP2
        case .xz: ARCHIVE_FILTER_XZ
        }
    }
}
