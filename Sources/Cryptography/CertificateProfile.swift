internal import COpenSSL

/// What a key may do; the raw value is the bit of KeyUsage (RFC 5280 §4.2.1.3).
package enum KeyUsageBit: Int, Hashable, Sendable, CaseIterable {
    case digitalSignature = 0
    case contentCommitment
    case keyEncipherment
    case dataEncipherment
    case keyAgreement
    case certificateSigning
    case revocationListSigning
    case encipherOnly
    case decipherOnly
}

extension Certificate {
    /// Extensions that profiles ask for.
    package enum ExtensionName: String, Sendable {
        case keyUsage = "2.5.29.15"
        case basicConstraints = "2.5.29.19"
        case extendedKeyUsage = "2.5.29.37"
    }

    /// Whether an extension is there and marked critical.
    package func hasCritical(_ name: ExtensionName) -> Bool {
        fields.extensions.contains { $0.identifier == name.rawValue && $0.isCritical }
    }

    /// The uses that KeyUsage names; nil when the extension is absent.
    ///
    /// - Throws: ``DERError``.
    package func keyUsages() throws(DERError) -> Set<KeyUsageBit>? {
        guard let value = extensionValue(ExtensionName.keyUsage.rawValue) else { return nil }
        var reader = DERReader(value)
        let bits = try reader.element(DERTag.bitString)
        try reader.end()
        guard let unused = bits.content.first, unused < 8 else { throw .invalidContent(tag: DERTag.bitString) }
        let octets = Array(bits.content.dropFirst())
        return Set(
            KeyUsageBit.allCases.filter { bit in
                octets.indices.contains(bit.rawValue / 8)
                    && octets[bit.rawValue / 8] & (0x80 >> (bit.rawValue % 8)) != 0
            }
        )
    }

    /// How many authorities may stand below this one; nil when nothing is said (RFC 5280 §4.2.1.9).
    ///
    /// - Throws: ``DERError``.
    package func pathLength() throws(DERError) -> Int? {
        guard let value = extensionValue(ExtensionName.basicConstraints.rawValue) else { return nil }
        var outer = DERReader(value)
        var parts = try outer.nested(DERTag.sequence)
        try outer.end()
        _ = try parts.optional(DERTag.boolean)
        return try parts.optional(DERTag.integer)?.smallInteger()
    }

    /// Whether the other certificate's subject is this one's issuer and its key made this one's signature, with SHA-256,
    /// SHA-384 or SHA-512.
    ///
    /// Nothing else of a path is looked at.
    package func isSigned(by issuer: Certificate) -> Bool {
        guard fields.issuer == issuer.fields.subject else { return false }
        let holds = withPointer { own in
            var (digest, key, bits): (Int32, Int32, Int32) = (0, 0, 0)
            guard X509_get_signature_info(own, &digest, &key, &bits, nil) == 1,
                [NID_sha256, NID_sha384, NID_sha512].contains(digest)
            else { return false }
            return issuer.publicKey.withPointer { X509_verify(own, $0) } == 1
        }
        ERR_clear_error()
        return holds ?? false
    }
}
