internal import Cryptography

/// Checks of the certificates that came with a signature ("Certificate Requirements").
struct ChainChecks {
    let profile: NotaryOutcome
    let order: NotaryOutcome
    /// Every certificate, the signer's first; nil when one cannot be read.
    let certificates: [Certificate]?

    /// The signer's certificate.
    let signer: Certificate?

    init(_ chain: [[UInt8]]) {
        signer = chain.first.flatMap { try? Certificate(der: $0) }
        do throws(CryptographyError) {
            var read: [Certificate] = []
            for der in chain { read.append(try Certificate(der: der)) }
            certificates = read
            profile = Self.profile(read, .codeSigning)
            order = Self.order(read)
        } catch {
            certificates = nil
            profile = .failed(.certificateMalformed, "certificate \(chain.count) or one before it: \(error)")
            order = .notPerformed(.earlierFailure, "a certificate cannot be read")
        }
    }

    /// Whether each was valid at a moment; periods need not lie inside one another.
    func validity(at time: Timestamp?, isProven: Bool) -> NotaryOutcome {
        guard let time else { return .notPerformed(.time, "no time is proven, and the present one is not told") }
        guard let certificates else { return .notPerformed(.earlierFailure, "a certificate cannot be read") }
        let moment = isProven ? "at the proven time \(time)" : "at \(time), the time of verification"
        guard let invalid = certificates.first(where: { !$0.isValid(at: time) }) else {
            return .passed("every certificate is valid \(moment)")
        }
        let period = "\(invalid.fields.notBefore) to \(invalid.fields.notAfter)"
        return .failed(.certificateValidity, "\(invalid.subjectName) is valid from \(period), not \(moment)")
    }

    /// What the leaf is for.
    enum Purpose: String {
        case codeSigning = "1.3.6.1.5.5.7.3.3"
        case timestamping = "1.3.6.1.5.5.7.3.8"
    }

    /// The first requirement that a certificate of the chain does not meet.
    static func profile(_ chain: [Certificate], _ purpose: Purpose) -> NotaryOutcome {
        do throws(DERError) {
            for (depth, certificate) in chain.enumerated() {
                let problem = depth == 0 ? try leaf(certificate, purpose) : try authority(certificate, depth - 1)
                guard let problem else { continue }
                return .failed(.certificateUsage, "\(certificate.subjectName): \(problem)")
            }
            return .passed("\(chain.count) as required")
        } catch {
            return .failed(.certificateMalformed, "an extension of a certificate cannot be read: \(error)")
        }
    }

    private static let forbiddenUses: Set<KeyUsageBit> = [
        .keyEncipherment, .dataEncipherment, .keyAgreement, .certificateSigning, .encipherOnly, .decipherOnly,
        .revocationListSigning,
    ]

    /// anyExtendedKeyUsage, serverAuth, clientAuth, codeSigning, emailProtection and timeStamping.
    private static let otherPurposes = [
        "2.5.29.37.0", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4",
        "1.3.6.1.5.5.7.3.8",
    ]

    private static func leaf(_ certificate: Certificate, _ purpose: Purpose) throws(DERError) -> String? {
        if certificate.isAuthority { return "the signer is an authority" }
        guard let uses = try certificate.keyUsages(), certificate.hasCritical(.keyUsage) else {
            return "no critical key usage"
        }
        guard uses.contains(.digitalSignature) else { return "the key is not for digital signatures" }
        guard uses.isDisjoint(with: forbiddenUses) else { return "the key is for more than digital signatures" }
        if let purposes = try certificate.extendedKeyUsages() {
            let forbidden = otherPurposes.filter { $0 != purpose.rawValue }
            if let other = purposes.first(where: { forbidden.contains($0) }) {
                return "the key is for \(other) as well"
            }
            if purpose == .timestamping, !purposes.contains(purpose.rawValue) { return "the key is not for timestamps" }
        }
        return nil
    }

    /// What an authority lacks, with so many authorities between it and the signer.
    private static func authority(_ certificate: Certificate, _ below: Int) throws(DERError) -> String? {
        guard certificate.isAuthority, certificate.hasCritical(.basicConstraints) else {
            return "no critical basic constraints that make it an authority"
        }
        guard let uses = try certificate.keyUsages(), certificate.hasCritical(.keyUsage),
            uses.contains(.certificateSigning)
        else { return "no critical key usage that lets it sign certificates" }
        if let length = try certificate.pathLength(), length < below {
            return "\(below) authorities stand below it, and \(length) are allowed"
        }
        return nil
    }

    /// Each is signed by the next, and the last by itself.
    static func order(_ chain: [Certificate]) -> NotaryOutcome {
        for (position, certificate) in chain.enumerated() {
            let issuer = position + 1 < chain.count ? chain[position + 1] : certificate
            guard certificate.isSigned(by: issuer) else {
                let other = issuer == certificate ? "by itself, as the last must be" : "by the next in the chain"
                return .failed(.chainBroken, "\(certificate.subjectName) is not signed \(other)")
            }
        }
        return .passed("\(chain.count) from the signer to the root")
    }
}
