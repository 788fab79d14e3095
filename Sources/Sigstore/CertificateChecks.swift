internal import Cryptography

/// Judges the signing certificate against the trusted root at every proven time.
struct CertificateChecks {
    let outcomes: CertificateOutcomes

    /// The outcomes where no certificate signed.
    init(noCertificate reason: String) {
        let outcome = CheckOutcome.notApplicable(reason)
        outcomes = CertificateOutcomes(
            path: outcome,
            authorityValidity: outcome,
            validity: outcome,
            profile: outcome,
            timestamp: outcome
        )
    }

    init(
        _ certificate: Certificate,
        times: [Timestamp],
        root: TrustedRoot,
        paths: PathCache,
        policy: VerificationPolicy
    ) {
        let profile = CertificateProfile(certificate, policy.certificateForm).outcome
        guard let found = Self.path(certificate, times: times, root: root, paths: paths) else {
            let unknown = CheckOutcome.notPerformed(.earlierFailure, "no path to a trusted authority")
            outcomes = CertificateOutcomes(
                path: .failed(.pathUntrusted, Self.reason(certificate, root: root)),
                authorityValidity: unknown,
                validity: Self.leafValidity(certificate, times: times) ?? unknown,
                profile: profile,
                timestamp: unknown
            )
            return
        }
        outcomes = CertificateOutcomes(
            path: Self.usages(found.path),
            authorityValidity: Self.authorityValidity(found.authority, times: times),
            validity: Self.validity(found.path, times: times),
            profile: profile,
            timestamp: CertificateTimestampCheck(certificate, issuer: found.path.issuer, root: root, policy: policy)
                .outcome
        )
    }

    private typealias Found = (path: CertificatePath, authority: CertificateAuthority)

    /// Of all authorities to which the certificate leads, one that was valid at every time if there is such a one.
    private static func path(
        _ certificate: Certificate,
        times: [Timestamp],
        root: TrustedRoot,
        paths: PathCache
    ) -> Found? {
        let candidates: [Found] = root.certificateAuthorities.compactMap { authority in
            (try? paths.path(to: certificate, of: authority)).map { ($0, authority) }
        }
        let fitting = candidates.first { candidate in
            times.allSatisfy { candidate.authority.validity.contains($0) && candidate.path.firstInvalid(at: $0) == nil }
        }
        return fitting ?? candidates.first
    }

    private static func reason(_ certificate: Certificate, root: TrustedRoot) -> String {
        guard !root.certificateAuthorities.isEmpty else { return "the trusted root has no certificate authority" }
        let reasons = root.certificateAuthorities.compactMap { obstacle(certificate, authority: $0) }
        let distinct = Set(reasons).sorted().joined(separator: "; ")
        return "issued by \(certificate.issuerName), which leads to no trusted authority: \(distinct)"
    }

    private static func obstacle(_ certificate: Certificate, authority: CertificateAuthority) -> String? {
        do throws(CertificatePathError) {
            _ = try authority.path(to: certificate)
            return nil
        } catch {
            switch error {
            case .openSSL(_, let reason, let depth): return "\(reason) (depth \(depth))"
            case .unreadable(let depth): return "a certificate that cannot be read (depth \(depth))"
            case .linkMismatch(let part): return "the \(part) of the leaf"
            }
        }
    }

    /// An authority below the anchor that lists usages must list code signing (RFC 5280 §4.2.1.12 as Fulcio applies it).
    private static func usages(_ path: CertificatePath) -> CheckOutcome {
        for certificate in path.certificates.dropFirst().dropLast() {
            guard certificate.extensionValue(CertificateProfile.extendedKeyUsage) != nil else { continue }
            let usages = (try? certificate.extendedKeyUsages()) ?? []
            guard usages.contains(CertificateProfile.codeSigning) || usages.contains(CertificateProfile.anyUsage) else {
                return .failed(.pathUntrusted, "\(certificate.subjectName) may not issue certificates for signing code")
            }
        }
        let names = path.certificates.dropFirst().map(\.subjectName).joined(separator: " / ")
        return .passed("issued by \(names)")
    }

    private static func authorityValidity(_ authority: CertificateAuthority, times: [Timestamp]) -> CheckOutcome {
        guard !times.isEmpty else { return .notPerformed(.earlierFailure, "no time of signing is proven") }
        for time in times where !authority.validity.contains(time) {
            let detail = "the authority is trusted from \(authority.validity), not at \(time)"
            return .failed(.authorityValidity, detail)
        }
        return .passed("trusted from \(authority.validity)")
    }

    private static func validity(_ path: CertificatePath, times: [Timestamp]) -> CheckOutcome {
        guard !times.isEmpty else { return .notPerformed(.earlierFailure, "no time of signing is proven") }
        if let failure = leafValidity(path.certificates[0], times: times), failure.isObstacle { return failure }
        for time in times {
            guard let expired = path.firstInvalid(at: time) else { continue }
            return .failed(.chainExpired, "the certificate of \(expired.subjectName) was not valid at \(time)")
        }
        let fields = path.certificates[0].fields
        return .passed("valid from \(fields.notBefore) to \(fields.notAfter)")
    }

    private static func leafValidity(_ certificate: Certificate, times: [Timestamp]) -> CheckOutcome? {
        guard !times.isEmpty else { return nil }
        for time in times where !certificate.isValid(at: time) {
            let period = "\(certificate.fields.notBefore) to \(certificate.fields.notAfter)"
            return .failed(.certificateExpired, "valid from \(period), not at \(time)")
        }
        return .passed("valid from \(certificate.fields.notBefore) to \(certificate.fields.notAfter)")
    }
}

/// Checks that a certificate is one for signing code, with exactly one name (Fulcio, certificate specification).
struct CertificateProfile {
    let outcome: CheckOutcome

    static let codeSigning = "1.3.6.1.5.5.7.3.3"
    static let anyUsage = "2.5.29.37.0"
    static let extendedKeyUsage = "2.5.29.37"

    init(_ certificate: Certificate, _ form: CertificateForm) {
        outcome = Self.usage(certificate, form) ?? Self.identity(certificate, form)
    }

    private static func usage(_ certificate: Certificate, _ form: CertificateForm) -> CheckOutcome? {
        guard !certificate.isAuthority else { return .failed(.keyUsage, "the certificate is an authority's") }
        guard !certificate.allowsCertificateSigning else { return .failed(.keyUsage, "for signing certificates") }
        guard certificate.allowsDigitalSignature else { return .failed(.keyUsage, "not for digital signatures") }
        guard let usages = try? certificate.extendedKeyUsages() else {
            let isUnrestricted = certificate.extensionValue(extendedKeyUsage) == nil && form == .privateAuthority
            return isUnrestricted ? nil : .failed(.keyUsage, "not for signing code")
        }
        return usages.contains(codeSigning) ? nil : .failed(.keyUsage, "not for signing code")
    }

    private static func identity(_ certificate: Certificate, _ form: CertificateForm) -> CheckOutcome {
        let identity: CertificateIdentity
        do {
            identity = try CertificateIdentity(certificate)
        } catch {
            return .failed(.certificateMalformed, "a name or extension is not well formed: \(error)")
        }
        if form == .privateAuthority, identity.name == nil {
            return .passed("for signing, with \(identity.names.count) alternative names")
        }
        guard identity.names.count == 1, let name = identity.name else {
            return .failed(.identityCount, "\(identity.names.count) subject alternative names instead of one")
        }
        guard !identity.hasConflictingIssuers else {
            return .failed(.issuerConflict, "the two issuer extensions differ")
        }
        return .passed("for signing code, named \(name)")
    }
}
