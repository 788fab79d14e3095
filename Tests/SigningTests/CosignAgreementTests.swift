import Cryptography
import OCI
import Signing
import Sigstore
import TestSupport
import Testing

/// A real cosign accepts what is made here, and refuses the defects that it looks for.
@Suite(.enabled(if: Peer.has("cosign"), "no cosign in RAIREKI_PEERS"))
struct CosignAgreementTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private static let expectation = [
        "--certificate-identity", VirtualSigstore.job.identity.name.text,
        "--certificate-oidc-issuer", VirtualSigstore.job.identity.issuer,
    ]

    // MARK: - Bundles

    private func verifyBlob(_ signed: SignedCase, _ more: String...) throws -> Peer.Outcome {
        let bundle = try directory.write(signed.bytes, to: "bundle.json")
        let root = try directory.write(signed.trustedRoot, to: "trusted_root.json")
        let artifact = try directory.write(signed.artifact, to: "artifact")
        let command =
            if case .message = signed.bundle.content { ["verify-blob"] } else {
                ["verify-blob-attestation", "--type", "slsaprovenance1"]
            }
        let material = ["--bundle", bundle, "--trusted-root", root]
        return try Peer.run("cosign", command + material + Self.expectation + more + [artifact])
    }

    @Test(arguments: BundleVersion.allCases, GoodSignatureTests.plans)
    func cosignVerifiesBundles(version: BundleVersion, plan: SigningPlan) throws {
        // Version 0.1 cannot do without a signed entry timestamp, which the second log does not give.
        guard version != .v01 || plan.log == .first else { return }
        var sigstore = try VirtualSigstore()
        for signed in [
            try sigstore.signed(version: version, plan: plan), try sigstore.attested(version: version, plan: plan),
        ] {
            let result =
                plan.isStamped ? try verifyBlob(signed, "--use-signed-timestamps") : try verifyBlob(signed)
            #expect(result.status == 0, "\(result.everything)")
        }
    }

    @Test(arguments: [SigningKey.Kind.p384, .p521, .rsa(bits: 2048)])
    func cosignVerifiesEveryKindOfKey(kind: SigningKey.Kind) throws {
        var sigstore = try VirtualSigstore()
        let key = try SigningKey(generating: kind)
        let identity = VirtualSigstore.job.identity
        let certificate = try sigstore.authority.issueCertificate(for: identity, key: key, at: sigstore.time)
        let credential = SigningCredential(key: key, verifier: .certificate(certificate))
        for signed in [try sigstore.signed(with: credential), try sigstore.attested(with: credential)] {
            let result = try verifyBlob(signed)
            #expect(result.status == 0, "\(result.everything)")
        }
    }

    @Test func cosignVerifiesAManagedKey() throws {
        var sigstore = try VirtualSigstore()
        let key = try sigstore.authority.nextKey()
        let signed = try sigstore.signed(with: SigningCredential(key: key))
        let arguments = [
            "verify-blob", "--key", try directory.write(key.publicKeyPEM, to: "key.pub"),
            "--bundle", try directory.write(signed.bytes, to: "bundle.json"),
            "--trusted-root", try directory.write(signed.trustedRoot, to: "trusted_root.json"),
            try directory.write(signed.artifact, to: "artifact"),
        ]
        let good = try Peer.run("cosign", arguments)
        #expect(good.status == 0, "\(good.everything)")
        try directory.write(sigstore.authority.nextKey().publicKeyPEM, to: "key.pub")
        #expect(try Peer.run("cosign", arguments).status != 0)
    }

    // MARK: - Images

    /// An image in a layout, with whatever `store` adds, and the layout's path.
    private func layout(
        _ store: (inout LayoutContents, WrittenDescriptor, inout VirtualSigstore) throws -> Void
    ) throws -> [String] {
        var sigstore = try VirtualSigstore()
        var layout = LayoutContents()
        let member = TarWriter.Member(path: "etc/motd", bytes: Array("hello\n".utf8))
        let image = SmallImage(layers: [[member]], created: sigstore.time, command: ["/bin/sh"]).add(to: &layout)
        layout.list(image, name: "1.4.0", kind: .image)
        try store(&layout, image, &sigstore)
        try LayoutWriter.write(layout, to: directory.path("layout"))
        let root = try directory.write(sigstore.trustedRoot, to: "trusted_root.json")
        return ["--local-image", "--trusted-root", root] + Self.expectation + [directory.path("layout")]
    }

    @Test func cosignVerifiesASimpleSignatureAndItsAnnotations() throws {
        let arguments = try layout { layout, image, sigstore in
            let signed = try sigstore.signedImage(image.digest)
            layout.store(signatures: [signed.layer], of: image, as: .legacy)
        }
        let good = try Peer.run(
            "cosign",
            ["verify", "-a", "tag=1.4.0", "-a", "com.gitlab.ci.job.id=614203"] + arguments
        )
        #expect(good.status == 0, "\(good.everything)")
        #expect(good.everything.contains(#""com.gitlab.ci.user.name":"Mika Sato""#))
        let wrong = try Peer.run("cosign", ["verify", "-a", "tag=1.4.1"] + arguments)
        #expect(wrong.status != 0)
        #expect(wrong.everything.contains("missing or incorrect annotation"))
    }

    @Test func cosignVerifiesTheTimestampOfASimpleSignature() throws {
        var arguments = try layout { layout, image, sigstore in
            let signed = try sigstore.signedImage(image.digest)
            layout.store(signatures: [signed.layer], of: image, as: .legacy)
        }
        arguments.insert("--use-signed-timestamps", at: 0)
        let good = try Peer.run("cosign", ["verify"] + arguments)
        #expect(good.status == 0, "\(good.everything)")
        #expect(good.everything.contains("RFC3161Timestamp"))
    }

    @Test func cosignVerifiesABundleWithAnnotationsInItsSubject() throws {
        let arguments = try layout { layout, image, sigstore in
            let annotations = VirtualSigstore.job.annotations(tag: "1.4.0")
            let statement = StatementDraft.signature(of: image.digest, annotations: annotations)
            let signed = try sigstore.attested(statement: statement.bytes)
            layout.store(
                bundle: signed.bundle,
                predicateType: statement.predicateType,
                of: image,
                created: sigstore.time
            )
        }
        let good = try Peer.run("cosign", ["verify", "-a", "tag=1.4.0"] + arguments)
        #expect(good.status == 0, "\(good.everything)")
        let wrong = try Peer.run("cosign", ["verify", "-a", "tag=1.4.1"] + arguments)
        #expect(wrong.status != 0)
    }

    @Test(arguments: [SigningPlan.EnvelopeEntry.dsse001, .intoto001])
    func cosignVerifiesAnAttestation(entry: SigningPlan.EnvelopeEntry) throws {
        let arguments = try layout { layout, image, sigstore in
            let plan = SigningPlan(envelopeEntry: entry)
            let attested = try sigstore.attestedImage(image.digest, plan: plan)
            layout.store(attestations: [attested.layer], of: image, as: .legacy)
        }
        let result = try Peer.run("cosign", ["verify-attestation", "--type", "slsaprovenance1"] + arguments)
        #expect(result.status == 0, "\(result.everything)")
    }

    /// cosign looks for signatures of OCI 1.1 in registries alone.
    @Test func cosignDoesNotFindASignatureThatIsAReferrer() throws {
        let arguments = try layout { layout, image, sigstore in
            let signed = try sigstore.signedImage(image.digest)
            layout.store(signatures: [signed.layer], of: image, as: .referrer(writesArtifactType: true))
        }
        let result = try Peer.run("cosign", ["verify"] + arguments)
        #expect(result.status != 0)
        #expect(result.everything.contains("no signatures associated"))
    }
}
