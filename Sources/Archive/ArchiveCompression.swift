internal import CArchive

/// How an archive that is no layer is compressed: images have no bzip2 and no xz, what is unpacked into them may.
package enum ArchiveCompression: Hashable, Sendable {
    /// As a layer may be.
    case ofLayers(Compression)
    /// bzip2.
    case bzip2
    /// xz.
    case xz

    /// The compression that the first bytes of a stream announce; nil when none of the known.
    package init?(announcedBy bytes: UnsafeRawBufferPointer) {
        if let compression = Compression(announcedBy: bytes) {
            self = .ofLayers(compression)
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
        case .ofLayers(let compression): compression.filterCode
        case .bzip2: ARCHIVE_FILTER_BZIP2
        case .xz: ARCHIVE_FILTER_XZ
        }
    }
}
