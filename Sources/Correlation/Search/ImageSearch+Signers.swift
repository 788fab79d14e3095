internal import CaseIndex
internal import Cryptography

// Who signed.

extension ImageSearch {
    /// Signatures by an identity, judged or not.
    func signed(_ criterion: ImageCriterion, identity: String) throws -> [ImageMatch] {
        var matches: [ImageMatch] = []
        for verdict in try reader.verdicts(identity: identity) {
            matches += try match(criterion, verdict.signatureID, "verdict:\(verdict.signatureID)", "verdict", identity)
        }
        for certificate in try reader.certificates(named: identity) {
            let record = "certificate:\(certificate.signatureID)/\(certificate.digest)"
            matches += try match(criterion, certificate.signatureID, record, "certificate", identity)
        }
        // A certificate with several names has them among its claims alone.
        for claim in try reader.claims(key: "subjectAlternativeName", value: identity) {
            guard let id = claim.signatureID else { continue }
            matches += try match(criterion, id, "claim:\(claim.id)", "certificate subject alternative name", identity)
        }
        return Self.once(matches)
    }

    /// Signatures by a key; only a verdict tells with which key a signature holds.
    func signed(_ criterion: ImageCriterion, key: String) throws -> [ImageMatch] {
        let digits = key.afterPrefix("sha256:") ?? key
        return try ["key sha256:\(digits.lowercased())", "OpenPGP key \(digits)", "OpenPGP key \(digits.uppercased())"]
            .flatMap { try reader.verdicts(identity: $0) }
            .flatMap { verdict in
                try match(
                    criterion,
                    verdict.signatureID,
                    "verdict:\(verdict.signatureID)",
                    "verdict",
                    verdict.identity ?? key
                )
            }
    }

    /// Signatures whose identity an issuer vouches for, or whose certificate an authority issued.
    func issued(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        var matches: [ImageMatch] = []
        for verdict in try reader.verdicts(identityIssuer: criterion.value) {
            let record = "verdict:\(verdict.signatureID)"
            matches += try match(criterion, verdict.signatureID, record, "verdict", criterion.value)
        }
        for certificate in try reader.certificates(issuedBy: criterion.value) {
            let record = "certificate:\(certificate.signatureID)/\(certificate.digest)"
            matches += try match(criterion, certificate.signatureID, record, "certificate", criterion.value)
        }
        return Self.once(matches)
    }

    private func match(
        _ criterion: ImageCriterion,
        _ id: String,
        _ record: String,
        _ place: String,
        _ value: String
    ) throws -> [ImageMatch] {
        guard let signature = try claims.signature(id) else { return [] }
        return [
            ImageMatch(
                criterion: criterion,
                image: signature.record.subject,
                records: [record],
                basis: signature.signerBasis,
                place: place,
                value: value,
                time: time(of: signature),
                signatureID: id
            )
        ]
    }

    /// One match a signature: the first.
    private static func once(_ matches: [ImageMatch]) -> [ImageMatch] {
        var seen: Set<String> = []
        return matches.filter { seen.insert($0.signatureID ?? "").inserted }
    }

    /// When a signature was made: its verified time, else while its certificate was valid.
    func time(of signature: TracedSignature) -> MatchTime? {
        if let verdict = signature.verdict, let time = verdict.signedAt {
            let basis: Basis = signature.logEntries.isEmpty ? .timestampAttested : .logAttested
            return MatchTime(
                first: time,
                last: time,
                basis: verdict.isAuthentic ? basis : .unverified,
                record: "verdict:\(verdict.signatureID)"
            )
        }
        guard let certificate = signature.certificates.first else { return nil }
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

extension TracedSignature {
    /// What the signer's name rests on: the authority's word, or for a key the signature itself.
    fileprivate var signerBasis: Basis {
        if certificates.isEmpty { return isAuthentic ? .signerAsserted : .unverified }
        return certificateBasis
    }
}
