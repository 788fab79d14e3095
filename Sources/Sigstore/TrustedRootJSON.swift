internal import Cryptography

extension TrustedRoot {
    /// The trusted root as `trusted_root.json`.
    ///
    /// - Throws: ``FormatError`` when the key of a log is one that cannot be used.
    package func json() throws(FormatError) -> [UInt8] {
        TrustedRootDraft(
            transparencyLogs: try Self.drafts(transparencyLogs),
            certificateAuthorities: certificateAuthorities.map(\.draft),
            certificateLogs: try Self.drafts(certificateLogs),
            timestampAuthorities: timestampAuthorities.map(\.draft)
        ).bytes
    }

    private static func drafts(_ logs: [LogInstance]) throws(FormatError) -> [TrustedRootDraft.Log] {
        var result: [TrustedRootDraft.Log] = []
        for log in logs { result.append(try log.draft()) }
        return result
    }
}

extension LogInstance {
    fileprivate func draft() throws(FormatError) -> TrustedRootDraft.Log {
        guard let publicKey else { throw .malformed(path: baseURL, expected: "a key that can be used") }
        return TrustedRootDraft.Log(
            baseURL: baseURL,
            logID: logID,
            publicKey: publicKey.subjectPublicKeyInfo,
            kind: publicKey.kind,
            validity: validity,
            operatorName: operatorName
        )
    }
}

extension CertificateAuthority {
    /// The subject is the anchor's, as Sigstore's own roots have it.
    fileprivate var draft: TrustedRootDraft.Authority {
        let anchor = chain[chain.count - 1]
        return TrustedRootDraft.Authority(
            organization: anchor.subjectAttribute(.organization) ?? "",
            commonName: anchor.subjectAttribute(.commonName) ?? "",
            uri: uri,
            chain: chain.map(\.der),
            validity: validity,
            operatorName: operatorName
        )
    }
}

extension PublicKeyKind {
    /// The name that the algorithm registry gives to the key with its usual hash.
    package var registryName: String {
        switch self {
        case .ecdsaP256: "PKIX_ECDSA_P256_SHA_256"
        case .ecdsaP384: "PKIX_ECDSA_P384_SHA_384"
        case .ecdsaP521: "PKIX_ECDSA_P521_SHA_512"
        case .rsa(let bits): "PKIX_RSA_PKCS1V15_\(bits)_SHA256"
        case .ed25519: "PKIX_ED25519"
        }
    }
}

/// An attribute of a distinguished name, by its OID (RFC 5280 §A.1).
enum NameAttribute: String {
    case commonName = "2.5.4.3"
    case organization = "2.5.4.10"
}

extension Certificate {
    /// The first value of an attribute of the subject; nil when it has none in UTF-8.
    func subjectAttribute(_ attribute: NameAttribute) -> String? {
        var outer = DERReader(fields.subject)
        guard var sets = try? outer.nested(0x30) else { return nil }
        while !sets.isAtEnd, let set = try? sets.element(0x31) {
            var members = DERReader(set.content)
            while !members.isAtEnd, var pair = try? members.nested(0x30) {
                guard let name = try? pair.element(0x06).objectIdentifier(), name == attribute.rawValue,
                    let value = try? pair.element()
                else { continue }
                return String(validating: value.content, as: UTF8.self)
            }
        }
        return nil
    }
}
