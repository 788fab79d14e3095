internal import Cryptography

extension OpenPGPSignature {
    /// No signature over a commit is larger, in bytes.
    private static let maximumBytes = 256 << 10

    /// Reads the first signature of an armoured text (RFC 9580 §6.2), as commits carry it.
    ///
    /// - Throws: ``OpenPGPError``.
    package init(armour: [UInt8]) throws(OpenPGPError) {
        guard armour.count <= Self.maximumBytes else { throw .malformed("\(armour.count) bytes") }
        guard let bytes = Base64.decode(Self.body(of: armour)) else { throw .malformed("the armour") }
        var reader = OpenPGPPacketReader(bytes[...])
        guard let packet = try reader.next(), packet.tag == OpenPGPPacket.signature
        else { throw .malformed("no signature") }
        try self.init(packet.body)
    }

    /// The base64 between the armour's headers, which an empty line ends, and its checksum.
    private static func body(of armour: [UInt8]) -> [UInt8] {
        var isBody = false
        var text: [UInt8] = []
        for line in armour.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = line.filter { $0 != 0x0D && $0 != 0x20 }
            if line.starts(with: "-----END".utf8) { break }
            if isBody, line.first != UInt8(ascii: "=") { text += line }
            if line.isEmpty { isBody = true }
        }
        return text
    }
}
