import CaseIndex
import Cryptography
import Notary
import OpenPGP
import Sigstore
import StrictJSON
import TestSupport
import Testing
import Verification

@Suite("OpenPGP simple signing beside a copied image")
struct OpenPGPJudgementTests {
    private static let configuration = Digest(hashing: Array("{}".utf8))
    private static let manifest = Array(
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[],"config":\
        {"mediaType":"application/vnd.oci.empty.v1+json","digest":"\(configuration)","size":2}}
        """.utf8
    )

    /// What containers/image signs.
    private static func payload(_ digest: Digest, type: String = "atomic container signature") -> [UInt8] {
        let json: JSONValue = [
            "critical": [
                "identity": ["docker-reference": "acme/app:1.0"],
                "image": ["docker-manifest-digest": JSONValue("\(digest)")],
                "type": JSONValue(type),
            ],
            "optional": ["creator": "tests"],
        ]
        return Array(json.compact.utf8)
    }

    private func judge(
        _ signature: [UInt8],
        _ trust: OpenPGPTrust?,
        manifest: [UInt8] = OpenPGPJudgementTests.manifest,
        expecting expectation: SignatureExpectation = SignatureExpectation()
    ) throws -> SignatureVerification {
        let directory = try TemporaryDirectory()
        _ = try directory.write(manifest, to: "copy/manifest.json")
        _ = try directory.write("{}", to: "copy/\(Self.configuration.hex)")
        _ = try directory.write(signature, to: "copy/signature-1")
        let imported = try ImportedLayout(directory.path("copy"))
        var material = try TrustMaterial.builtIn()
        material.openPGP = trust
        return try #require(try imported.verify(trust: material, expecting: expectation).first?.signatures.first)
    }

    @Test("A signature by a key of the keyring is authentic", .enabled(if: GPGHome.isPresent, "GnuPG is absent"))
    func good() throws {
        let home = try GPGHome()
        let trust = OpenPGPTrust(keyring: try OpenPGPKeyring(home.publicKey), name: "keys", verifier: GPGV.find())
        let image = Digest(hashing: Self.manifest)
        let message = try home.sign(Self.payload(image))
        let plain = try judge(message, trust)
        #expect(plain.obstacles == [])
        #expect(plain.verdict.isAuthentic)
        #expect(plain.verdict.isTrusted == nil)
        #expect(plain.verdict.identity?.hasPrefix("OpenPGP key ") == true)
        #expect(plain.verdict.strength == "key-only")
        var expected = SignatureExpectation(annotations: [("creator", "tests")])
        expected.expectsOpenPGPKey = true
        #expect(try judge(message, trust, expecting: expected).verdict.isTrusted == true)
        // Somebody else is expected.
        let other = SignatureExpectation(identity: .exactly("a"), issuer: .exactly("b"))
        let unexpected = try judge(message, trust, expecting: other)
        #expect(unexpected.obstacles == ["identity=identity.kind"])
        #expect(unexpected.verdict.isTrusted == false)
    }

    @Test("What is wrong is said", .enabled(if: GPGHome.isPresent, "GnuPG is absent"))
    func bad() throws {
        let home = try GPGHome()
        let trust = OpenPGPTrust(keyring: try OpenPGPKeyring(home.publicKey), name: "keys", verifier: GPGV.find())
        let image = Digest(hashing: Self.manifest)
        let message = try home.sign(Self.payload(image), options: ["-z", "0"])
        #expect(try judge(message, trust, manifest: Self.manifest + [0x0A]).obstacles == ["subject=claim.digest"])
        #expect(try judge(home.sign(Self.payload(image, type: "x")), trust).obstacles == ["statement=claim.type"])
        let lacking = ["signature~openpgp.keyring-not-given", "key-validity~openpgp.keyring-not-given"]
        #expect(try judge(message, nil).obstacles == lacking)
        let unarmed = OpenPGPTrust(keyring: trust.keyring, name: "keys", verifier: nil)
        let noVerifier = ["signature~openpgp.no-verifier", "key-validity~openpgp.no-verifier"]
        #expect(try judge(message, unarmed).obstacles == noVerifier)
        let stranger = OpenPGPTrust(keyring: try OpenPGPKeyring(GPGHome().publicKey), name: "k", verifier: GPGV.find())
        #expect(
            try judge(message, stranger).obstacles == ["signature~key.not-given", "key-validity~earlier-check-failed"]
        )
        var altered = message
        let place = try #require(altered.indices.first { altered[$0...].starts(with: "tests".utf8) })
        altered[place] = UInt8(ascii: "T")
        #expect(
            try judge(altered, trust).obstacles == ["signature=signature.invalid", "key-validity~earlier-check-failed"]
        )
    }

    @Test(
        "The signature of the shared copy holds, and is of no other image",
        .enabled(if: SharedData.isPresent && GPGV.find() != nil, "../shared/data or gpgv is absent")
    )
    func shared() throws {
        let keyring = try OpenPGPKeyring(SharedData.bytes("dir/public-key.gpg"))
        let trust = OpenPGPTrust(keyring: keyring, name: "public-key.gpg", verifier: GPGV.find())
        let signature = try SharedData.bytes("dir/dir-img-valid/signature-1")
        let result = try judge(signature, trust)
        // The image itself is not in the material, only a link to it.
        #expect(result.obstacles == ["subject=claim.digest"])
        #expect(result.verdict.identity == "OpenPGP key 08CD26E446E2E95249B7A405E932F44B23E8DD43")
        let message = try OpenPGPMessage(parsing: signature)
        let image = try Digest(parsing: "sha256:20bf21ed457b390829cdbeec8795a7bea1626991fda603e0d01b4e7f60427e55")
        #expect(SubjectClaim(simpleSigning: message.content, image: image).subject == .passed("\(image)"))
    }

    @Test("A signature of Sigstore does not meet an expectation of others")
    func crossed() throws {
        let signed = try SignedLayout(storage: .legacy)
        let directory = try TemporaryDirectory()
        let imported = try ImportedLayout(signed.write(to: directory))
        var expected = SignatureExpectation()
        expected.notaryIdentities = [try #require(NotaryIdentity("*"))]
        let trust = TrustMaterial(root: try TrustedRoot(parsing: signed.sigstore.trustedRoot), name: "made")
        let found = try #require(try imported.verify(trust: trust, expecting: expected).first?.signatures.first)
        #expect(found.obstacles == ["identity=identity.kind"])
        #expect(found.verdict.isAuthentic)
        #expect(found.verdict.isTrusted == false)
    }
}

@Suite("Notary Project signatures as referrers")
struct NotaryJudgementTests {
    static let manifest = Array(
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[]}"#.utf8
    )
    static let image = Digest(hashing: manifest)

    /// A layout of one manifest and a signature that refers to it.
    static func layout(_ envelope: [UInt8], _ format: NotaryEnvelope.Format, statesType: Bool) throws -> TarBytes {
        var files: [(String, [UInt8])] = [("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))]
        func descriptor(_ type: String, _ bytes: [UInt8]) -> JSONValue {
            [
                "mediaType": JSONValue(type), "digest": JSONValue("\(Digest(hashing: bytes))"),
                "size": JSONValue(bytes.count),
            ]
        }
        let manifestType = "application/vnd.oci.image.manifest.v1+json"
        let empty = Array("{}".utf8)
        var referrer: JSONObject = JSONObject([
            ("schemaVersion", 2), ("mediaType", JSONValue(manifestType)),
            (
                "config",
                descriptor(statesType ? "application/vnd.oci.empty.v1+json" : NotaryEnvelope.artifactType, empty)
            ),
            ("layers", [descriptor(format.mediaType, envelope)]), ("subject", descriptor(manifestType, Self.manifest)),
        ])
        if statesType { referrer["artifactType"] = JSONValue(NotaryEnvelope.artifactType) }
        let signature = Array(JSONValue.object(referrer).compact.utf8)
        let index: JSONValue = [
            "schemaVersion": 2,
            "manifests": [descriptor(manifestType, Self.manifest), descriptor(manifestType, signature)],
        ]
        files.append(("index.json", Array(index.compact.utf8)))
        for blob in [Self.manifest, empty, envelope, signature] {
            files.append(("blobs/sha256/\(Digest(hashing: blob).hex)", blob))
        }
        var tar = TarBytes()
        for (path, bytes) in files { tar.add(path, bytes) }
        return tar
    }

    @Test(
        "Both formats, found by either way of stating the type",
        arguments: NotaryEnvelope.Format.allCases,
        [false, true]
    )
    func judged(format: NotaryEnvelope.Format, statesType: Bool) throws {
        let signer = try NotarySigner(key: SigningKey(seed: "signer", kind: .p256))
        let draft = NotaryDraft(signer, Self.image, size: Self.manifest.count, annotations: ["build": "7"])
        let directory = try TemporaryDirectory()
        let path = try directory.write(
            Self.layout(draft.envelope(format), format, statesType: statesType).finished,
            to: "layout.tar"
        )
        let imported = try ImportedLayout(path)
        #expect(try imported.caseFile.read { try $0.warnings() }.map(\.code) == [])
        var trust = try TrustMaterial.builtIn()
        let anchor = try Certificate(der: signer.chain[2])
        trust.notary = NotaryTrust(store: NotaryTrustStore(authorities: [anchor]), name: "store")
        func judge(_ expected: SignatureExpectation, at time: Timestamp? = NotaryDraft.time) throws
            -> SignatureVerification
        {
            let images = try imported.verify(trust: trust, expecting: expected, at: time)
            return try #require(images.first { $0.image == Self.image }?.signatures.first)
        }
        let plain = try judge(SignatureExpectation())
        #expect(plain.obstacles == [])
        #expect((plain.verdict.isAuthentic, plain.verdict.isTrusted) == (true, nil))
        #expect(plain.verdict.identity == "CN=signer,O=acme")
        var expected = SignatureExpectation(annotations: [("build", "7")])
        expected.notaryIdentities = [try #require(NotaryIdentity("*"))]
        #expect(try judge(expected).verdict.isTrusted == true)
        expected.annotations = [("build", "8")]
        #expect(try judge(expected).obstacles == ["annotations=claim.annotation-mismatch"])
        expected.notaryIdentities = [try #require(NotaryIdentity("x509.subject: C=US, ST=WA, O=acme"))]
        expected.annotations = []
        #expect(try judge(expected).obstacles == ["identity=identity.subject"])
        #expect(try judge(SignatureExpectation(expectsKey: true)).obstacles == ["identity=identity.kind"])
        #expect(try judge(SignatureExpectation(), at: nil).obstacles == ["certificate-validity~time.not-given"])
    }
}
