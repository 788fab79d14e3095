internal import Cryptography
internal import Git

/// The bytes of a member that looks like a document, kept while it is read as long as there is room.
struct RetainedBytes {
    private var bytes: [UInt8]?
    private let looksLikeDocument: Bool
    private let looksLikeBundle: Bool
    private let limit: Int64

    /// How files begin that arrangements are told by and that are no JSON: links of a registry's storage, and the
    /// signatures beside a copied image; and envelopes in COSE (a tagged COSE_Sign1).
    private static let marks: [[UInt8]] =
        ["sha256:", "sha512:", "\0sigstore-json"].map { Array($0.utf8) } + [[0xD2, 0x84]]

    /// What is kept of a member without bytes.
    init(limit: Int64) {
        bytes = []
        (looksLikeDocument, looksLikeBundle) = (false, false)
        self.limit = limit
    }

    /// What is kept of a member that begins so.
    init(_ beginning: UnsafeRawBufferPointer, limit: Int64, _ keepsAnything: Bool = false) {
        let first = beginning.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        looksLikeDocument = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        let isMarked = Self.marks.contains { beginning.starts(with: $0) }
        looksLikeBundle = BundleFile.begins(beginning)
        bytes = looksLikeDocument || isMarked || looksLikeBundle || keepsAnything ? [] : nil
        self.limit = limit
    }

    mutating func append(_ chunk: UnsafeRawBufferPointer) {
        guard let count = bytes?.count else { return }
        if Int64(count) + Int64(chunk.count) > limit {
            bytes = nil
        } else {
            bytes?.append(contentsOf: chunk)
        }
    }

    func measurement(_ size: Int64, _ digest: Digest, _ expansion: Expansion) -> Measurement {
        Measurement(
            size: size,
            digest: digest,
            expansion: expansion,
            retained: bytes,
            looksLikeDocument: looksLikeDocument,
            looksLikeBundle: looksLikeBundle
        )
    }
}
