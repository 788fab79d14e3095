internal import Cryptography

/// Verifies signatures against a trusted root: bytes in, a report out.
///
/// It opens no file, no socket and no clock.
///
/// Every check is made, whatever the others come to, in this order:
///
/// 1. the form of the material, and who the signer is;
/// 2. each log entry: what it is about, the log's promise, proof and checkpoint, the log's validity;
/// 3. each RFC 3161 timestamp, at its own time;
/// 4. whether a time of signing is proven at all;
/// 5. the certificate: path, validity at every proven time, profile, certificate timestamps; or the managed key;
/// 6. the signature, and that what is signed is said of the artifact;
/// 7. whether the signer is who was expected.
public struct Verifier: Sendable {
    /// What is trusted.
    public let root: TrustedRoot
    private let paths = PathCache()

    /// A verifier that trusts `root` and nothing else.
    public init(root: TrustedRoot) {
        self.root = root
    }

    /// Judges one signature.
    ///
    /// - Parameters:
    ///   - entity: The signature with its material.
    ///   - artifact: What it is said to be of. For a payload that names an image, the payload.
    ///   - claim: What such a payload says; nil when the artifact itself or a statement is signed.
    ///   - policy: What is asked beyond that.
    /// - Returns: The outcome of every check.
    public func verify(
        _ entity: SignedEntity,
        of artifact: Artifact,
        claim: SubjectClaim? = nil,
        policy: VerificationPolicy
    ) -> VerificationReport {
        let form = FormCheck(entity, policy: policy)
        let signer = form.signer(entity: entity, artifact: artifact, policy: policy)
        let log = LogChecks(entity: entity, artifact: artifact, signer: signer, root: root, policy: policy)
        let stamps = TimestampChecks(entity: entity, root: root, policy: policy, hasOtherTime: !log.times.isEmpty)
        let times = TimeCheck(log: log, stamps: stamps, entity: entity, signer: signer, policy: policy)
        let certificate = certificateChecks(signer, times: times.moments, policy: policy)
        let content = ContentChecks(entity: entity, artifact: artifact, claim: claim, signer: signer)
        var proof = ProvenFacts(signer, times: times.proven)
        proof.strength = ProofStrength(signer: signer, log: log, stamps: stamps, content: content)
        return VerificationReport(
            form: form.outcome,
            content: content.outcomes,
            log: log.outcomes(stampedAt: stamps.times),
            time: TimeOutcomes(timestamps: stamps.outcome, trustedTime: times.outcome),
            certificate: certificate.outcomes,
            keyValidity: KeyValidityCheck(signer, times: times.moments).outcome,
            identity: IdentityCheck(signer, policy: policy).outcome,
            proof: proof
        )
    }

    private func certificateChecks(
        _ signer: Signer,
        times: [Timestamp],
        policy: VerificationPolicy
    ) -> CertificateChecks {
        switch signer {
        case .certificate(let certificate):
            CertificateChecks(certificate, times: times, root: root, paths: paths, policy: policy)
        case .key: CertificateChecks(noCertificate: "a key signed, without a certificate")
        case .unknown: CertificateChecks(noCertificate: "no certificate came with the signature")
        }
    }
}

extension ProvenFacts {
    init(_ signer: Signer, times: [ProvenTime]) {
        publicKey = signer.publicKey
        if case .certificate(let certificate) = signer {
            self.certificate = certificate
            let read = try? CertificateIdentity(certificate)
            identity = read?.name
            identityIssuer = read?.issuer
        }
        self.times = times
    }
}

extension ProofStrength {
    init(signer: Signer, log: LogChecks, stamps: TimestampChecks, content: ContentChecks) {
        guard case .passed = content.outcomes.signature else {
            self = .none
            return
        }
        guard log.witnesses.isEmpty else {
            self = .witnessed
            return
        }
        switch (log.isProven, stamps.times.isEmpty, log.times.isEmpty) {
        case (true, false, _): self = .timestamped
        case (true, true, _): self = .inclusionProof
        case (false, _, false): self = .inclusionPromise
        case (false, _, true):
            if case .certificate = signer { self = .certificateWithoutTime } else { self = .keyOnly }
        }
    }
}
