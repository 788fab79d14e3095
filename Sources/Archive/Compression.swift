internal import CArchive

/// How a stream is compressed, told by its first bytes.
package enum Compression: String, Hashable, Sendable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// RFC 8878.
    case zstd

    /// The compression that the first bytes of a stream announce; nil when none of the known.
    package init?(announcedBy bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: ZstdFrames.magicNumber) || ZstdFrames.isSkippable(bytes) {
            self = .zstd
        } else {
            return nil
        }
    }

    /// libarchive's number of the filter.
    var filterCode: Int32 {
        switch self {
        case .gzip: ARCHIVE_FILTER_GZIP
        case .zstd: ARCHIVE_FILTER_ZSTD
        }
    }
}
