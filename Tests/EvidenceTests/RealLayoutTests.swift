import CaseIndex
import Cryptography
import Evidence
import TestSupport
import Testing

@Suite("Layouts that others made", .enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealLayoutTests {
    /// A layout with one attestation, and what is true of it.
    struct Attested: Sendable {
        let version, image, commit, logKind: String
        let logIndex: Int64
        let unsignedStatements: Int
    }

    @Test(
        "Layouts that cosign saved with an attestation",
        arguments: [
            Attested(
                version: "v1.4.0",
                image: "a74d89d8dd863ca5dae4a29e0feede81ddf59197849a80784af5a02ab7786925",
                commit: "904e2c3e02725e314cf6cf141c4700081298dcbd",
                logKind: "intoto",
                logIndex: 10_957_770,
                unsignedStatements: 0
            ),
            Attested(
                version: "v1.8.0",
                image: "038d72307b94cd27dffbfb458b695758929980cebec68ca892061a280636952b",
                commit: "6cf671f47f3752f97b9f5bff511e37b938fe10d2",
                logKind: "intoto",
                logIndex: 30_024_022,
                unsignedStatements: 1
            ),
            Attested(
                version: "v1.10.0",
                image: "e0a0a765d690a5104331cfbac88ebbbf01736c1f87aaa3cd455c516a5ea586a5",
                commit: "d37a7f740ee7404914456f24dcd90e865a0509e8",
                logKind: "dsse",
                logIndex: 80_008_005,
                unsignedStatements: 1
            ),
            Attested(
                version: "v2.1.0",
                image: "234e2c830c2fb31ac5671789d22adfe44d30c3ee831d01beae5e237841a13122",
                commit: "4d329c75e7ec1725f7c9ce917a8799d408d06be3",
                logKind: "dsse",
                logIndex: 174_304_112,
                unsignedStatements: 1
            ),
        ]
    )
    func attested(expected: Attested) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("images/slsa-container-\(expected.version)"))
        #expect(try imported.warningCodes() == [])
        #expect((summary.images, summary.signatures, summary.attestations) == (1, 0, 1))
        #expect(summary.unsignedStatements == expected.unsignedStatements)
        let image = try Digest(parsing: "sha256:\(expected.image)")
        #expect(try imported.file.read { try $0.graph(of: image).outcome } == .intact)
        let signature = try #require(try imported.signatures().first)
        #expect(signature.subject == image)
        #expect(signature.predicateType == "https://slsa.dev/provenance/v0.2")
        #expect(try imported.storages(of: signature) == [.kindAnnotation])
        try checkMaterial(of: signature, imported, expected)
    }

    private func checkMaterial(of signature: SignatureRecord, _ imported: ImportedCase, _ expected: Attested) throws {
        let certificates = try imported.file.read { try $0.certificates(of: signature.id) }
        #expect(
            certificates.map(\.subjectAlternativeName) == [
                "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/"
                    + "generator_container_slsa3.yml@refs/tags/\(expected.version)"
            ]
        )
        #expect(certificates.map(\.identityIssuer) == ["https://token.actions.githubusercontent.com"])
        let entries = try imported.file.read { try $0.logEntries(of: signature.id) }
        #expect(entries.map(\.kind) == [expected.logKind])
        #expect(entries.map(\.version) == ["0.0.1"])
        #expect(entries.map(\.logIndex) == [expected.logIndex])
        #expect(entries.allSatisfy { $0.hasPromise && !$0.hasProof && $0.integratedTime != nil })
        let certificate = try imported.claims(about: signature.subject, .certificate)
        #expect(certificate["1.3.6.1.4.1.57264.1.3"] == expected.commit)
        let statement = try imported.claims(about: signature.subject, .statement)
        #expect(statement["/predicate/invocation/configSource/digest/sha1"] == expected.commit)
    }

    @Test(
        "Layouts with simple signatures, whose layers are not there",
        arguments: [
            ("fulcio-rekor-valid", 2, "mitr@redhat.com", [Int64(11_605_770)]),
            ("key-rekor-valid", 2, nil, [11_608_800]), ("valid", 2, nil, []), ("pki-valid", 1, nil, []),
        ] as [(String, Int, String?, [Int64])]
    )
    func simpleSigning(name: String, missing: Int, identity: String?, logIndexes: [Int64]) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("images-simple-signing/\(name)"))
        #expect(try imported.warningCodes() == Array(repeating: "blob.missing", count: missing))
        #expect((summary.images, summary.signatures, summary.attestations) == (1, 1, 0))
        let signature = try #require(try imported.signatures().first)
        #expect(signature.kind == .simpleSigning)
        #expect(try imported.storages(of: signature) == [.kindAnnotation, .tagName])
        let payload = try imported.claims(about: signature.subject, .payload)
        #expect(payload["docker-manifest-digest"] == "\(signature.subject)")
        let certificates = try imported.file.read { try $0.certificates(of: signature.id) }
        #expect(certificates.compactMap(\.subjectAlternativeName) == (identity.map { [$0] } ?? []))
        #expect(try imported.file.read { try $0.logEntries(of: signature.id) }.map(\.logIndex) == logIndexes)
    }

    @Test("Archives of layouts", arguments: ["gzip", "zstd"])
    func archives(compression: String) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("archives/test-oci-\(compression)-image.tar"))
        #expect(try imported.warningCodes() == [])
        #expect((summary.images, summary.signatures, summary.artifacts) == (1, 0, 4))
        let image = try #require(try imported.file.read { try $0.images() }.first)
        #expect(image.platforms == ["linux/arm64"])
        #expect(try imported.file.read { try $0.graph(of: image.digest).outcome } == .intact)
    }

    @Test("Archives of docker and kaniko", arguments: [("docker", 14), ("kaniko", 14)])
    func savedImages(writer: String, layers: Int) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("archives/test-\(writer)-image.tar"))
        #expect(try imported.warningCodes() == [])
        #expect(summary.source.kind == "docker-archive")
        #expect((summary.images, summary.signatures) == (1, 0))
        let image = try #require(try imported.file.read { try $0.images() }.first)
        #expect(try imported.role(of: image.digest) == .savedImage)
        #expect(image.names == [writer == "docker" ? "dive-test:latest" : "dive-test:kaniko-latest"])
        let graph = try imported.file.read { try $0.graph(of: image.digest) }
        #expect(graph.outcome == .intact)
        #expect(graph.descriptors.filter { $0.kind == .layer }.count == layers)
        #expect(graph.descriptors.filter { $0.kind == .layer }.allSatisfy { $0.claimedDiffID == $0.observedDiffID })
    }

    @Test("A layout with referrers, a self loop and a decoy tag", .timeLimit(.minutes(1)))
    func regclient() throws {
        let imported = try ImportedCase()
        try imported.add(SharedData.path("layouts/regclient-testrepo"))
        #expect(try imported.warningCodes() == ["layer.diffid-absent", "layer.diffid-absent"])
        let referrers = try imported.file.read { reader in
            try ["v1", "v2", "v3"].map { name in
                let image = try #require(try reader.references().first { $0.name == name }).digest
                return try reader.relationships(to: image).filter { $0.kind == .subject }.count
            }
        }
        #expect(referrers == [0, 2, 2])
        let decoy = try Digest(parsing: "sha256:6fe828b32b9b4572f32b16c1c0a4d675660b19ec207d010724309374252c2d6d")
        #expect(try imported.role(of: decoy) == .imageIndex)
    }

    @Test(
        "Signatures of the Notary Project, and a referrer that only says that it is one",
        arguments: [
            ("e2e", 0, []), ("e2e-valid-signature", 1, []), ("e2e-valid-multiple-signatures", 2, []),
            ("e2e-expired-signature", 1, []), ("e2e-with-expired-cert", 1, []),
            ("e2e-with-timestamped-signature", 1, []),
            ("e2e-with-invalid-timestamped-signature", 1, []), ("e2e-invalid-signature", 0, ["signature.unsupported"]),
        ]
    )
    func notation(name: String, signatures: Int, warnings: [String]) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("notation/oci_layout/\(name)"))
        #expect(summary.signatures == signatures)
        #expect(try imported.signatures().allSatisfy { $0.kind == .notaryJWS })
        #expect(try imported.warningCodes() == warnings)
    }

    @Test("What a Notary Project envelope says, and which of it is signed")
    func notationClaims() throws {
        let imported = try ImportedCase()
        try imported.add(SharedData.path("notation/oci_layout/e2e-with-timestamped-signature"))
        let record = try #require(try imported.signatures().first)
        let subject = "sha256:53b0191218aed9a3c1f7c661736ac40cfc8eb928642348fd843ba3f0483c0c20"
        #expect("\(record.subject)" == subject)
        #expect(try imported.claims(about: record.subject, .payload)["/targetArtifact/digest"] == subject)
        #expect(try imported.claims(about: record.subject, .signedAnnotation) == ["purpose": "e2e"])
        let signed = try imported.claims(about: record.subject, .signedAttribute)
        #expect(signed["io.cncf.notary.signingScheme"] == "notary.x509")
        #expect(signed["io.cncf.notary.signingTime"] == "2025-01-21T09:17:46Z")
        #expect(signed["io.cncf.notary.expiry"] == "2025-01-21T12:39:46Z")
        let unsigned = try imported.claims(about: record.subject, .unsignedAttribute)
        #expect(unsigned == ["io.cncf.notary.signingAgent": "notation-go/1.3.0+unreleased"])
        #expect(try imported.claims(about: record.subject, .timestamp) == ["genTime": "2025-01-21T09:17:46.641Z"])
        let certificate = try #require(try imported.file.read { try $0.certificates(of: record.id) }.first)
        #expect(certificate.issuer == "CN=testcert7,O=Notary,L=Seattle,ST=WA,C=US")
    }
}
