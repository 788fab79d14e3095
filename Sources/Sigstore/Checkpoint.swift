internal import Cryptography

/// A checkpoint: a tree's size and root in a signed note (C2SP `tlog-checkpoint`, `signed-note`).
public struct Checkpoint: Hashable, Sendable {
    /// Which log, in the log's own words.
    public let origin: String
    /// The number of leaves.
    public let treeSize: Int64
    /// The root.
    public let rootHash: [UInt8]
    /// What the signatures are over: everything up to and with the newline before the blank line.
    public let signedText: [UInt8]
    /// The signature lines, in order.
    public let signatures: [Signature]

    /// One signature line of a note.
    public struct Signature: Hashable, Sendable {
        /// The signer's name.
        public let name: String
        /// The four bytes that tell one key of that name from another.
        public let keyID: [UInt8]
        /// The signature itself.
        public let bytes: [UInt8]
    }

    /// No note is larger, in bytes.
    static let maximumBytes = 64 << 10
    /// More signatures than any log and its witnesses give.
    static let maximumSignatures = 64

    /// Reads a signed note that holds a checkpoint.
    ///
    /// - Throws: ``CheckpointError``.
    public init(parsing note: String) throws(CheckpointError) {
        let bytes = Array(note.utf8)
        guard bytes.count <= Self.maximumBytes else { throw .tooLarge }
        guard bytes.last == 0x0A else { throw .noFinalNewline }
        guard let split = Self.lastBlankLine(bytes) else { throw .noSeparator }
        signedText = Array(bytes[...split])
        (origin, treeSize, rootHash) = try Self.body(signedText)
        signatures = try Self.signatures(bytes[(split + 2)...])
    }

    /// The position of the newline before the last blank line.
    private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
        bytes.indices.dropLast().last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
    }

    private static func body(_ text: [UInt8]) throws(CheckpointError) -> (String, Int64, [UInt8]) {
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 3 else { throw .tooFewLines }
        guard let origin = String(validating: lines[0], as: UTF8.self), !origin.isEmpty else { throw .malformedOrigin }
        guard let sizeText = String(validating: lines[1], as: UTF8.self), let size = Int64(sizeText), size >= 0,
            String(size).hasSameBytes(as: sizeText)
        else { throw .malformedSize }
        guard let root = Base64.decode(Array(lines[2])), root.count == 32 else { throw .malformedRoot }
        guard lines.dropFirst(3).allSatisfy({ !$0.isEmpty }) else { throw .emptyExtension }
        return (origin, size, root)
    }

    private static func signatures(_ bytes: ArraySlice<UInt8>) throws(CheckpointError) -> [Signature] {
        var result: [Signature] = []
        for line in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) where !bytes.isEmpty {
            guard result.count < maximumSignatures else { throw .tooManySignatures }
            let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].elementsEqual("\u{2014}".utf8),
                let name = String(validating: parts[1], as: UTF8.self), !name.isEmpty, !name.utf8.contains(0x2B)
            else { throw .malformedSignature }
            guard let decoded = Base64.decode(Array(parts[2])), decoded.count > 4 else { throw .malformedSignature }
            result.append(Signature(name: name, keyID: Array(decoded[..<4]), bytes: Array(decoded[4...])))
        }
        guard !result.isEmpty else { throw .noSignatures }
        return result
    }
}

/// Why a text is not a checkpoint.
public enum CheckpointError: Error, Hashable, Sendable {
    case tooLarge
    case noFinalNewline
    case noSeparator
    case tooFewLines
    case malformedOrigin
    case malformedSize
    case malformedRoot
    case emptyExtension
    case malformedSignature
    case noSignatures
    case tooManySignatures
}
