package import Cryptography

/// Everything that keyless signing needs, on one machine: a certificate authority, a certificate transparency log, two
/// transparency logs and a timestamp authority.
///
/// A plain value: it knows no clock and no network, every moment is handed in, and what it logs it keeps in memory.
package struct LocalAuthority: Sendable {
    /// Issues certificates.
    package var certificateAuthority: LocalCertificateAuthority
    /// Promises to log certificates.
    package var certificateLog: LocalCertificateLog
    /// Logs signatures as the first Rekor did.
    package var transparencyLog: LocalTransparencyLog
    /// Logs signatures as the second Rekor does.
    package var tileLog: LocalTransparencyLog
    /// Stamps signatures.
    package var timestampAuthority: LocalTimestampAuthority
    private let keys: KeySource
    private var credentials = 0

    /// An authority whose keys and certificates begin at `start`.
    ///
    /// - Parameters:
    ///   - organization: The organisation that its certificates name.
    ///   - domain: Under which its hosts are named; nothing is fetched.
    ///   - keys: Where its keys come from.
    ///   - start: When it begins.
    ///   - treeID: The number of its first log's tree.
    ///   - earlierEntries: How many entries its first log counts before those it has.
    /// - Throws: ``CryptographyError``.
    package init(
        organization: String,
        domain: String,
        keys: KeySource,
        start: Timestamp,
        treeID: UInt64 = 1_193_050_959_916_656_506,
        earlierEntries: Int64 = 4_163_431
    ) throws(CryptographyError) {
        self.keys = keys
        certificateAuthority = try LocalCertificateAuthority(
            organization: organization,
            keys: keys,
            baseURL: "https://fulcio.\(domain)",
            start: start
        )
        certificateLog = LocalCertificateLog(
            key: try keys.key("certificate-log", .p256),
            baseURL: "https://ctfe.\(domain)",
            start: start
        )
        transparencyLog = LocalTransparencyLog(
            .first(treeID: treeID, earlierEntries: earlierEntries),
            key: try keys.key("transparency-log", .p256),
            host: "rekor.\(domain)",
            start: start
        )
        tileLog = LocalTransparencyLog(
            .second,
            key: try keys.key("tile-log", .ed25519),
            host: "log1.rekor.\(domain)",
            start: start
        )
        timestampAuthority = try LocalTimestampAuthority(
            organization: organization,
            keys: keys,
            baseURL: "https://timestamp.\(domain)/api/v1/timestamp",
            start: start
        )
    }

    /// An authority from parts that were made before; the keys of its credentials are new.
    package init(
        certificateAuthority: LocalCertificateAuthority,
        certificateLog: LocalCertificateLog,
        transparencyLog: LocalTransparencyLog,
        tileLog: LocalTransparencyLog,
        timestampAuthority: LocalTimestampAuthority
    ) {
        self.certificateAuthority = certificateAuthority
        self.certificateLog = certificateLog
        self.transparencyLog = transparencyLog
        self.tileLog = tileLog
        self.timestampAuthority = timestampAuthority
        keys = .random
    }

    /// A new key with a certificate for an identity, as one run of a job gets it.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func issueCredential(
        for identity: SigningIdentity,
        kind: SigningKey.Kind = .p256,
        at time: Timestamp
    ) throws(CryptographyError) -> SigningCredential {
        let key = try nextKey(kind)
        return SigningCredential(
            key: key,
            verifier: .certificate(try issueCertificate(for: identity, key: key, at: time))
        )
    }

    /// A key of the authority's source that was not handed out before.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func nextKey(_ kind: SigningKey.Kind = .p256) throws(CryptographyError) -> SigningKey {
        credentials += 1
        return try keys.key("credential-\(credentials)", kind)
    }

    /// A certificate, DER, for a key and an identity, logged in the certificate log.
    ///
    /// - Throws: ``CryptographyError``.
    package func issueCertificate(
        for identity: SigningIdentity,
        key: SigningKey,
        at time: Timestamp
    ) throws(CryptographyError) -> [UInt8] {
        let template = certificateAuthority.leafTemplate(
            for: identity,
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            at: time
        )
        return try certificateAuthority.issue(template, loggedIn: [certificateLog], at: time)
    }
}
