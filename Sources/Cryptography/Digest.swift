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

    /// The algorithm of a name in ASCII.
    package init?(named name: ArraySlice<UInt8>) {
        guard let known = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
        self = known
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
        let characters = Array(text.utf8)
        guard let colon = characters.firstIndex(of: UInt8(ascii: ":")) else { throw .malformed(String(text)) }
        guard let algorithm = DigestAlgorithm(named: characters[..<colon])
        else { throw .unknownAlgorithm(String(text)) }
        guard let digest = Self(algorithm, hex: characters[(colon + 1)...]) else { throw .malformed(String(text)) }
        self = digest
    }

    /// A digest from its digits; nil unless they are lower case and exactly as many as the algorithm asks.
    package init?(_ algorithm: DigestAlgorithm, hex: ArraySlice<UInt8>) {
        guard let bytes = Hexadecimal.decode(utf8: hex) else { return nil }
        self.init(algorithm, bytes)
    }

    /// The digits after the colon.
    public var hex: String {
        Hexadecimal.encode(bytes)
    }

    /// `algorithm:hex`.
    public var description: String {
        String(decoding: text, as: UTF8.self)
    }

    /// ``description`` in ASCII.
    package var text: [UInt8] {
        let name = algorithm.rawValue.utf8
        var text: [UInt8] = []
        text.reserveCapacity(name.count + 1 + 2 * bytes.count)
        text += name
        text.append(UInt8(ascii: ":"))
        Hexadecimal.append(bytes, to: &text)
        return text
    }

    /// The first twelve digits, for tables; never for comparing.
    public var short: String {
        String(hex.prefix(12))
    }

    /// All bytes at once, rather than one after the other.
    public func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
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
