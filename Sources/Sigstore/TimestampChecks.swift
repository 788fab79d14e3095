internal import Cryptography

/// Verifies the RFC 3161 timestamps of a signature, each with its own authority and nobody else's.
struct TimestampChecks {
    let outcome: CheckOutcome
    /// The times that valid timestamps vouch for.
    let times: [Timestamp]

    init(entity: SignedEntity, root: TrustedRoot, policy: VerificationPolicy, hasOtherTime: Bool) {
        var worst = CheckOutcome.notApplicable("no timestamp came with the signature")
        var times: [Timestamp] = []
        var seen: Set<PublicKey> = []
        var authorities = IndependentInstances()
        for response in entity.timestamps {
            let judged = Self.judge(response, stamped: entity.timestampedBytes, root: root, hasOtherTime: hasOtherTime)
            worst = worst.combined(with: judged.outcome)
            guard let stamp = judged.stamp else { continue }
            let key = stamp.signer.publicKey
            authorities.insert(name: key.identifier.bytes, key: key, operatorName: stamp.authority.operatorName)
            if !seen.insert(key).inserted {
                worst = worst.combined(with: .failed(.timestampDuplicate, "two timestamps of one authority"))
            }
            times.append(stamp.time)
        }
        if authorities.count < policy.timestampThreshold {
            let wanted = policy.timestampThreshold
            worst = worst.combined(with: authorities.tooFew("authorities", wanted: wanted, code: .tooFewTimestamps))
        }
        outcome = worst
        self.times = times
    }

    private typealias Stamp = (time: Timestamp, signer: Certificate, authority: CertificateAuthority)

    private static func judge(
        _ response: [UInt8],
        stamped: [UInt8],
        root: TrustedRoot,
        hasOtherTime: Bool
    ) -> (outcome: CheckOutcome, stamp: Stamp?) {
        let token: TimestampToken
        do {
            token = try TimestampToken(response: response)
        } catch {
            return (.failed(.timestampMalformed, "the timestamp is not valid: \(error)"), nil)
        }
        guard let (authority, signer) = signer(of: token, root: root) else {
            // The imprint needs no authority: a stamp of something else is wrong whoever made it.
            guard Digest(hashing: stamped, token.imprintAlgorithm).bytes == token.imprint else {
                return (.failed(.timestampImprint, "the timestamp is for other bytes"), nil)
            }
            return (unknownAuthority(root: root, hasOtherTime: hasOtherTime), nil)
        }
        do {
            try token.verify(stamped: stamped, signer: signer)
        } catch {
            return (.failed(error.code, "the timestamp does not hold: \(error)"), nil)
        }
        if let failure = path(signer, authority: authority, time: token.generatedAt) { return (failure, nil) }
        return (.passed("stamped at \(token.generatedAt)"), (token.generatedAt, signer, authority))
    }

    private static func unknownAuthority(root: TrustedRoot, hasOtherTime: Bool) -> CheckOutcome {
        let detail = "no timestamp authority of the trusted root signed it"
        guard !root.timestampAuthorities.isEmpty else {
            return hasOtherTime
                ? .notApplicable("the trusted root has no timestamp authority; the log vouches for a time")
                : .notPerformed(.noTimestampAuthority, "the trusted root has no timestamp authority")
        }
        return .failed(.timestampSigner, detail)
    }

    /// The authority whose own certificate the token names, else one to which an embedded certificate so named leads.
    private static func signer(
        of token: TimestampToken,
        root: TrustedRoot
    ) -> (CertificateAuthority, Certificate)? {
        for authority in root.timestampAuthorities {
            if let leaf = authority.chain.first, !leaf.isAuthority, token.names(leaf) { return (authority, leaf) }
        }
        for der in token.embeddedCertificates {
            guard let certificate = try? Certificate(der: der), token.names(certificate) else { continue }
            for authority in root.timestampAuthorities
            where authority.chain[0].isAuthority && (try? authority.path(to: certificate)) != nil {
                return (authority, certificate)
            }
        }
        return nil
    }

    private static func path(
        _ signer: Certificate,
        authority: CertificateAuthority,
        time: Timestamp
    ) -> CheckOutcome? {
        let path: CertificatePath
        do {
            path = try authority.path(to: signer)
        } catch {
            return .failed(.timestampPath, "the authority's certificate leads to no anchor: \(error)")
        }
        if let expired = path.firstInvalid(at: time) {
            let name = expired.subjectName
            return .failed(.timestampValidity, "the certificate of \(name) was not valid at \(time)")
        }
        guard authority.validity.contains(time) else {
            return .failed(.timestampValidity, "the authority is valid from \(authority.validity), not at \(time)")
        }
        return nil
    }
}

extension TimestampError {
    /// The word for it in reports.
    fileprivate var code: FailureCode {
        switch self {
        case .malformed, .notGranted, .unsupportedHash, .contentMismatch: .timestampMalformed
        case .imprintMismatch: .timestampImprint
        case .signerMismatch: .timestampSigner
        case .signerUsage: .timestampUsage
        case .invalidSignature: .timestampSignature
        }
    }
}
