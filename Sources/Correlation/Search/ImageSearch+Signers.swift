internal import CaseIndex
internal import Cryptography

// Who signed.

extension ImageSearch {
    /// Signatures by an identity, judged or not.
    func signed(_ criterion: ImageCriterion, identity: String) throws -> [ImageMatch] {
        try matches(criterion, try reader.signers(identity: identity))
    }

    /// Signatures by a key; only a verdict tells with which key a signature holds.
    func signed(_ criterion: ImageCriterion, key: String) throws -> [ImageMatch] {
        let digits = key.afterPrefix("sha256:") ?? key
        let names = [
            "key sha256:\(digits.lowercased())", "OpenPGP key \(digits)", "OpenPGP key \(digits.uppercased())",
        ]
        // A certificate may name itself as keys are named here.
        let signers = try Set(names).sorted().flatMap { try reader.signers(identity: $0) }
        return try matches(criterion, signers.filter { $0.kind == .verdict })
    }

    /// Signatures whose identity an issuer vouches for, or whose certificate an authority issued.
    func issued(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        try matches(criterion, try reader.signers(issuer: criterion.value))
    }

    /// One match a signature: by its verdict, else by its certificate.
    private func matches(_ criterion: ImageCriterion, _ signers: [SignerRecord]) throws -> [ImageMatch] {
        let byCertificate = Set(signers.filter { $0.kind != .verdict }.map(\.signatureID))
        var seen: Set<String> = []
        let firsts = signers.filter { seen.insert($0.signatureID).inserted }
        return try inParts(firsts) { try $1.matches(criterion, each: $0, byCertificate) }
    }

    private func matches(
        _ criterion: ImageCriterion,
        each signers: [SignerRecord],
        _ byCertificate: Set<String>
    ) throws -> [ImageMatch] {
        try claims.prepare(signers.map(\.signatureID))
        return try signers.compactMap { signer in
            guard let signature = try claims.signature(signer.signatureID), !signature.isByTriedKey else { return nil }
            return ImageMatch(
                criterion: criterion,
                image: signature.record.subject,
                records: [signer.record],
                basis: signature.signerBasis(hasCertificate: byCertificate.contains(signer.signatureID)),
                place: signer.kind == .claim ? "certificate" : signer.kind.rawValue,
                value: criterion.kind == .key ? signature.verdict?.identity ?? criterion.value : criterion.value,
                time: try time(of: signature),
                signatureID: signer.signatureID
            )
        }
    }

    /// When a signature was made: its verified time, else while its certificate was valid; one that holds by a key alone
    /// was made by no certificate.
    func time(of signature: TracedSignature) throws -> MatchTime? {
        if let verdict = signature.verdict, let time = verdict.signedAt {
            return MatchTime(
                first: time,
                last: time,
                basis: verdict.isAuthentic ? signature.timeBasis : .unverified,
                record: "verdict:\(verdict.signatureID)"
            )
        }
        if let verdict = signature.verdict, verdict.isAuthentic, verdict.isByKey { return nil }
        guard let certificate = try reader.certificates(of: signature.record.id).first else { return nil }
        return MatchTime(
            first: certificate.notBefore,
            last: certificate.notAfter,
            basis: signature.certificateBasis,
            record: "certificate:\(certificate.signatureID)/\(certificate.digest)"
        )
    }

    /// When an image says that it was made.
    func builtTime(_ image: Digest) throws -> MatchTime? {
        let created = try reader.claims(about: image, signature: nil).first {
            $0.speaker == .configuration && $0.key.hasSameBytes(as: "/created")
        }
        guard let created, let time = Timestamp(rfc3339: created.value) else { return nil }
        return MatchTime(first: time, last: time, basis: .unsigned, record: "claim:\(created.id)")
    }
}

extension VerdictRecord {
    /// Whether the identity is a key, and no name in a certificate.
    fileprivate var isByKey: Bool {
        identityIssuer == nil && identity?.hasPrefix("key ") ?? false
    }
}

extension TracedSignature {
    /// Whether the verdict names a key that did not make the signature, as verdicts of earlier versions do.
    fileprivate var isByTriedKey: Bool {
        verdict?.isByKey ?? false
            && checks.contains { $0.name.hasSameBytes(as: "signature") && $0.outcome != .passed }
    }

    /// What the signer's name rests on: the authority's word, or for a key the signature itself.
    fileprivate func signerBasis(hasCertificate: Bool) -> Basis {
        if certificateBasis != .unverified || hasCertificate { return certificateBasis }
        return isAuthentic ? .signerAsserted : .unverified
    }

    /// Who states the verified time.
    fileprivate var timeBasis: Basis {
        let isTimestamped = checks.contains { $0.outcome == .passed && $0.name.hasSameBytes(as: "timestamp") }
        let isPromised = checks.contains { $0.outcome == .passed && $0.name.hasSameBytes(as: "inclusion-promise") }
        return isTimestamped && !isPromised ? .timestampAttested : .logAttested
    }
}
