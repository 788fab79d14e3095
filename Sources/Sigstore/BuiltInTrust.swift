internal import Cryptography

/// The trusted roots that are built in, so that the binary stands alone.
///
/// Their keys, certificates and dates are those that each instance publishes through its TUF repository.
public enum BuiltInTrust: String, Hashable, Sendable, CaseIterable {
    /// Sigstore's public-good instance, `sigstore.dev`.
    case publicGood = "public-good"
    /// Sigstore's staging instance, `sigstage.dev`.
    case staging
    /// GitHub's own instance, for attestations of private repositories.
    case github

    /// The trusted root.
    ///
    /// - Throws: ``FormatError`` if what is built in were damaged.
    public func trustedRoot() throws(FormatError) -> TrustedRoot {
        switch self {
        case .publicGood: try Self.publicGoodFacts.trustedRoot()
        case .staging: try Self.stagingFacts.trustedRoot()
        case .github: try Self.githubFacts.trustedRoot()
        }
    }
}

/// What an instance publishes, as literals.
struct TrustFacts: Sendable {
    let transparencyLogs: [Log]
    let certificateAuthorities: [Authority]
    let certificateLogs: [Log]
    let timestampAuthorities: [Authority]

    /// A log's address, key and dates.
    struct Log: Sendable {
        let baseURL: String
        let details: String
        let key: String
        let logID: String
        let start: String
        let end: String?
    }

    /// An authority's address, chain and dates.
    struct Authority: Sendable {
        let uri: String
        let chain: [String]
        let start: String?
        let end: String?
    }

    func trustedRoot() throws(FormatError) -> TrustedRoot {
        var logs: [[LogInstance]] = []
        for list in [transparencyLogs, certificateLogs] {
            var instances: [LogInstance] = []
            for log in list { instances.append(try LogInstance(facts: log)) }
            logs.append(instances)
        }
        var authorities: [[CertificateAuthority]] = []
        for list in [certificateAuthorities, timestampAuthorities] {
            var instances: [CertificateAuthority] = []
            for authority in list { instances.append(try CertificateAuthority(facts: authority)) }
            authorities.append(instances)
        }
        return TrustedRoot(
            transparencyLogs: logs[0],
            certificateAuthorities: authorities[0],
            certificateLogs: logs[1],
            timestampAuthorities: authorities[1]
        )
    }
}

extension LogInstance {
    fileprivate init(facts: TrustFacts.Log) throws(FormatError) {
        guard let der = Base64.decode(facts.key), let logID = Base64.decode(facts.logID),
            let key = try? LogInstance.key(der, details: facts.details), let start = Timestamp(rfc3339: facts.start)
        else { throw .malformed(path: facts.baseURL, expected: "a log") }
        let end = facts.end.flatMap { Timestamp(rfc3339: $0) }
        self.init(
            baseURL: facts.baseURL,
            logID: logID,
            publicKey: key,
            validity: ValidityPeriod(start: start, end: end)
        )
    }
}

extension CertificateAuthority {
    fileprivate init(facts: TrustFacts.Authority) throws(FormatError) {
        var chain: [Certificate] = []
        for text in facts.chain {
            guard let der = Base64.decode(text), let certificate = try? Certificate(der: der)
            else { throw .malformed(path: facts.uri, expected: "a certificate") }
            chain.append(certificate)
        }
        guard !chain.isEmpty else { throw .malformed(path: facts.uri, expected: "a certificate") }
        let start = facts.start.flatMap { Timestamp(rfc3339: $0) }
        let end = facts.end.flatMap { Timestamp(rfc3339: $0) }
        self.init(uri: facts.uri, chain: chain, validity: ValidityPeriod(start: start, end: end))
    }
}
