import Cryptography
import OCI
import Signing
import TestSupport
import Testing

@testable import raireki

/// A signature over an index covers its manifests; one over a manifest does not cover the index.
@Suite struct IndexCoverageTests {
    /// Imports and judges the layout, and answers the exit status and the report on its image.
    private func judge(_ signed: SignedLayout) throws -> (status: Int32, output: String) {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let root = try directory.write(signed.sigstore.trustedRoot, to: "trusted_root.json")
        _ = try CommandRun(["import", signed.write(to: directory)], case: path)
        let identity = VirtualSigstore.job.identity
        let verified = try CommandRun(
            [
                "verify", "\(signed.image.digest)", "--trusted-root", root, "--certificate-identity",
                identity.name.text,
                "--certificate-oidc-issuer", identity.issuer,
            ],
            case: path
        )
        let report = try CommandRun(["report", "\(signed.image.digest)", "--format", "json"], case: path)
        return (verified.status.rawValue, report.output)
    }

    @Test func isNotTrustedForASignatureOverOneOfItsManifests() throws {
        var signed = try SignedLayout(isIndex: true)
        let index = signed.image
        signed.image = signed.manifest
        try signed.sign(signed.manifest.digest, storage: .referrer)
        signed.image = index
        let judged = try judge(signed)
        #expect(judged.status == 1)
        #expect(judged.output.contains("\"standing\": \"unsigned\""))
        #expect(judged.output.contains("\"rule\": \"unsigned-image\""))
    }

    @Test func isTrustedForASignatureOverItself() throws {
        var signed = try SignedLayout(isIndex: true)
        try signed.sign(signed.image.digest, storage: .referrer)
        let judged = try judge(signed)
        #expect(judged.status == 0)
        #expect(judged.output.contains("\"standing\": \"trusted\""))
    }
}
