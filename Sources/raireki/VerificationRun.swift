internal import CaseIndex
internal import Cryptography
internal import Patterns
internal import Sigstore
internal import Verification

/// One run of the verification stage, with the material that the options name.
struct VerificationRun {
    let expectation: ExpectationOptions
    let trust: TrustOptions

    /// Judges the signatures of images, and of the manifests below an index, and stores the verdicts.
    func run(_ images: [Digest], _ caseFile: CaseFile) throws {
        let stage = VerificationStage(
            caseFile: caseFile,
            trust: try trust.material(),
            expectation: try expected(),
            at: trust.time
        )
        let all = try caseFile.read { reader in
            try images.flatMap { [$0] + (try Self.signedChildren($0, reader)) }
        }
        var seen: Set<Digest> = []
        _ = try stage.run(images: all.filter { seen.insert($0).inserted })
    }

    private static func signedChildren(_ image: Digest, _ reader: CaseReader) throws -> [Digest] {
        try reader.graph(of: image).descriptors.filter { $0.kind == .child && $0.target != image }.map(\.target)
            .filter { try !reader.signatures(of: $0).isEmpty }
    }

    private func expected() throws -> SignatureExpectation {
        SignatureExpectation(
            identity: try Self.pattern(expectation.identity, expectation.identityPattern),
            issuer: try Self.pattern(expectation.issuer, expectation.issuerPattern),
            annotations: try expectation.annotationPairs(),
            expectsKey: trust.key != nil
        )
    }

    private static func pattern(_ exact: String?, _ expression: String?) throws -> TextPattern? {
        if let exact { return .exactly(exact) }
        return try expression.map { .matching(try WholeMatchPattern($0)) }
    }
}

extension TrustOptions {
    /// The trusted root and the key, read from their files or built in.
    func material() throws -> TrustMaterial {
        let keys = try key.map { [try Self.managedKey($0)] } ?? []
        guard let trustedRoot else {
            let builtIn = BuiltInTrust.publicGood
            return TrustMaterial(root: try builtIn.trustedRoot(), name: builtIn.rawValue, keys: keys)
        }
        let bytes = try OutputFile.read(trustedRoot, limit: TrustedRoot.maximumBytes)
        do {
            let root = try TrustedRoot(parsing: bytes)
            return TrustMaterial(root: root, name: trustedRoot, digest: Digest(hashing: bytes), keys: keys)
        } catch {
            throw CommandError.notATrustedRoot(path: trustedRoot, reason: "\(error)")
        }
    }

    /// No public key in PEM is larger, in bytes.
    private static let keyLimit = 64 << 10

    private static func managedKey(_ path: String) throws -> ManagedKey {
        let text = String(decoding: try OutputFile.read(path, limit: keyLimit), as: UTF8.self)
        do {
            return ManagedKey(publicKey: try PublicKey(pem: text))
        } catch {
            throw CommandError.notAPublicKey(path: path, reason: "\(error)")
        }
    }
}
