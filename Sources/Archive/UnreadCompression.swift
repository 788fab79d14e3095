/// Compressions that layers of images do not have (OCI image-spec, "Layer Media Types"), told by the first bytes.
///
/// They are named for people; what is compressed so is not expanded.
package enum UnreadCompression: String, Hashable, Sendable, CaseIterable {
    case xz, bzip2, lz4, lzip, lzma, compress, zip
    case sevenZip = "7z"

    /// The compression that the first bytes of a stream announce; nil when none of these.
    package init?(announcedBy bytes: UnsafeRawBufferPointer) {
        guard let found = Self.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        self = found
    }

    private var magic: [UInt8] {
        switch self {
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        case .bzip2: Array("BZh".utf8)
        case .lz4: [0x04, 0x22, 0x4D, 0x18]
        case .lzip: Array("LZIP".utf8)
        // The header that every writer makes: its usual properties, and a dictionary of whole 64 KiB.
        case .lzma: [0x5D, 0x00, 0x00]
        case .compress: [0x1F, 0x9D]
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
        }
    }
}
