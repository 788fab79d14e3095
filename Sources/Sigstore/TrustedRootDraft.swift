package import Cryptography
internal import StrictJSON

/// A trusted root that is about to be written (protobuf-specs, sigstore_trustroot.proto): nothing here looks whether
/// its keys and certificates can be read.
package struct TrustedRootDraft: Sendable {
    /// Transparency logs.
    package var transparencyLogs: [Log]
    /// Certificate authorities.
    package var certificateAuthorities: [Authority]
    /// Certificate transparency logs.
    package var certificateLogs: [Log]
    /// Timestamp authorities.
    package var timestampAuthorities: [Authority]

    /// A log.
    package struct Log: Sendable {
        /// Its address.
        package var baseURL: String
        /// Its key id, raw.
        package var logID: [UInt8]
        /// Its key: SubjectPublicKeyInfo, DER.
        package var publicKey: [UInt8]
        /// What kind of key that is.
        package var kind: PublicKeyKind
        /// When it may be relied on.
        package var validity: ValidityPeriod
        /// Who runs it; empty where nobody says.
        package var operatorName: String

        /// A log from its parts.
        package init(
            baseURL: String,
            logID: [UInt8],
            publicKey: [UInt8],
            kind: PublicKeyKind,
            validity: ValidityPeriod,
            operatorName: String = ""
        ) {
            self.baseURL = baseURL
            self.logID = logID
            self.publicKey = publicKey
            self.kind = kind
            self.validity = validity
            self.operatorName = operatorName
        }
    }

    /// A certificate or timestamp authority.
    package struct Authority: Sendable {
        /// The organisation that its anchor names, or an empty text.
        package var organization: String
        /// The common name of its anchor, or an empty text.
        package var commonName: String
        /// Its address.
        package var uri: String
        /// The chain, DER, the anchor last.
        package var chain: [[UInt8]]
        /// When it may be relied on.
        package var validity: ValidityPeriod
        /// Who runs it; empty where nobody says.
        package var operatorName: String

        /// An authority from its parts.
        package init(
            organization: String,
            commonName: String,
            uri: String,
            chain: [[UInt8]],
            validity: ValidityPeriod,
            operatorName: String = ""
        ) {
            self.organization = organization
            self.commonName = commonName
            self.uri = uri
            self.chain = chain
            self.validity = validity
            self.operatorName = operatorName
        }
    }

    /// A draft from its parts.
    package init(
        transparencyLogs: [Log],
        certificateAuthorities: [Authority],
        certificateLogs: [Log],
        timestampAuthorities: [Authority]
    ) {
        self.transparencyLogs = transparencyLogs
        self.certificateAuthorities = certificateAuthorities
        self.certificateLogs = certificateLogs
        self.timestampAuthorities = timestampAuthorities
    }

    /// The document, `trusted_root.json` of version 0.1.
    package var bytes: [UInt8] {
        let root: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": .array(transparencyLogs.map(\.json)),
            "certificateAuthorities": .array(certificateAuthorities.map(\.json)),
            "ctlogs": .array(certificateLogs.map(\.json)),
            "timestampAuthorities": .array(timestampAuthorities.map(\.json)),
        ]
        return Array((root.pretty + "\n").utf8)
    }
}

extension TrustedRootDraft.Log {
    fileprivate var json: JSONValue {
        var log = JSONObject([
            ("baseUrl", JSONValue(baseURL)),
            ("hashAlgorithm", "SHA2_256"),
            (
                "publicKey",
                [
                    "rawBytes": JSONValue(Base64.encode(publicKey)),
                    "keyDetails": JSONValue(kind.registryName),
                    "validFor": validity.json,
                ]
            ),
            ("logId", ["keyId": JSONValue(Base64.encode(logID))]),
        ])
        if !operatorName.isEmpty { log["operator"] = JSONValue(operatorName) }
        return .object(log)
    }
}

extension TrustedRootDraft.Authority {
    fileprivate var json: JSONValue {
        var authority = JSONObject([
            ("subject", ["organization": JSONValue(organization), "commonName": JSONValue(commonName)]),
            ("uri", JSONValue(uri)),
            ("certChain", ["certificates": .array(chain.map { ["rawBytes": JSONValue(Base64.encode($0))] })]),
            ("validFor", validity.json),
        ])
        if !operatorName.isEmpty { authority["operator"] = JSONValue(operatorName) }
        return .object(authority)
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
