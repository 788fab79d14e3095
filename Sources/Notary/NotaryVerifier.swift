package import Cryptography

/// Verifies Notary Project signatures ("Signature Specification", "Signing and Verification Workflow") at the level
/// that the trust policy calls strict, revocation excepted.
package struct NotaryVerifier: Sendable {
    private let trust: NotaryTrustStore?
    private let time: Timestamp?

    /// A verifier.
    ///
    /// - Parameters:
    ///   - trust: What is trusted; nil when nothing was given, so that no signature is authentic.
    ///   - time: The moment at which certificates without a timestamp, and artifacts, must not have expired; without one
    ///     neither is judged.
    package init(trust: NotaryTrustStore?, at time: Timestamp?) {
        self.trust = trust
        self.time = time
    }

    /// Makes every check, whatever the ones before came to.
    package func verify(_ envelope: NotaryEnvelope, of subject: NotarySubject) -> NotaryReport {
        let header = HeaderChecks(envelope.header)
        let chain = ChainChecks(envelope.certificates)
        let algorithm = Self.algorithm(envelope.header, chain.signer)
        let payload = PayloadChecks(envelope.payload, subject)
        let path = certificatePath(chain, header.scheme)
        let stamp = TimestampCheck(envelope, header.scheme, trust, at: time)
        var proof = NotaryProof(certificate: chain.signer)
        let provenTime = Self.provenTime(stamp, envelope.header, header.scheme)
        proof.time = provenTime
        proof.isTimestamped = stamp.time != nil
        let validity = chain.validity(at: provenTime ?? time, isProven: provenTime != nil)
        return NotaryReport(
            contentType: header.contentType,
            criticalAttributes: header.critical,
            signingScheme: header.signingScheme,
            algorithm: algorithm,
            certificateProfile: chain.profile,
            certificateChain: chain.order,
            signature: Self.signature(envelope, chain.signer, algorithm),
            payload: payload.form,
            subject: payload.subject,
            certificatePath: path,
            timestamp: stamp.outcome(isOtherwiseValid: !validity.isObstacle),
            certificateValidity: validity,
            expiry: expiry(envelope.header),
            proof: proof
        )
    }

    /// Of a signing authority the time that it states counts as proven, of anybody else only a timestamp.
    private static func provenTime(
        _ stamp: TimestampCheck,
        _ header: NotaryHeader,
        _ scheme: NotaryScheme?
    ) -> Timestamp? {
        switch scheme {
        case .signingAuthority: header.authenticSigningTime
        case .x509, nil: stamp.time
        }
    }

    private static func algorithm(_ header: NotaryHeader, _ signer: Certificate?) -> NotaryOutcome {
        guard let named = WebAlgorithm(notary: header.algorithm) else {
            return .failed(.algorithm, "the algorithm \(header.algorithm) is not allowed")
        }
        guard let signer else { return .notPerformed(.earlierFailure, "the signer's certificate cannot be read") }
        guard let needed = WebAlgorithm(notary: signer.publicKey.kind) else {
            return .failed(.algorithm, "no algorithm belongs to a key of this kind: \(signer.publicKey.kind)")
        }
        guard needed == named else {
            return .failed(
                .algorithmMismatch,
                "\(named.rawValue) is stated, and \(needed.rawValue) belongs to the signer's key"
            )
        }
        return .passed("\(named.rawValue), as belongs to the key")
    }

    private static func signature(
        _ envelope: NotaryEnvelope,
        _ signer: Certificate?,
        _ algorithm: NotaryOutcome
    ) -> NotaryOutcome {
        guard let signer, !algorithm.isObstacle, let named = WebAlgorithm(notary: envelope.header.algorithm) else {
            return .notPerformed(.earlierFailure, "neither key nor algorithm is known to be right")
        }
        let key = signer.publicKey
        let signature: [UInt8]?
        if case .rsa = key.kind {
            signature = envelope.signature
        } else {
            signature = FixedWidthSignature.der(envelope.signature, key.kind)
        }
        guard let signature else {
            return .failed(.signature, "\(envelope.signature.count) bytes are no signature of the key's curve")
        }
        guard key.isValid(signature: signature, for: envelope.signedBytes, algorithm: named.signatureAlgorithm) else {
            return .failed(.signature, "the signature does not hold over payload and signed attributes")
        }
        return .passed("holds over payload and signed attributes")
    }

    /// The chain is the envelope's own; trust begins at whichever of its certificates the store holds.
    private func certificatePath(_ chain: ChainChecks, _ scheme: NotaryScheme?) -> NotaryOutcome {
        guard let scheme else { return .notPerformed(.earlierFailure, "the signing scheme is not known") }
        guard let anchors = trust?.anchors(for: scheme), !anchors.isEmpty else {
            let kind = scheme == .x509 ? "ca" : "signingAuthority"
            return .notPerformed(.trustStore, "no trust store of the kind \(kind) was given")
        }
        guard let certificates = chain.certificates, !chain.order.isObstacle else {
            return .notPerformed(.earlierFailure, "the certificates form no chain")
        }
        guard let anchor = certificates.first(where: { anchors.contains($0) }) else {
            return .failed(.chainUntrusted, "no certificate of the chain is in the trust store")
        }
        return .passed("leads to \(anchor.subjectName) of the trust store")
    }

    /// Whether the moment of verification is before the expiry that the signer states; at that very moment it is over.
    private func expiry(_ header: NotaryHeader) -> NotaryOutcome {
        guard let expiry = header.expiry else { return .notApplicable("the signer states no expiry") }
        guard let time else { return .notPerformed(.time, "expires at \(expiry), and the time is not told") }
        guard time < expiry else { return .failed(.expired, "expired at \(expiry), judged at \(time)") }
        return .passed("expires at \(expiry), judged at \(time)")
    }
}
