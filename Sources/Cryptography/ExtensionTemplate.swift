/// One extension of a certificate that is about to be made (RFC 5280 §4.2).
package struct ExtensionTemplate: Hashable, Sendable {
    /// The arcs of its name.
    package var identifier: [UInt64]
    /// Whether a reader that does not know it must refuse the certificate.
    package var isCritical: Bool
    /// What lies in `extnValue`.
    package var value: [UInt8]

    /// An extension.
    package init(_ identifier: [UInt64], isCritical: Bool = false, value: [UInt8]) {
        self.identifier = identifier
        self.isCritical = isCritical
        self.value = value
    }

    /// Its encoding.
    var der: [UInt8] {
        DERBuilder.sequence(
            DERBuilder.objectIdentifier(identifier),
            isCritical ? DERBuilder.boolean(true) : [],
            DERBuilder.octetString(value)
        )
    }
}

// MARK: - What RFC 5280 gives

extension ExtensionTemplate {
    /// Who a leaf stands for: the one name in its subjectAltName.
    package enum AlternativeName: Hashable, Sendable {
        /// A uniform resource identifier, as for a workflow.
        case uri(String)
        /// An e-mail address.
        case email(String)
        /// Fulcio's user name, an otherName of type 1.3.6.1.4.1.57264.1.7.
        case userName(String)

        /// The text of the name.
        package var text: String {
            switch self {
            case .uri(let text), .email(let text), .userName(let text): text
            }
        }

        fileprivate var der: [UInt8] {
            switch self {
            case .uri(let text): DERBuilder.primitiveContext(6, Array(text.utf8))
            case .email(let text): DERBuilder.primitiveContext(1, Array(text.utf8))
            case .userName(let text):
                DERBuilder.context(
                    0,
                    DERBuilder.objectIdentifier([1, 3, 6, 1, 4, 1, 57264, 1, 7])
                        + DERBuilder.context(0, DERBuilder.utf8String(text))
                )
            }
        }
    }

    /// What a key may do; the raw value is the bit of KeyUsage.
    package enum KeyUse: Int, Sendable {
        /// Signing what is not a certificate.
        case digitalSignature = 0
        /// Signing certificates.
        case certificateSigning = 5
        /// Signing revocation lists.
        case revocationListSigning = 6
    }

    /// Purposes of ExtendedKeyUsage.
    package enum Purpose {
        /// Signing code, as every leaf of Fulcio.
        package static let codeSigning: [UInt64] = [1, 3, 6, 1, 5, 5, 7, 3, 3]
        /// Signing RFC 3161 timestamps.
        package static let timestamping: [UInt64] = [1, 3, 6, 1, 5, 5, 7, 3, 8]
        /// Serving TLS.
        package static let serverAuthentication: [UInt64] = [1, 3, 6, 1, 5, 5, 7, 3, 1]
    }

    /// subjectAltName with the names given.
    package static func subjectAlternativeName(_ names: [AlternativeName], isCritical: Bool = true) -> Self {
        Self([2, 5, 29, 17], isCritical: isCritical, value: DERBuilder.sequence(of: names.map(\.der)))
    }

    /// basicConstraints.
    package static func basicConstraints(isAuthority: Bool, pathLength: UInt32? = nil) -> Self {
        let contents = (isAuthority ? DERBuilder.boolean(true) : []) + (pathLength.map(DERBuilder.integer) ?? [])
        return Self([2, 5, 29, 19], isCritical: true, value: DERBuilder.sequence(contents))
    }

    /// keyUsage.
    package static func keyUsage(_ uses: [KeyUse]) -> Self {
        Self([2, 5, 29, 15], isCritical: true, value: DERBuilder.namedBits(uses.map(\.rawValue)))
    }

    /// extKeyUsage.
    package static func extendedKeyUsage(_ purposes: [[UInt64]], isCritical: Bool = false) -> Self {
        let value = DERBuilder.sequence(of: purposes.map(DERBuilder.objectIdentifier))
        return Self([2, 5, 29, 37], isCritical: isCritical, value: value)
    }

    /// subjectKeyIdentifier by method 4 of RFC 7093 §2: from the digest of the whole SubjectPublicKeyInfo.
    package static func subjectKeyIdentifier(_ subjectPublicKeyInfo: [UInt8]) -> Self {
        Self([2, 5, 29, 14], value: DERBuilder.octetString(keyIdentifier(subjectPublicKeyInfo)))
    }

    /// authorityKeyIdentifier that names the issuer's key.
    package static func authorityKeyIdentifier(_ issuerPublicKeyInfo: [UInt8]) -> Self {
        let identifier = DERBuilder.primitiveContext(0, keyIdentifier(issuerPublicKeyInfo))
        return Self([2, 5, 29, 35], value: DERBuilder.sequence(identifier))
    }

    private static func keyIdentifier(_ subjectPublicKeyInfo: [UInt8]) -> [UInt8] {
        Array(Digest(hashing: subjectPublicKeyInfo).bytes.prefix(20))
    }
}

// MARK: - What Fulcio and certificate transparency give

extension ExtensionTemplate {
    /// Fulcio's 1.3.6.1.4.1.57264.1.`number`: up to 6 the raw text, above it a UTF8String.
    package static func fulcio(_ number: UInt64, _ text: String) -> Self {
        let value = number <= 6 ? Array(text.utf8) : DERBuilder.utf8String(text)
        return Self([1, 3, 6, 1, 4, 1, 57264, 1, number], value: value)
    }

    /// The mark by which a precertificate cannot be used as a certificate (RFC 6962 §3.1).
    package static let poison = Self([1, 3, 6, 1, 4, 1, 11129, 2, 4, 3], isCritical: true, value: DERBuilder.null)

    /// The list of signed certificate timestamps (RFC 6962 §3.3): an OCTET STRING inside the one of every extension.
    ///
    /// - Parameter timestamps: Each one serialised, shorter than 64 KiB together.
    /// - Returns: The extension, not critical.
    package static func signedCertificateTimestamps(_ timestamps: [[UInt8]]) -> Self {
        let list = timestamps.flatMap { lengthPrefixed($0) }
        return Self([1, 3, 6, 1, 4, 1, 11129, 2, 4, 2], value: DERBuilder.octetString(lengthPrefixed(list)))
    }

    private static func lengthPrefixed(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(clamping: bytes.count)
        return [UInt8(count >> 8), UInt8(count & 0xFF)] + bytes
    }
}
