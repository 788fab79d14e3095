package import Cryptography

/// A certificate transparency log that signs a promise for every certificate (RFC 6962).
package struct LocalCertificateLog: Sendable {
    /// The log's key.
    package var key: SigningKey
    /// Where the log says it is; nothing is fetched.
    package var baseURL: String
    /// When its key began to be used.
    package var start: Timestamp

    /// A log.
    package init(key: SigningKey, baseURL: String, start: Timestamp) {
        self.key = key
        self.baseURL = baseURL
        self.start = start
    }

    /// The signed certificate timestamp (RFC 6962 §3.2) of a precertificate, serialised.
    ///
    /// - Parameters:
    ///   - body: The TBSCertificate without the poison and without a list of such timestamps.
    ///   - issuerPublicKeyInfo: The issuer's SubjectPublicKeyInfo, DER.
    ///   - time: When it was logged; kept to the millisecond.
    /// - Returns: The promise, version 1, without extensions.
    /// - Throws: ``CryptographyError``.
    package func timestamp(
        body: [UInt8],
        issuerPublicKeyInfo: [UInt8],
        at time: Timestamp
    ) throws(CryptographyError) -> [UInt8] {
        let milliseconds = UInt64(clamping: time.seconds) * 1000 + UInt64(clamping: time.nanoseconds / 1_000_000)
        let clock = Self.bigEndian(milliseconds, octets: 8)
        let signed: [UInt8] =
            [0, 0] + clock + [0, 1] + Digest(hashing: issuerPublicKeyInfo).bytes
            + Self.bigEndian(UInt64(body.count), octets: 3) + body + [0, 0]
        let signature = try key.sign(signed, hash: .sha256)
        let scheme: UInt8 = if case .rsa = key.kind { 1 } else { 3 }
        return [0] + key.keyID + clock + [0, 0, 4, scheme] + Self.bigEndian(UInt64(signature.count), octets: 2)
            + signature
    }

    private static func bigEndian(_ number: UInt64, octets: Int) -> [UInt8] {
        (0..<octets).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}
