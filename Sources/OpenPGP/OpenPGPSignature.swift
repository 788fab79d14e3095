package import Cryptography

/// One signature packet (RFC 9580 §5.2), as far as it says who signed, when and how.
package struct OpenPGPSignature: Hashable, Sendable {
    /// The version of the packet.
    package let version: UInt8
    /// What the signature means: 0 for a signature of a binary document (§5.2.1).
    package let type: UInt8
    /// The signer's algorithm by its number (§9.1).
    package let publicKeyAlgorithm: UInt8
    /// The hash by its number (§9.5).
    package let hashAlgorithm: UInt8
    /// When it was made, as the signer says.
    package private(set) var createdAt: Timestamp?
    /// Seconds after that time for which it holds, when the signer says so.
    package private(set) var lifetime: Int64?
    /// The signer's key by its 64-bit identifier, in hexadecimal digits; that need not be signed.
    package private(set) var issuerKeyID: String?
    /// The signer's key by its fingerprint, in hexadecimal digits.
    package private(set) var issuerFingerprint: String?

    init(_ body: ArraySlice<UInt8>) throws(OpenPGPError) {
        var reader = OctetReader(body)
        version = UInt8(try reader.number(1))
        switch version {
        case 3:
            guard try reader.number(1) == 5 else { throw .malformed("the length of what is hashed") }
            type = UInt8(try reader.number(1))
            createdAt = Timestamp(seconds: Int64(try reader.number(4)))
            issuerKeyID = Hexadecimal.encode(try reader.take(8)).uppercased()
            publicKeyAlgorithm = UInt8(try reader.number(1))
            hashAlgorithm = UInt8(try reader.number(1))
        case 4, 6:
            type = UInt8(try reader.number(1))
            publicKeyAlgorithm = UInt8(try reader.number(1))
            hashAlgorithm = UInt8(try reader.number(1))
            let width = version == 6 ? 4 : 2
            try readSubpackets(try reader.take(try reader.number(width)), areSigned: true)
            try readSubpackets(try reader.take(try reader.number(width)), areSigned: false)
        case let other: throw .unsupported("a signature of version \(other)")
        }
    }

    /// Reads an area of subpackets (RFC 9580 §5.2.3.7): what is not signed may name the key, and nothing else.
    private mutating func readSubpackets(_ area: ArraySlice<UInt8>, areSigned: Bool) throws(OpenPGPError) {
        var reader = OctetReader(area)
        while !reader.isAtEnd {
            let content = try reader.take(try reader.subpacketLength())
            guard let head = content.first else { throw .malformed("an empty subpacket") }
            let value = content.dropFirst()
            switch head & 0x7F {
            case 2 where areSigned && value.count == 4 && createdAt == nil:
                createdAt = Timestamp(seconds: Self.number(value))
            case 3 where areSigned && value.count == 4 && lifetime == nil: lifetime = Self.number(value)
            case 16 where value.count == 8 && issuerKeyID == nil:
                issuerKeyID = Hexadecimal.encode(value).uppercased()
            case 33 where value.count > 1 && issuerFingerprint == nil:
                issuerFingerprint = Hexadecimal.encode(value.dropFirst()).uppercased()
            default: break
            }
        }
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> Int64 {
        octets.reduce(0) { $0 << 8 | Int64($1) }
    }

    /// The hash by its name.
    package var hashName: String {
        switch hashAlgorithm {
        case 1: "MD5"
        case 2: "SHA1"
        case 3: "RIPEMD160"
        case 8: "SHA256"
        case 9: "SHA384"
        case 10: "SHA512"
        case 11: "SHA224"
        case 12: "SHA3-256"
        case 14: "SHA3-512"
        case let other: "hash \(other)"
        }
    }

    /// The signer's algorithm by its name.
    package var publicKeyName: String {
        switch publicKeyAlgorithm {
        case 1, 3: "RSA"
        case 17: "DSA"
        case 19: "ECDSA"
        case 22: "EdDSA"
        case 27: "Ed25519"
        case 28: "Ed448"
        case let other: "algorithm \(other)"
        }
    }
}

/// Reads octets in order.
private struct OctetReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ count: Int) throws(OpenPGPError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func number(_ count: Int) throws(OpenPGPError) -> Int {
        try take(count).reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func subpacketLength() throws(OpenPGPError) -> Int {
        let first = try number(1)
        switch first {
        case ..<192: return first
        case ..<255: return (first - 192) << 8 + (try number(1)) + 192
        default: return try number(4)
        }
    }
}
