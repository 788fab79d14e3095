/// Public keys and signatures in the forms of JSON Web Keys and Signatures (RFC 7517, RFC 7518, RFC 8037).
extension PublicKey {
    /// A key on a curve from its coordinates (RFC 7518 §6.2.1), each as long as the curve's field.
    ///
    /// - Throws: ``CryptographyError``: an unknown curve, or a point that is not on it.
    package init(webCurve curve: String, x: [UInt8], y: [UInt8]) throws(CryptographyError) {
        let arcs: [UInt64]
        let length: Int
        switch curve {
        case "P-256": (arcs, length) = ([1, 2, 840, 10045, 3, 1, 7], 32)
        case "P-384": (arcs, length) = ([1, 3, 132, 0, 34], 48)
        case "P-521": (arcs, length) = ([1, 3, 132, 0, 35], 66)
        default: throw .unsupported("elliptic curve \(curve)")
        }
        guard x.count == length, y.count == length else { throw .malformed(object: "JSON Web Key") }
        try self.init(
            subjectPublicKeyInfo: DERBuilder.sequence(
                DERBuilder.sequence(
                    DERBuilder.objectIdentifier([1, 2, 840, 10045, 2, 1]),
                    DERBuilder.objectIdentifier(arcs)
                ),
                DERBuilder.bitString([0x04] + x + y)
            )
        )
    }

    /// An RSA key from its modulus and exponent, big-endian (RFC 7518 §6.3.1).
    ///
    /// - Throws: ``CryptographyError``, also for a modulus that is too small.
    package init(webModulus modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
        let key = DERBuilder.sequence(DERBuilder.unsignedInteger(modulus), DERBuilder.unsignedInteger(exponent))
        try self.init(
            subjectPublicKeyInfo: DERBuilder.sequence(
                DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 1, 1]), DERBuilder.null),
                DERBuilder.bitString(key)
            )
        )
    }

    /// An Ed25519 key (RFC 8037 §2).
    ///
    /// - Throws: ``CryptographyError``.
    package init(webEdwards point: [UInt8]) throws(CryptographyError) {
        guard point.count == 32 else { throw .malformed(object: "JSON Web Key") }
        try self.init(
            subjectPublicKeyInfo: DERBuilder.sequence(
                DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112])),
                DERBuilder.bitString(point)
            )
        )
    }
}
