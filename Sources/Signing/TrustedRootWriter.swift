internal import Cryptography
internal import StrictJSON

extension LocalAuthority {
    /// What a verifier needs to trust this authority: `trusted_root.json`, version 0.1
    /// (protobuf-specs, sigstore_trustroot.proto).
    package var trustedRoot: [UInt8] {
        let root: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [transparencyLog.trustedJSON, tileLog.trustedJSON],
            "certificateAuthorities": [
                Self.authority(
                    certificateAuthority.intermediateTemplate.issuer,
                    certificateAuthority.baseURL,
                    certificateAuthority.chain,
                    certificateAuthority.start
                )
            ],
            "ctlogs": [
                Self.log(
                    certificateLog.baseURL,
                    certificateLog.key,
                    certificateLog.key.keyID,
                    Self.validity(certificateLog.start)
                )
            ],
            "timestampAuthorities": [
                Self.authority(
                    timestampAuthority.issuer.issuer,
                    timestampAuthority.baseURL,
                    timestampAuthority.chain,
                    timestampAuthority.start
                )
            ],
        ]
        return Array((root.pretty + "\n").utf8)
    }

    /// Where a signer would find the services: a signing configuration, version 0.2.
    ///
    /// See protobuf-specs, sigstore_trustroot.proto. The addresses are names only; nothing answers there.
    package var signingConfiguration: [UInt8] {
        func service(_ url: String, version: Int, _ start: Timestamp) -> JSONValue {
            [
                "url": JSONValue(url), "majorApiVersion": JSONValue(version), "validFor": Self.validity(start),
                "operator": JSONValue(certificateAuthority.intermediateTemplate.issuer.organization ?? ""),
            ]
        }
        let configuration: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
            "caUrls": [service(certificateAuthority.baseURL, version: 1, certificateAuthority.start)],
            "rekorTlogUrls": [
                service("https://\(tileLog.host)", version: 2, tileLog.start),
                service("https://\(transparencyLog.host)", version: 1, transparencyLog.start),
            ],
            "tsaUrls": [service(timestampAuthority.baseURL, version: 1, timestampAuthority.start)],
            "rekorTlogConfig": ["selector": "ANY"],
            "tsaConfig": ["selector": "ANY"],
        ]
        return Array((configuration.pretty + "\n").utf8)
    }

    fileprivate static func validity(_ start: Timestamp, _ end: Timestamp? = nil) -> JSONValue {
        var window = JSONObject([("start", JSONValue(start.description))])
        if let end { window["end"] = JSONValue(end.description) }
        return .object(window)
    }

    fileprivate static func log(_ url: String, _ key: SigningKey, _ id: [UInt8], _ validity: JSONValue) -> JSONValue {
        [
            "baseUrl": JSONValue(url),
            "hashAlgorithm": "SHA2_256",
            "publicKey": [
                "rawBytes": JSONValue(Base64.encode(key.subjectPublicKeyInfo)),
                "keyDetails": JSONValue(key.kind.keyDetails),
                "validFor": validity,
            ],
            "logId": ["keyId": JSONValue(Base64.encode(id))],
        ]
    }

    private static func authority(
        _ subject: CertificateTemplate.Name,
        _ url: String,
        _ chain: [[UInt8]],
        _ start: Timestamp
    ) -> JSONValue {
        [
            "subject": [
                "organization": JSONValue(subject.organization ?? ""),
                "commonName": JSONValue(subject.commonName ?? ""),
            ],
            "uri": JSONValue(url),
            "certChain": ["certificates": .array(chain.map { ["rawBytes": JSONValue(Base64.encode($0))] })],
            "validFor": validity(start),
        ]
    }
}

extension LocalTransparencyLog {
    fileprivate var trustedJSON: JSONValue {
        LocalAuthority.log("https://\(host)", key, logID, LocalAuthority.validity(start, end))
    }
}
