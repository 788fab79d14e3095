internal import CaseIndex
internal import Cryptography
internal import OpenPGP
internal import Verification

/// One run of the verification stage, with the material that the options name.
struct VerificationRun {
    let expectation: ExpectationOptions
    let trust: TrustOptions
    /// Whom signatures in other formats may come from.
    let others: OtherFormatOptions
    /// A policy instead of the expectation.
    var policy: ImagePolicy?

    /// Judges the signatures of images, and of the manifests below an index, and stores the verdicts.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - caseFile: The case.
    ///   - now: The time of the run.
    ///   - record: Called at the end of the transaction that stores them, to append the run to the custody log.
    /// - Returns: What the policy came to, one result an image; empty without a policy.
    /// - Throws: ``CommandError``, or ``CaseError``.
    func run(
        _ images: [Digest],
        _ caseFile: CaseFile,
        now: Timestamp,
        record: (CaseWriter, [PolicyResult]) throws -> Void
    ) throws -> [PolicyResult] {
        let stage = VerificationStage(
            caseFile: caseFile,
            trust: try material(now: now),
            standard: try policy.map { .policy($0) } ?? expected(),
            at: trust.time
        )
        let all = try caseFile.read { reader in
            try images.flatMap { [$0] + (try Self.signedChildren($0, reader)) }
        }
        var seen: Set<Digest> = []
        func results(_ summary: VerificationSummary) -> [PolicyResult] {
            summary.images.filter { images.contains($0.image) }.compactMap(\.policy)
        }
        let summary = try stage.run(images: all.filter { seen.insert($0).inserted }) { writer, summary in
            try record(writer, results(summary))
        }
        return results(summary)
    }

    private func expected() throws -> VerificationStandard {
        var expected = try expectation.expectation(expectsKey: trust.key != nil)
        expected.notaryIdentities = others.identities
        expected.expectsOpenPGPKey = others.openPGPKeyring != nil
        return .expectation(expected)
    }

    private func material(now: Timestamp) throws -> TrustMaterial {
        var material = try trust.material(now: now)
        material.presentTime = now
        if let path = others.notaryTrustStore {
            material.notary = NotaryTrust(store: try NotaryTrustFolder.read(path), name: path)
        }
        if let path = others.openPGPKeyring {
            material.openPGP = OpenPGPTrust(keyring: try Self.keyring(path), name: path, verifier: GPGV.find())
        }
        return material
    }

    /// No keyring is larger, in bytes.
    private static let keyringLimit = 64 << 20

    private static func keyring(_ path: String) throws -> OpenPGPKeyring {
        let bytes = try OutputFile.read(path, limit: keyringLimit)
        do throws(OpenPGPError) {
            return try OpenPGPKeyring(bytes)
        } catch {
            throw CommandError.notAKeyring(path: path, reason: error.description)
        }
    }

    private static func signedChildren(_ image: Digest, _ reader: CaseReader) throws -> [Digest] {
        try reader.graph(of: image).descriptors.filter { $0.kind == .child && $0.target != image }.map(\.target)
            .filter { try !reader.signatures(of: $0).isEmpty }
    }
}
