internal import Cryptography

/// Verifies that certificate transparency logs vouch for a certificate (RFC 6962 §3.2).
struct CertificateTimestampCheck {
    let outcome: CheckOutcome

    init(_ certificate: Certificate, issuer: Certificate, root: TrustedRoot, policy: VerificationPolicy) {
        outcome = Self.judge(certificate, issuer: issuer, root: root, wanted: policy.certificateLogThreshold)
    }

    private static func judge(
        _ certificate: Certificate,
        issuer: Certificate,
        root: TrustedRoot,
        wanted: Int
    ) -> CheckOutcome {
        guard let value = certificate.extensionValue(SignedCertificateTimestamp.extensionIdentifier) else {
            return wanted > 0
                ? .failed(.certificateTimestampMissing, "the certificate carries no certificate timestamp")
                : .notApplicable("the policy asks for no certificate timestamp")
        }
        let list: [SignedCertificateTimestamp]
        do {
            list = try SignedCertificateTimestamp.list(extensionValue: value)
        } catch {
            return .failed(.certificateTimestampMalformed, "the list of certificate timestamps is not valid: \(error)")
        }
        guard !list.isEmpty else { return .failed(.certificateTimestampMissing, "the list is empty") }
        return judge(list, certificate: certificate, issuer: issuer, root: root, wanted: wanted)
    }

    /// A timestamp of a log that is not known is passed over as long as enough known logs vouch; one that is known
    /// must hold.
    private static func judge(
        _ list: [SignedCertificateTimestamp],
        certificate: Certificate,
        issuer: Certificate,
        root: TrustedRoot,
        wanted: Int
    ) -> CheckOutcome {
        var logs = IndependentInstances()
        var unknown: [String] = []
        for timestamp in list {
            guard let log = root.certificateLogs.first(where: { $0.logID == timestamp.logID }), let key = log.publicKey
            else {
                unknown.append(Hexadecimal.encode(timestamp.logID))
                continue
            }
            let data = timestamp.signedData(certificate: certificate, issuer: issuer)
            guard let algorithm = timestamp.algorithm,
                key.isValid(signature: timestamp.signature, for: data, algorithm: algorithm)
            else { return .failed(.certificateTimestampSignature, "the log \(log.host) did not sign this timestamp") }
            guard log.validity.contains(timestamp.time) else {
                let detail = "the log is valid from \(log.validity), the timestamp is of \(timestamp.time)"
                return .failed(.certificateLogValidity, detail)
            }
            logs.insert(name: log.logID, key: key, operatorName: log.operatorName)
        }
        if logs.count >= max(wanted, 1) { return .passed("\(logs.count) known logs vouch for the certificate") }
        guard logs.count == 0 else {
            return logs.tooFew("certificate logs", wanted: wanted, code: .tooFewCertificateTimestamps)
        }
        guard wanted > 0 else { return .notApplicable("no known log, and the policy asks for none") }
        return .notPerformed(.unknownCertificateLog, "no key of log \(unknown.joined(separator: ", "))")
    }
}
