internal import Cryptography

/// Public keys, as they are exported.
package struct OpenPGPKeyring: Hashable, Sendable {
    /// The keys' packets, binary.
    package let bytes: [UInt8]

    private static let opening = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
    private static let closing = "-----END PGP PUBLIC KEY BLOCK-----"
    /// The packet of a public key (RFC 9580 §5.5.1.1).
    private static let publicKeyTag: UInt8 = 6

    /// Reads binary keys, or one or more blocks of armored ones (RFC 9580 §6.2).
    ///
    /// - Throws: ``OpenPGPError`` for anything that does not begin with a public key.
    package init(_ file: [UInt8]) throws(OpenPGPError) {
        bytes = file.first.map { $0 & 0x80 == 0 } ?? true ? try Self.dearmored(file) : file
        var reader = OpenPGPPacketReader(bytes[...])
        guard try reader.next()?.tag == Self.publicKeyTag else { throw .malformed("no public key") }
        while try reader.next() != nil {}
    }

    private static func dearmored(_ file: [UInt8]) throws(OpenPGPError) -> [UInt8] {
        var bytes: [UInt8] = []
        var block: [UInt8]?
        var isInHeaders = false
        for line in file.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A }) {
            var line = line
            while let last = line.last, [0x0D, 0x20, 0x09].contains(last) { line = line.dropLast() }
            if line.elementsEqual(opening.utf8) {
                (block, isInHeaders) = ([], true)
            } else if line.elementsEqual(closing.utf8) {
                bytes += try content(block)
                block = nil
            } else if isInHeaders {
                isInHeaders = !line.isEmpty
                // The checksum, of which RFC 9580 §6.1 says that it need not be looked at.
            } else if block != nil, line.first != UInt8(ascii: "=") {
                block?.append(contentsOf: line)
            }
        }
        guard block == nil, !bytes.isEmpty else { throw .malformed("no armored public key") }
        return bytes
    }

    private static func content(_ block: [UInt8]?) throws(OpenPGPError) -> [UInt8] {
        guard let block, let bytes = Base64.decode(block) else { throw .malformed("the armor is not base64") }
        return bytes
    }
}
