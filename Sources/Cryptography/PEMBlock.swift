/// One block of a PEM text (RFC 7468).
public struct PEMBlock: Hashable, Sendable {
    /// The words after BEGIN.
    public let label: String
    /// The decoded bytes.
    public let content: [UInt8]

    /// More bytes than any chain needs.
    private static let maximumBytes = 4 << 20
    /// More blocks than any chain needs.
    private static let maximumBlocks = 1024

    /// Reads every block; only white space may stand between them.
    ///
    /// - Throws: ``CryptographyError/malformed(object:)``.
    public static func parse(_ text: some StringProtocol) throws(CryptographyError) -> [PEMBlock] {
        let malformed = CryptographyError.malformed(object: "PEM")
        guard text.utf8.count <= maximumBytes else { throw malformed }
        var blocks: [PEMBlock] = []
        var label: String?
        var body: [UInt8] = []
        for line in Array(text.utf8).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = trimmed(line)
            guard !line.isEmpty else { continue }
            if let opened = label {
                guard line.starts(with: "-----".utf8) else {
                    body.append(contentsOf: line)
                    continue
                }
                guard line.elementsEqual("-----END \(opened)-----".utf8), let content = Base64.decode(body),
                    blocks.count < maximumBlocks
                else { throw malformed }
                blocks.append(PEMBlock(label: opened, content: content))
                label = nil
                body = []
            } else {
                guard let opening = openingLabel(line) else { throw malformed }
                label = opening
            }
        }
        guard label == nil else { throw malformed }
        return blocks
    }

    private static func trimmed<Line: BidirectionalCollection<UInt8>>(_ line: Line) -> Line.SubSequence {
        var slice = line[...]
        while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
        return slice.drop { $0 == 0x20 || $0 == 0x09 }
    }

    private static func openingLabel(_ line: some Collection<UInt8>) -> String? {
        let bytes = Array(line)
        let prefix = Array("-----BEGIN ".utf8)
        let suffix = Array("-----".utf8)
        guard bytes.starts(with: prefix), bytes.count > prefix.count + suffix.count,
            bytes.suffix(5).elementsEqual(suffix)
        else { return nil }
        let label = bytes[prefix.count..<bytes.count - suffix.count]
        // Printable ASCII alone (RFC 7468 §3): a Kelvin sign would compare equal to the K of KEY.
        guard label.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
        return String(decoding: label, as: UTF8.self)
    }

    /// The block as text, lines of 64 characters, ending with a newline.
    public var text: String {
        let encoded = Array(Base64.encode(content).utf8)
        var lines = ["-----BEGIN \(label)-----"]
        for start in stride(from: 0, to: encoded.count, by: 64) {
            lines.append(String(decoding: encoded[start..<min(start + 64, encoded.count)], as: UTF8.self))
        }
        lines.append("-----END \(label)-----")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A block from its parts.
    public init(label: String, content: [UInt8]) {
        self.label = label
        self.content = content
    }
}
