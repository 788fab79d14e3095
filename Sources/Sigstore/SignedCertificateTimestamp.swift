internal import Cryptography

/// A signed certificate timestamp (RFC 6962 §3.2): a log's promise to publish a certificate.
package struct SignedCertificateTimestamp: Hashable, Sendable {
    let logID: [UInt8]
    let milliseconds: UInt64
    let extensions: [UInt8]
    let hashAlgorithm: UInt8
    let signatureAlgorithm: UInt8
    let signature: [UInt8]

    /// The extension that carries the list in a certificate.
    static let extensionIdentifier = "1.3.6.1.4.1.11129.2.4.2"
    /// More timestamps than any certificate has.
    static let maximumCount = 32

    /// When the log made it.
    var time: Timestamp { Timestamp(milliseconds: min(milliseconds, UInt64(Int64.max))) }

    /// Reads the list of an extension: an OCTET STRING inside the extension's own.
    package static func list(
        extensionValue: [UInt8]
    ) throws(CertificateTimestampError) -> [SignedCertificateTimestamp] {
        var outer = DERReader(extensionValue)
        guard let inner = try? outer.element(0x04), outer.isAtEnd else { throw .malformed }
        var reader = VectorReader(inner.content)
        var list = VectorReader(try reader.vector16())
        try reader.end()
        var result: [SignedCertificateTimestamp] = []
        while !list.isAtEnd {
            guard result.count < maximumCount else { throw .tooMany }
            result.append(try SignedCertificateTimestamp(try list.vector16()))
        }
        return result
    }

    private init(_ bytes: ArraySlice<UInt8>) throws(CertificateTimestampError) {
        var reader = VectorReader(bytes)
        guard try reader.integer(1) == 0 else { throw .unknownVersion }
        logID = Array(try reader.take(32))
        milliseconds = try reader.integer(8)
        extensions = Array(try reader.vector16())
        hashAlgorithm = UInt8(try reader.integer(1))
        signatureAlgorithm = UInt8(try reader.integer(1))
        signature = Array(try reader.vector16())
        try reader.end()
    }

    /// What the log signed: the certificate without the list, and the hash of its issuer's key.
    func signedData(certificate: Certificate, issuer: Certificate) -> [UInt8] {
        let body = certificate.fields.toBeSigned(withoutExtension: Self.extensionIdentifier)
        var data: [UInt8] = [0, 0]
        data += Self.bigEndian(milliseconds, 8)
        data += [0, 1]
        data += issuer.publicKey.identifier.bytes
        data += Self.bigEndian(UInt64(body.count), 3) + body
        data += Self.bigEndian(UInt64(extensions.count), 2) + extensions
        return data
    }

    /// The algorithm that the two octets name (RFC 5246 §7.4.1.4.1); nil for one that logs may not use.
    var algorithm: SignatureAlgorithm? {
        switch (hashAlgorithm, signatureAlgorithm) {
        case (4, 3): .ecdsa(.sha256)
        case (4, 1): .rsaPKCS1(.sha256)
        default: nil
        }
    }

    private static func bigEndian(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }
}

/// Why a list of certificate timestamps cannot be read.
package enum CertificateTimestampError: Error, Hashable, Sendable {
    case malformed
    case unknownVersion
    case tooMany
}

/// Reads the vectors of TLS's presentation language (RFC 5246 §4.3).
private struct VectorReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ count: Int) throws(CertificateTimestampError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .malformed }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func integer(_ count: Int) throws(CertificateTimestampError) -> UInt64 {
        try take(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func vector16() throws(CertificateTimestampError) -> ArraySlice<UInt8> {
        try take(Int(try integer(2)))
    }

    func end() throws(CertificateTimestampError) {
        guard rest.isEmpty else { throw .malformed }
    }
}
