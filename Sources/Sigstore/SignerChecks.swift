internal import Cryptography

/// Whether a time of signing is proven, by whom, and which times the certificate must have been valid at.
struct TimeCheck {
    let outcome: CheckOutcome
    let proven: [ProvenFacts.ProvenTime]

    /// The moments at which certificates must have been valid: the proven ones, else the one that the policy states.
    let moments: [Timestamp]

    init(log: LogChecks, stamps: TimestampChecks, entity: SignedEntity, signer: Signer, policy: VerificationPolicy) {
        let promised = log.times.map { ProvenFacts.ProvenTime(time: $0, source: .inclusionPromise) }
        let stamped = stamps.times.map { ProvenFacts.ProvenTime(time: $0, source: .timestamp) }
        proven = (promised + stamped).sorted { ($0.time, $0.source.rawValue) < ($1.time, $1.source.rawValue) }
        moments = proven.isEmpty ? [policy.unsafeStatedTime].compactMap(\.self) : proven.map(\.time)
        let hasObstacle = log.hasObstacle || stamps.outcome.isObstacle
        outcome = Self.judge(proven, hasObstacle: hasObstacle, entity: entity, signer: signer, policy: policy)
    }

    private static func judge(
        _ proven: [ProvenFacts.ProvenTime],
        hasObstacle: Bool,
        entity: SignedEntity,
        signer: Signer,
        policy: VerificationPolicy
    ) -> CheckOutcome {
        if let reference = policy.referenceTime, let late = proven.first(where: { $0.time > reference }) {
            return .failed(.timeAfterReference, "signed at \(late.time), after \(reference)")
        }
        if let earliest = proven.first {
            return .passed("\(earliest.time) (\(earliest.source.rawValue))")
        }
        guard case .certificate = signer else { return .notApplicable("a key has no validity to compare a time with") }
        if let stated = policy.unsafeStatedTime {
            return .notApplicable("the policy takes \(stated) for the time of signing; nobody vouches for it")
        }
        guard !hasObstacle else {
            return .notPerformed(.earlierFailure, "no log entry and no timestamp holds that vouches for a time")
        }
        guard entity.logEntries.allSatisfy({ $0.integratedTime == 0 }) else {
            return .failed(.unsignedTime, "the stated time is signed by nobody whose signature holds")
        }
        return .failed(.noTrustedTime, "neither a log nor a timestamp authority vouches for a time of signing")
    }
}

/// Whether a managed key was valid at every proven time.
struct KeyValidityCheck {
    let outcome: CheckOutcome

    init(_ signer: Signer, times: [Timestamp]) {
        switch signer {
        case .key(let key): outcome = Self.judge(key, times: times)
        case .certificate: outcome = .notApplicable("a certificate signed")
        case .unknown: outcome = .notApplicable("no key is known")
        }
    }

    private static func judge(_ key: ManagedKey, times: [Timestamp]) -> CheckOutcome {
        guard let validity = key.validity else { return .notApplicable("the key has no validity period") }
        guard !times.isEmpty else {
            return .failed(.keyValidity, "no time of signing is proven, and the key is valid only from \(validity)")
        }
        for time in times where !validity.contains(time) {
            return .failed(.keyValidity, "the key is valid from \(validity), not at \(time)")
        }
        return .passed("valid from \(validity)")
    }
}

/// Whether the signer is who was expected.
struct IdentityCheck {
    let outcome: CheckOutcome

    init(_ signer: Signer, policy: VerificationPolicy) {
        switch (signer, policy.identity) {
        case (.certificate(let certificate), let expected?): outcome = Self.judge(certificate, expected)
        case (.certificate(let certificate), nil): outcome = Self.keys(certificate, policy)
        case (.key, nil): outcome = .passed("signed by the key that was given")
        case (.key, .some): outcome = .failed(.materialKind, "a key signed, and a certificate's identity is expected")
        case (.unknown, nil): outcome = .notApplicable("nobody in particular is expected")
        case (.unknown(let reason), .some): outcome = reason
        }
    }

    private static func keys(_ certificate: Certificate, _ policy: VerificationPolicy) -> CheckOutcome {
        guard !policy.keys.isEmpty else { return .notApplicable("nobody in particular is expected") }
        guard policy.keys.contains(where: { $0.publicKey == certificate.publicKey }) else {
            return .failed(.materialKind, "a certificate signed, and a key that was given is expected")
        }
        return .passed("the certificate is for the key that was given")
    }

    private static func judge(_ certificate: Certificate, _ expected: IdentityExpectation) -> CheckOutcome {
        let identity: CertificateIdentity
        do {
            identity = try CertificateIdentity(certificate)
        } catch {
            return .failed(.certificateMalformed, "a name or extension is not well formed: \(error)")
        }
        guard let name = identity.name else {
            return .failed(.identityCount, "\(identity.names.count) subject alternative names instead of one")
        }
        guard expected.name.accepts(name) else {
            return .failed(.identityMismatch, "signed by \"\(name)\", expected \(expected.name.description)")
        }
        guard expected.issuer.accepts(identity.issuer ?? "") else {
            let found = identity.issuer.map { "\"\($0)\"" } ?? "nobody"
            return .failed(.issuerMismatch, "vouched for by \(found), expected \(expected.issuer.description)")
        }
        for (known, value) in expected.extensions.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let found = identity.extensions[known], found.hasSameBytes(as: value) else {
                let stated = identity.extensions[known].map { "\"\($0)\"" } ?? "absent"
                return .failed(.extensionMismatch, "\(known.name) is \(stated), expected \"\(value)\"")
            }
        }
        return .passed("\(name), vouched for by \(identity.issuer ?? "nobody")")
    }
}
