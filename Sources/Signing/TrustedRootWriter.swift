internal import Cryptography
internal import Sigstore
internal import StrictJSON

extension LocalAuthority {
    /// What a verifier needs to trust this authority: `trusted_root.json`.
    package var trustedRoot: [UInt8] {
        let authority = certificateAuthority
        return TrustedRootDraft(
            transparencyLogs: [transparencyLog.draft, tileLog.draft],
            certificateAuthorities: [
                Self.draft(
                    authority.intermediateTemplate.issuer,
                    authority.baseURL,
                    authority.chain,
                    authority.start
                )
            ],
            certificateLogs: [certificateLog.draft],
            timestampAuthorities: [
                Self.draft(
                    timestampAuthority.issuer.issuer,
                    timestampAuthority.baseURL,
                    timestampAuthority.chain,
                    timestampAuthority.start
                )
            ]
        ).bytes
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

    private static func validity(_ start: Timestamp) -> JSONValue {
        ["start": JSONValue(start.description)]
    }

    private static func draft(
        _ subject: CertificateTemplate.Name,
        _ url: String,
        _ chain: [[UInt8]],
        _ start: Timestamp
    ) -> TrustedRootDraft.Authority {
        TrustedRootDraft.Authority(
            organization: subject.organization ?? "",
            commonName: subject.commonName ?? "",
            uri: url,
            chain: chain,
            validity: ValidityPeriod(start: start)
        )
    }
}

extension LocalTransparencyLog {
    fileprivate var draft: TrustedRootDraft.Log {
        TrustedRootDraft.Log(
            baseURL: "https://\(host)",
            logID: logID,
            publicKey: key.subjectPublicKeyInfo,
            kind: key.kind.publicKeyKind,
            validity: ValidityPeriod(start: start, end: end)
        )
    }
}

extension LocalCertificateLog {
    fileprivate var draft: TrustedRootDraft.Log {
        TrustedRootDraft.Log(
            baseURL: baseURL,
            logID: key.keyID,
            publicKey: key.subjectPublicKeyInfo,
            kind: key.kind.publicKeyKind,
            validity: ValidityPeriod(start: start)
        )
    }
}
