package import Cryptography
internal import OCI
package import Signing
package import Sigstore

/// A bundle with what it is judged by; every part may be changed to make a defect.
package struct SignedCase: Sendable {
    /// The bundle.
    package var bundle: BundleDraft
    /// The trusted root, JSON.
    package var trustedRoot: [UInt8]
    /// What is said to be signed.
    package var artifact: [UInt8]
    /// What is asked.
    package var policy = VirtualSigstore.policy

    /// The bundle, JSON.
    package var bytes: [UInt8] { bundle.bytes }

    /// A case.
    package init(bundle: BundleDraft, trustedRoot: [UInt8], artifact: [UInt8]) {
        self.bundle = bundle
        self.trustedRoot = trustedRoot
        self.artifact = artifact
    }

    /// What verification makes of it.
    ///
    /// - Throws: `FormatError` when bundle or trusted root cannot be read at all.
    package func verify() throws -> VerificationReport {
        let entity = SignedEntity(try SigstoreBundle(parsing: bytes))
        let verifier = Verifier(root: try TrustedRoot(parsing: trustedRoot))
        return verifier.verify(entity, of: .bytes(artifact), policy: policy)
    }
}

/// A cosign layer with what it is judged by; every part may be changed to make a defect.
package struct SignedLayerCase: Sendable {
    /// The layer and its annotations.
    package var layer: SignatureLayer
    /// The trusted root, JSON.
    package var trustedRoot: [UInt8]
    /// The image that is said to be signed.
    package var image: Digest
    /// What is asked.
    package var policy = VirtualSigstore.policy

    /// A case.
    package init(layer: SignatureLayer, trustedRoot: [UInt8], image: Digest) {
        self.layer = layer
        self.trustedRoot = trustedRoot
        self.image = image
    }

    /// What verification makes of it.
    ///
    /// - Throws: `FormatError` when the annotations, the layer or the trusted root cannot be read at all.
    package func verify() throws -> VerificationReport {
        let annotations = Dictionary(layer.annotations.map { ($0.name, $0.value) }) { first, _ in first }
        let verifier = Verifier(root: try TrustedRoot(parsing: trustedRoot))
        guard layer.mediaType == .simpleSigning else {
            let entity = try SignedEntity(attestation: layer.blob, annotations: annotations)
            return verifier.verify(entity, of: .digest(image), policy: policy)
        }
        let entity = try SignedEntity(simpleSigningAnnotations: annotations)
        let claim = SubjectClaim(simpleSigning: layer.blob, image: image)
        return verifier.verify(entity, of: .bytes(layer.blob), claim: claim, policy: policy)
    }
}

extension VerificationReport {
    /// What an earlier failure leads to: an entry that fails is not counted, and vouches for no time.
    private static let consequences: Set<String> = [
        FailureCode.tooFewLogs.rawValue, FailureCode.unsignedTime.rawValue, FailureCode.noTrustedTime.rawValue,
        MissingMaterial.Code.earlierFailure.rawValue,
    ]

    /// The words of every obstacle to calling the signature verified.
    package var reasons: Set<String> {
        let outcomes = cryptographicChecks.map(\.outcome) + [identity]
        return Set(
            outcomes.compactMap { outcome in
                switch outcome {
                case .failed(let reason): reason.code.rawValue
                case .notPerformed(let missing): missing.code.rawValue
                case .passed, .notApplicable: nil
                }
            }
        )
    }

    /// The same without what only follows from another obstacle, unless that is what is expected.
    package func reasons(expecting expected: Set<String>) -> Set<String> {
        reasons.subtracting(Self.consequences.subtracting(expected))
    }
}
