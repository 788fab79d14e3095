/// A signed OpenPGP message (RFC 9580 §10.3): content with its signatures, read without believing them.
package struct OpenPGPMessage: Hashable, Sendable {
    /// What is signed.
    package let content: [UInt8]
    /// The signatures, in order.
    package let signatures: [OpenPGPSignature]

    /// No message that is read here is larger, expanded, in bytes.
    package static let maximumBytes = 16 << 20
    /// More packets than a signed document has.
    private static let maximumPackets = 64
    /// Compressed data in compressed data.
    private static let maximumDepth = 2

    /// Reads a message, binary, whose content may be compressed.
    ///
    /// - Throws: ``OpenPGPError``.
    package init(parsing bytes: [UInt8]) throws(OpenPGPError) {
        var parts = Parts()
        try parts.read(bytes[...], depth: 0)
        guard let content = parts.content else { throw .malformed("the message has no content") }
        guard !parts.signatures.isEmpty else { throw .malformed("the message has no signature") }
        self.content = content
        signatures = parts.signatures
    }

    /// What was found so far.
    private struct Parts {
        var content: [UInt8]?
        var signatures: [OpenPGPSignature] = []
        private var count = 0

        mutating func read(_ bytes: ArraySlice<UInt8>, depth: Int) throws(OpenPGPError) {
            var reader = OpenPGPPacketReader(bytes)
            while let packet = try reader.next() {
                count += 1
                guard count <= OpenPGPMessage.maximumPackets else {
                    throw .malformed("more than \(OpenPGPMessage.maximumPackets) packets")
                }
                try add(packet, depth: depth)
            }
        }

        private mutating func add(_ packet: OpenPGPPacket, depth: Int) throws(OpenPGPError) {
            switch packet.tag {
            case OpenPGPPacket.signature: signatures.append(try OpenPGPSignature(packet.body))
            // Tells in advance what the signature behind the content says again.
            case OpenPGPPacket.onePassSignature, OpenPGPPacket.marker: break
            case OpenPGPPacket.literalData:
                guard content == nil else { throw .malformed("the message has two contents") }
                content = try Self.literal(packet.body)
            case OpenPGPPacket.compressedData:
                guard depth < OpenPGPMessage.maximumDepth else { throw .malformed("compressed more than twice") }
                let expanded = try Self.expand(packet.body)
                try read(expanded[...], depth: depth + 1)
            case let other: throw .malformed("a packet of type \(other) in a signed message")
            }
        }

        /// Format, name, date, and then the content (RFC 9580 §5.9).
        private static func literal(_ body: ArraySlice<UInt8>) throws(OpenPGPError) -> [UInt8] {
            guard body.count >= 2, case let nameLength = Int(body[body.startIndex + 1]),
                body.count >= 2 + nameLength + 4
            else { throw .truncated }
            return Array(body.dropFirst(2 + nameLength + 4))
        }

        /// RFC 9580 §5.6.
        private static func expand(_ body: ArraySlice<UInt8>) throws(OpenPGPError) -> [UInt8] {
            let rest = Array(body.dropFirst())
            switch body.first {
            case 0: return rest
            case 1: return try Inflation.expand(rest, .raw, limit: OpenPGPMessage.maximumBytes)
            case 2: return try Inflation.expand(rest, .zlib, limit: OpenPGPMessage.maximumBytes)
            case 3: throw .unsupported("bzip2")
            case let algorithm?: throw .malformed("compression algorithm \(algorithm)")
            case nil: throw .truncated
            }
        }
    }
}

/// Why bytes are not a signed OpenPGP message.
package enum OpenPGPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A packet is longer than what is left.
    case truncated
    /// Not what RFC 9580 gives.
    case malformed(String)
    /// A format or algorithm that is not read here.
    case unsupported(String)
    /// The content expands to more than is read.
    case tooLarge(limit: Int)

    package var description: String {
        switch self {
        case .truncated: "the message is cut short"
        case .malformed(let what): what
        case .unsupported(let what): "\(what) is not read"
        case .tooLarge(let limit): "the content expands to more than \(limit) bytes"
        }
    }
}
