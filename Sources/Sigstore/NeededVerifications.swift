package import Cryptography
internal import StrictJSON

/// A signature verification that no verifier can do without; what benchmarks compare with.
package struct NeededVerification: Sendable {
    /// Whose signature.
    package let key: PublicKey
    /// The signature.
    package let signature: [UInt8]
    /// What it is over.
    package let message: [UInt8]
}

extension SignedEntity {
    /// The verifications of a keyless signature with one log entry: the leaf certificate, its certificate timestamp,
    /// the entry timestamp, the checkpoint and the signature itself.
    ///
    /// - Throws: When the entity is not of that form, or the root does not know its log.
    package func neededVerifications(of artifact: Artifact, root: TrustedRoot) throws -> [NeededVerification] {
        guard case .certificate(let der, _) = keyMaterial, let entry = logEntries.first,
            case .bytes(let message) = artifact, let signature,
            let log = root.transparencyLogs.first(where: { $0.logID == entry.logID }), let logKey = log.publicKey
        else { throw FormatError.malformed(path: "entity", expected: "a keyless signature with one log entry") }
        let leaf = try Certificate(der: der)
        var needed = [NeededVerification(key: leaf.publicKey, signature: signature, message: message)]
        for authority in root.certificateAuthorities {
            guard let path = try? authority.path(to: leaf) else { continue }
            needed.append(
                NeededVerification(
                    key: path.issuer.publicKey,
                    signature: try Self.signature(of: der),
                    message: Array(leaf.fields.toBeSigned)
                )
            )
            let value = leaf.extensionValue(SignedCertificateTimestamp.extensionIdentifier) ?? []
            for timestamp in try SignedCertificateTimestamp.list(extensionValue: value) {
                guard let key = root.certificateLogs.first(where: { $0.logID == timestamp.logID })?.publicKey else {
                    continue
                }
                let data = timestamp.signedData(certificate: leaf, issuer: path.issuer)
                needed.append(NeededVerification(key: key, signature: timestamp.signature, message: data))
            }
        }
        if let promise = entry.inclusionPromise {
            needed.append(
                NeededVerification(key: logKey, signature: promise, message: LogInclusion.promisedBytes(entry))
            )
        }
        if let proof = entry.inclusionProof, let checkpoint = try? Checkpoint(parsing: proof.checkpoint) {
            let line = checkpoint.signatures[0]
            needed.append(NeededVerification(key: logKey, signature: line.bytes, message: checkpoint.signedText))
        }
        return needed
    }

    /// The signature over a certificate's signed part.
    private static func signature(of der: [UInt8]) throws -> [UInt8] {
        var outer = DERReader(der)
        var parts = try outer.nested(0x30)
        _ = try parts.element(0x30)
        _ = try parts.element(0x30)
        return Array(try parts.element(0x03).content.dropFirst())
    }
}
