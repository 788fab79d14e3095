internal import Cryptography
internal import Signing
internal import Sigstore

/// Distinct keyless signatures of one authority, each by a certificate of its own.
struct SignatureMaterial: Sendable {
    let trustedRoot: [UInt8]
    private(set) var bundles: [[UInt8]] = []
    private(set) var artifacts: [[UInt8]] = []
    private(set) var verifications: [[RawVerification]] = []

    /// One verification that OpenSSL must make.
    struct RawVerification: Sendable {
        let key: PublicKey
        let signature: [UInt8]
        let message: [UInt8]
    }

    init(count: Int) throws {
        let start = Timestamp(seconds: 1_767_258_000)
        var authority = try LocalAuthority(
            organization: "benchmark",
            domain: "sigstore.example",
            keys: .seed("benchmark"),
            start: start
        )
        trustedRoot = authority.trustedRoot
        let root = try TrustedRoot(parsing: trustedRoot)
        for number in 0..<count {
            let time = start.adding(seconds: Int64(number))
            let identity = SigningIdentity.person(
                "signer-\(number)@example.com",
                issuer: "https://accounts.example.com"
            )
            let credential = try authority.issueCredential(for: identity, at: time)
            let artifact = Array("artifact \(number)\n".utf8)
            let bundle = try authority.signBlob(artifact, with: credential, at: time).bytes
            bundles.append(bundle)
            artifacts.append(artifact)
            verifications.append(try Self.raw(bundle, artifact, root))
        }
    }

    private static func raw(_ bytes: [UInt8], _ artifact: [UInt8], _ root: TrustedRoot) throws -> [RawVerification] {
        let needed = try SignedEntity(try SigstoreBundle(parsing: bytes)).neededVerifications(
            of: .bytes(artifact),
            root: root
        )
        return needed.map { RawVerification(key: $0.key, signature: $0.signature, message: $0.message) }
    }
}
