internal import Cryptography
internal import StrictJSON

extension TrustedRoot {
    /// The trusted root as `trusted_root.json`, version 0.1 (protobuf-specs, sigstore_trustroot.proto).
    ///
    /// - Throws: ``FormatError`` when the key of a log is one that cannot be used.
    package func json() throws(FormatError) -> [UInt8] {
        let root: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": .array(try Self.json(transparencyLogs)),
            "certificateAuthorities": .array(certificateAuthorities.map(\.json)),
            "ctlogs": .array(try Self.json(certificateLogs)),
            "timestampAuthorities": .array(timestampAuthorities.map(\.json)),
        ]
        return Array((root.pretty + "\n").utf8)
    }

    private static func json(_ logs: [LogInstance]) throws(FormatError) -> [JSONValue] {
        var result: [JSONValue] = []
        for log in logs { result.append(try log.json()) }
        return result
    }
}

extension ValidityPeriod {
    fileprivate var json: JSONValue {
        var period = JSONObject()
        if let start { period["start"] = JSONValue(start.description) }
        if let end { period["end"] = JSONValue(end.description) }
        return .object(period)
    }
}

extension LogInstance {
    fileprivate func json() throws(FormatError) -> JSONValue {
        guard let publicKey else { throw .malformed(path: baseURL, expected: "a key that can be used") }
        return [
            "baseUrl": JSONValue(baseURL),
            "hashAlgorithm": "SHA2_256",
            "publicKey": [
                "rawBytes": JSONValue(Base64.encode(publicKey.subjectPublicKeyInfo)),
                "keyDetails": JSONValue(publicKey.kind.registryName),
                "validFor": validity.json,
            ],
            "logId": ["keyId": JSONValue(Base64.encode(logID))],
        ]
    }
}

extension CertificateAuthority {
    /// The subject is the anchor's, as Sigstore's own roots have it.
    fileprivate var json: JSONValue {
        let anchor = chain[chain.count - 1]
        return [
            "subject": [
                "organization": JSONValue(anchor.subjectAttribute(.organization) ?? ""),
                "commonName": JSONValue(anchor.subjectAttribute(.commonName) ?? ""),
            ],
            "uri": JSONValue(uri),
            "certChain": ["certificates": .array(chain.map { ["rawBytes": JSONValue(Base64.encode($0.der))] })],
            "validFor": validity.json,
        ]
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
