internal import Cryptography

/// Checks the countersignature of a timestamp authority, which stamps the signature's bytes.
struct TimestampCheck {
    /// The time that a valid timestamp vouches for.
    let time: Timestamp?
    private let result: NotaryOutcome

    init(_ envelope: NotaryEnvelope, _ scheme: NotaryScheme?, _ trust: NotaryTrustStore?, at present: Timestamp?) {
        guard let bytes = envelope.timestampToken else {
            (time, result) = (nil, .notApplicable("no timestamp came with the signature"))
            return
        }
        guard scheme == .x509 else {
            (time, result) = (nil, .notApplicable("the signing scheme has no use for a timestamp"))
            return
        }
        do throws(TimestampError) {
            let token = try TimestampToken(token: bytes)
            let outcome = Self.judge(token, envelope.signature, trust?.timestampAuthorities ?? [])
            guard case .passed = outcome else {
                (time, result) = (nil, outcome)
                return
            }
            if let present, token.generatedAt > present {
                let detail = "stamped at \(token.generatedAt), after the time of verification, \(present)"
                (time, result) = (nil, .failed(.timeAfterReference, detail))
            } else {
                (time, result) = (token.generatedAt, outcome)
            }
        } catch {
            (time, result) = (nil, .failed(.timestampMalformed, "the timestamp is not valid: \(error)"))
        }
    }

    /// Where no authority of timestamps is trusted, a certificate that has not expired needs none.
    func outcome(isOtherwiseValid: Bool) -> NotaryOutcome {
        guard isOtherwiseValid, case .notPerformed(.timestampAuthority, let detail) = result else { return result }
        return .notApplicable("\(detail); the certificates are valid without it")
    }

    private static func judge(_ token: TimestampToken, _ signature: [UInt8], _ anchors: [Certificate]) -> NotaryOutcome
    {
        guard Digest(hashing: signature, token.imprintAlgorithm).bytes == token.imprint else {
            return .failed(.timestampImprint, "the timestamp is for other bytes")
        }
        guard !anchors.isEmpty else {
            return .notPerformed(.timestampAuthority, "the trust store has no timestamp authority")
        }
        let embedded = token.embeddedCertificates.compactMap { try? Certificate(der: $0) }
        guard let signer = (embedded + anchors).first(where: { token.names($0) }) else {
            return .failed(.timestampSigner, "no certificate that came with the timestamp is its signer's")
        }
        do throws(TimestampError) {
            try token.verify(stamped: signature, signer: signer)
        } catch {
            return .failed(NotaryFailure(error), "the timestamp does not hold: \(error)")
        }
        return path(signer, embedded, anchors, token.generatedAt)
    }

    private static func path(
        _ signer: Certificate,
        _ embedded: [Certificate],
        _ anchors: [Certificate],
        _ time: Timestamp
    ) -> NotaryOutcome {
        let paths = anchors.compactMap { anchor in
            try? CertificatePath(leaf: signer, intermediates: embedded.filter { $0 != signer }, anchor: anchor)
        }
        guard let path = paths.first else {
            return .failed(.timestampPath, "\(signer.subjectName) leads to no timestamp authority of the trust store")
        }
        if let invalid = path.firstInvalid(at: time) {
            return .failed(.timestampValidity, "the certificate of \(invalid.subjectName) was not valid at \(time)")
        }
        let profile = ChainChecks.profile(path.certificates, .timestamping)
        if case .failed(_, let detail) = profile { return .failed(.timestampUsage, detail) }
        return .passed("stamped at \(time)")
    }
}

extension NotaryFailure {
    /// The word for what is wrong with a timestamp.
    fileprivate init(_ error: TimestampError) {
        switch error {
        case .malformed, .notGranted, .unsupportedHash, .contentMismatch: self = .timestampMalformed
        case .imprintMismatch: self = .timestampImprint
        case .signerMismatch: self = .timestampSigner
        case .signerUsage: self = .timestampUsage
        case .invalidSignature: self = .timestampSignature
        }
    }
}
