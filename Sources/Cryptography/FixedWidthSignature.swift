/// An ECDSA signature as JOSE and COSE write it: both numbers, each as long as the curve's order (RFC 7518 §3.4,
/// RFC 9053 §2.1).
package enum FixedWidthSignature {
    /// The same signature in DER; nil when it is not as long as the curve asks for.
    package static func der(_ signature: [UInt8], _ kind: PublicKeyKind) -> [UInt8]? {
        guard let width = width(kind), signature.count == 2 * width else { return nil }
        return DERBuilder.sequence(
            DERBuilder.unsignedInteger(Array(signature[..<width])),
            DERBuilder.unsignedInteger(Array(signature[width...]))
        )
    }

    /// The fixed form of a signature in DER; nil when it is none of the curve.
    package static func fixed(_ der: [UInt8], _ kind: PublicKeyKind) -> [UInt8]? {
        guard let width = width(kind) else { return nil }
        var outer = DERReader(der)
        guard var numbers = try? outer.nested(DERTag.sequence), let first = try? numbers.element(DERTag.integer),
            let second = try? numbers.element(DERTag.integer)
        else { return nil }
        let padded = [first, second].map { number -> [UInt8] in
            let digits = number.content.drop { $0 == 0 }
            return [UInt8](repeating: 0, count: max(0, width - digits.count)) + digits
        }
        return padded.allSatisfy { $0.count == width } ? padded[0] + padded[1] : nil
    }

    private static func width(_ kind: PublicKeyKind) -> Int? {
        switch kind {
        case .ecdsaP256: 32
        case .ecdsaP384: 48
        case .ecdsaP521: 66
        case .rsa, .ed25519: nil
        }
    }
}
