/// A hash algorithm by which content is addressed or signed.
public enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable, Comparable {
    /// SHA-256 (FIPS 180-4).
    case sha256
    /// SHA-384 (FIPS 180-4).
    case sha384
    /// SHA-512 (FIPS 180-4).
    case sha512

    /// Bytes of a digest.
    public var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// By the length of the digest.
    public static func < (left: DigestAlgorithm, right: DigestAlgorithm) -> Bool {
        left.byteCount < right.byteCount
    }
}

/// A content digest, written `algorithm:hex` (OCI image-spec, descriptor, "Digests").
public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The algorithm before the colon.
    public let algorithm: DigestAlgorithm
    /// The digest itself.
    public let bytes: [UInt8]

    /// A digest from its bytes; nil when their number is not the algorithm's.
    public init?(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) {
        guard bytes.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Wraps bytes whose number is known to be right.
    init(checked algorithm: DigestAlgorithm, _ bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Reads `algorithm:hex`; the hexadecimal digits must be lower case and exactly as many as the algorithm asks.
    ///
    /// - Throws: ``DigestError``.
    public init(parsing text: some StringProtocol) throws(DigestError) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .malformed(String(text)) }
        guard let name = String(validating: parts[0], as: UTF8.self), let algorithm = DigestAlgorithm(rawValue: name),
            algorithm.rawValue.utf8.elementsEqual(parts[0])
        else { throw .unknownAlgorithm(String(text)) }
        guard let hex = String(validating: parts[1], as: UTF8.self), let bytes = Hexadecimal.decode(hex),
            bytes.count == algorithm.byteCount
        else { throw .malformed(String(text)) }
        self.init(checked: algorithm, bytes)
    }

    /// The digits after the colon.
    public var hex: String {
        Hexadecimal.encode(bytes)
    }

    /// `algorithm:hex`.
    public var description: String {
        "\(algorithm.rawValue):\(hex)"
    }

    /// The first twelve digits, for tables; never for comparing.
    public var short: String {
        String(hex.prefix(12))
    }

    /// By algorithm, then by bytes.
    public static func < (left: Digest, right: Digest) -> Bool {
        left.algorithm == right.algorithm
            ? left.bytes.lexicographicallyPrecedes(right.bytes)
            : left.algorithm < right.algorithm
    }
}

/// Why a text is not a digest.
public enum DigestError: Error, Hashable, Sendable {
    /// Not `algorithm:hex` with the right number of lower-case digits.
    case malformed(String)
    /// The algorithm is not one that content may be addressed by.
    case unknownAlgorithm(String)
}
