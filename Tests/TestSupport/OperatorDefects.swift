internal import Cryptography
package import Signing
internal import Sigstore

/// Instances that are told apart by name alone: one operator, or one key, stands behind both.
extension Defect {
    package static let ofOperators = [
        logsOfOneOperator, logsOfOneKey, authoritiesOfOneOperator, certificateLogsOfOneOperator,
    ]

    /// Two logs with keys of their own, which one operator runs.
    package static let logsOfOneOperator = Defect("two logs of one operator", .sameOperator) { sigstore in
        let credential = try sigstore.credential()
        var result = try inBothLogs(&sigstore, with: credential)
        result.trustedRoot = try sigstore.root(naming: ("acme", "acme"))
        return result
    }

    /// Two log ids, behind which there is one key.
    package static let logsOfOneKey = Defect("two logs with one key", .sameOperator) { sigstore in
        // The first generation's id is a digest of the key alone, the second's of host and key.
        sigstore.authority.transparencyLog.key = sigstore.authority.tileLog.key
        return try inBothLogs(&sigstore, with: sigstore.credential())
    }

    /// Two timestamp authorities with keys of their own, which one operator runs.
    package static let authoritiesOfOneOperator = Defect("two timestamp authorities of one operator", .sameOperator) {
        sigstore in
        var result = try sigstore.signed()
        guard case .message(_, let signature) = result.bundle.content else { return result }
        var second = try VirtualSigstore(seed: "second authority").authority
        result.bundle.timestamps.append(try second.timestampAuthority.stamp(signature, at: sigstore.time))
        result.trustedRoot = try sigstore.root(naming: ("acme", "acme"), with: second)
        result.policy.timestampThreshold = 2
        return result
    }

    /// Two certificate logs with keys of their own, which one operator runs.
    package static let certificateLogsOfOneOperator = Defect("two certificate logs of one operator", .sameOperator) {
        sigstore in
        let second = try VirtualSigstore(seed: "second log").authority
        let key = try sigstore.authority.nextKey()
        let certificate = try sigstore.authority.certificateAuthority.issue(
            sigstore.leafTemplate(for: key),
            loggedIn: [sigstore.authority.certificateLog, second.certificateLog],
            at: sigstore.time
        )
        var result = try sigstore.signed(with: SigningCredential(key: key, verifier: .certificate(certificate)))
        result.trustedRoot = try sigstore.root(naming: ("acme", "acme"), with: second)
        result.policy.certificateLogThreshold = 2
        return result
    }

    /// A signature that both logs hold, and a policy that asks for two.
    package static func inBothLogs(
        _ sigstore: inout VirtualSigstore,
        with credential: SigningCredential
    ) throws -> SignedCase {
        var result = try sigstore.signed(with: credential)
        guard case .message(let digest, let signature) = result.bundle.content else { return result }
        let body = LogEntryDraft.hashedRekord002(
            digest,
            signature: signature,
            verifier: credential.verifier,
            key: credential.key.kind
        )
        result.bundle.entries.append(try sigstore.authority.tileLog.append(body, at: sigstore.time))
        result.trustedRoot = sigstore.trustedRoot
        result.policy.logThreshold = 2
        return result
    }
}

extension VirtualSigstore {
    /// A trusted root that says who runs what: of each two instances the first and the second.
    ///
    /// - Parameters:
    ///   - operators: Who runs the first and the second log or authority of each kind.
    ///   - second: Another instance, whose certificate log and timestamp authority are the second ones.
    /// - Returns: The document.
    /// - Throws: `FormatError`.
    package func root(naming operators: (String, String), with second: LocalAuthority? = nil) throws -> [UInt8] {
        let own = try TrustedRoot(parsing: trustedRoot)
        let other = try second.map { try TrustedRoot(parsing: $0.trustedRoot) }
        func named<Instance>(_ instances: [Instance], _ name: (Instance, String) -> Instance?) -> [Instance] {
            zip(instances, [operators.0, operators.1]).compactMap(name)
        }
        return try TrustedRoot(
            transparencyLogs: named(own.transparencyLogs) { $0.run(by: $1) },
            certificateAuthorities: own.certificateAuthorities,
            certificateLogs: named(own.certificateLogs + (other?.certificateLogs ?? [])) { $0.run(by: $1) },
            timestampAuthorities: named(own.timestampAuthorities + (other?.timestampAuthorities ?? [])) {
                $0.run(by: $1)
            }
        ).json()
    }
}

extension LogInstance {
    fileprivate func run(by name: String) -> LogInstance? {
        publicKey.map {
            LogInstance(baseURL: baseURL, logID: logID, publicKey: $0, validity: validity, operatorName: name)
        }
    }
}

extension CertificateAuthority {
    fileprivate func run(by name: String) -> CertificateAuthority? {
        CertificateAuthority(uri: uri, chain: chain, validity: validity, operatorName: name)
    }
}
