internal import Cryptography
internal import Sigstore
internal import StrictJSON
internal import Verification

/// Whether one bundle vouches for one artifact.
struct BundleQuestion {
    /// The bundle's file.
    var bundle: String
    /// The artifact: a file, or its digest.
    var artifact: String
    /// What is relied on.
    var trust: TrustChoice
    /// Who must have signed; nil for the key of ``trust``.
    var identity: IdentityExpectation?
    /// Whether the answer is a JSON document.
    var isJSON = false
    /// How it talks.
    var manner = Manner()

    /// Reads, judges and prints.
    ///
    /// - Returns: Success only when every check passed.
    /// - Throws: ``CommandError``, and what reading the files throws.
    func answer(_ session: Session) throws -> ExitStatus {
        session.detail("bundle: \(bundle)")
        let entity: SignedEntity
        do {
            entity = SignedEntity(
                try SigstoreBundle(parsing: try OutputFile.read(bundle, limit: SigstoreBundle.maximumBytes))
            )
        } catch let error as FormatError {
            throw CommandError.notABundle(path: bundle, reason: "\(error)")
        }
        let material = try trust.material(session)
        var policy = material.policy
        policy.referenceTime = trust.time
        policy.identity = identity
        let artifact = try artifactInput(session)
        let report = Verifier(root: material.root).verify(entity, of: artifact, policy: policy)
        let page = BundleReportPage(report)
        session.write(isJSON ? page.json.pretty + "\n" : page.text)
        session.say(report.isVerified ? "verified" : "not verified")
        return report.isVerified ? .success : .finding
    }

    /// A file is always a file when there is one of that name, as in cosign.
    private func artifactInput(_ session: Session) throws -> Artifact {
        if let digest = try? Digest(parsing: artifact), !OutputFile.exists(artifact) {
            session.detail("artifact: the digest \(digest)")
            return .digest(digest)
        }
        session.detail("artifact: the file \(artifact)")
        return try ArtifactFile.read(artifact)
    }
}

extension BundleQuestion {
    /// The question of `verify-bundle` in plain arguments; nil when they are others, or would be refused.
    init?(plain arguments: some Sequence<String>) {
        let options = [
            "--bundle", "--certificate-identity", "--certificate-oidc-issuer", "--key", "--trusted-root", "--color",
        ]
        let flags = ["--staging", "--no-trunc"] + Self.quietNames + Self.verboseNames
        guard let plain = PlainArguments(arguments, options: options, flags: flags),
            let bundle = plain["--bundle"]
        else { return nil }
        let who = (plain["--certificate-identity"], plain["--certificate-oidc-issuer"])
        let isStaging = plain["--staging"] != nil
        guard !isStaging || plain["--trusted-root"] == nil else { return nil }
        switch (plain["--key"], who.0, who.1) {
        case (_?, nil, nil): break
        case (nil, let name?, let issuer?):
            identity = SignatureExpectation(identity: .exactly(name), issuer: .exactly(issuer)).identityExpectation
        default: return nil
        }
        guard let manner = Self.manner(plain) else { return nil }
        self.manner = manner
        self.bundle = bundle
        artifact = plain.operand
        trust = TrustChoice(key: plain["--key"], trustedRoot: plain["--trusted-root"])
        if isStaging { trust.trustedRoot = BuiltInTrust.staging.rawValue }
    }

    private static let quietNames = ["--quiet", "-q"]
    private static let verboseNames = ["--verbose", "-v"]

    /// What ``MannerOptions`` would make of the same arguments; nil when it would refuse them.
    private static func manner(_ plain: PlainArguments) -> Manner? {
        let given = (quietNames.count { plain[$0] != nil }, verboseNames.count { plain[$0] != nil })
        guard given.0 + given.1 <= 1, let color = ColorChoice(rawValue: plain["--color"] ?? ColorChoice.auto.rawValue)
        else { return nil }
        return Manner(
            loudness: given.0 > 0 ? .quiet : given.1 > 0 ? .verbose : .normal,
            color: color,
            showsWhole: plain["--no-trunc"] != nil
        )
    }
}
