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
    ///   - session: Gives the time, and shows how far it is.
    ///   - record: Called at the end of the transaction that stores them, to append the run to the custody log.
    /// - Returns: What the policy came to, one result an image; empty without a policy.
    /// - Throws: ``CommandError``, or ``CaseError``.
    func run(
        _ images: [Digest],
        _ caseFile: CaseFile,
        _ session: Session,
        record: (CaseWriter, [PolicyResult]) throws -> Void
    ) throws -> [PolicyResult] {
        let stage = VerificationStage(
            caseFile: caseFile,
            trust: try material(session),
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
        let judged = all.filter { seen.insert($0).inserted }
        let summary = try ProgressBar.during(session, "verifying", of: .things("images")) { bar in
            try stage.run(images: judged) {
                bar.show(Int64($0), of: Int64(judged.count))
            } record: { writer, summary in
                try record(writer, results(summary))
            }
        }
        for image in summary.images {
            let authentic = image.signatures.count(where: \.verdict.isAuthentic)
            session.detail(
                "\(image.image): content \(image.content.rawValue), \(authentic) of \(counted(image.signatures.count, "signature")) authentic"
            )
        }
        return results(summary)
    }

    private func expected() throws -> VerificationStandard {
        var expected = try expectation.expectation(expectsKey: trust.key != nil)
        expected.notaryIdentities = others.identities
        expected.expectsOpenPGPKey = others.openPGPKeyring != nil
        return .expectation(expected)
    }

    private func material(_ session: Session) throws -> TrustMaterial {
        var material = try trust.material(session)
        material.presentTime = session.now()
        if let path = others.notaryTrustStore {
            session.detail("reading the trust store \(path)")
            material.notary = NotaryTrust(store: try NotaryTrustFolder.read(path), name: path)
        }
        if let path = others.openPGPKeyring {
            session.detail("reading the keyring \(path)")
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
