import Attestation
import CaseIndex
import Cryptography
import Evidence
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing
import Verification

@Suite("Documents in files of their own, imported and judged")
struct LooseKindTests {
    private let directory: TemporaryDirectory
    private let caseFile: CaseFile

    init() throws {
        directory = try TemporaryDirectory()
        caseFile = try CaseFile.openOrCreate(directory.path("case.raireki"))
    }

    @discardableResult
    private func add(_ json: JSONValue, _ name: String) throws -> ImportSummary {
        let path = try directory.write(json.pretty, to: name)
        return try Importer(caseFile: caseFile).run(path: path, at: Timestamp(seconds: 0)).summaries[0]
    }

    private func codes() throws -> [String] {
        try caseFile.read { try $0.warnings() }.map(\.code).sorted()
    }

    private func judge(_ sigstore: VirtualSigstore, at time: Timestamp? = nil) throws -> [SignatureVerification] {
        let trust = TrustMaterial(root: try TrustedRoot(parsing: sigstore.trustedRoot), name: "virtual")
        let expected = SignatureExpectation()
        let stage = VerificationStage(caseFile: caseFile, trust: trust, standard: .expectation(expected), at: time)
        return try stage.run(images: caseFile.read { try $0.images() }.map(\.digest)).images.flatMap(\.signatures)
    }

    // MARK: PEP 740

    /// The same as PEP 740 writes it.
    private static func published(_ bundle: [UInt8]) throws -> JSONValue {
        let json = try JSONValue(parsing: bundle)
        let material = try #require(json["verificationMaterial"])
        let envelope = try #require(json["dsseEnvelope"])
        return [
            "version": 1,
            "verification_material": [
                "certificate": material["certificate"]?["rawBytes"] ?? nil,
                "transparency_entries": material["tlogEntries"] ?? nil,
            ],
            "envelope": [
                "statement": envelope["payload"] ?? nil,
                "signature": envelope["signatures"]?.array?.first?["sig"] ?? nil,
            ],
        ]
    }

    @Test("An attestation of PEP 740 is judged as the bundle that it stands for", arguments: [false, true])
    func publishAttestation(inProvenance: Bool) throws {
        var sigstore = try VirtualSigstore()
        let attestation = try Self.published(sigstore.attested().bytes)
        let provenance: JSONValue = [
            "version": 1,
            "attestation_bundles": [["publisher": ["kind": "GitLab"], "attestations": [attestation]]],
        ]
        let summary = try add(inProvenance ? provenance : attestation, "sample-1.0.whl.publish.attestation")
        #expect((summary.source.kind, summary.attestations) == ("documents", 1))
        #expect(try codes() == [])
        let record = try #require(try caseFile.read { try $0.signatures() }.first)
        #expect(record.kind == .publishAttestation)
        #expect(record.subject == Digest(hashing: sigstore.artifact))
        #expect(try caseFile.read { try $0.logEntries(of: record.id) }.count == 1)
        let judged = try #require(try judge(sigstore).first)
        #expect(judged.verdict.isAuthentic)
        #expect(judged.verdict.identity == VirtualSigstore.job.identity.name.text)
    }

    @Test("An altered attestation of PEP 740, and one of another version")
    func alteredAttestation() throws {
        var sigstore = try VirtualSigstore()
        let good = try Self.published(sigstore.attested().bytes)
        guard case .object(var object) = good, case .object(var envelope)? = object["envelope"] else { return }
        let statement = try #require(envelope["statement"]?.string.flatMap { Base64.decode($0) })
        envelope["statement"] = JSONValue(Base64.encode(statement + [0x20]))
        object["envelope"] = .object(envelope)
        try add(.object(object), "altered.attestation")
        let judged = try #require(try judge(sigstore).first)
        #expect(judged.obstacles.contains("signature=signature.invalid"))
        object["version"] = 2
        try add(.object(object), "other.attestation")
        // What it says of itself is kept; which artifact it is about nobody knows.
        #expect(try codes() == ["signature.payload", "signature.unattached"])
    }

    // MARK: Rekor

    /// The entry of a bundle as Rekor's API gives it.
    private static func entry(_ bundle: [UInt8], attestation: [UInt8]? = nil) throws -> JSONValue {
        let parsed = try #require(try SigstoreBundle(parsing: bundle).logEntries.first)
        var verification = JSONObject()
        verification["signedEntryTimestamp"] = parsed.inclusionPromise.map { JSONValue(Base64.encode($0)) }
        if let proof = parsed.inclusionProof {
            verification["inclusionProof"] = [
                "checkpoint": JSONValue(proof.checkpoint), "logIndex": JSONValue(proof.logIndex),
                "treeSize": JSONValue(proof.treeSize), "rootHash": JSONValue(Hexadecimal.encode(proof.rootHash)),
                "hashes": .array(proof.hashes.map { JSONValue(Hexadecimal.encode($0)) }),
            ]
        }
        var value = JSONObject([
            ("body", JSONValue(Base64.encode(parsed.canonicalizedBody))),
            ("integratedTime", JSONValue(parsed.integratedTime)),
            ("logID", JSONValue(Hexadecimal.encode(parsed.logID))),
            ("logIndex", JSONValue(parsed.logIndex)), ("verification", .object(verification)),
        ])
        if let attestation { value["attestation"] = ["data": JSONValue(Base64.encode(attestation))] }
        return .object(JSONObject([(String(repeating: "ab", count: 40), .object(value))]))
    }

    @Test("A log entry that holds the signature is judged like any", arguments: [false, true])
    func hashedRekord(asList: Bool) throws {
        var sigstore = try VirtualSigstore()
        let entry = try Self.entry(sigstore.signed(plan: VirtualSigstore.everyProof).bytes)
        let summary = try add(asList ? [entry] : entry, "entry.json")
        #expect((summary.source.kind, summary.signatures) == ("documents", 1))
        #expect(try codes() == [])
        let record = try #require(try caseFile.read { try $0.signatures() }.first)
        #expect((record.kind, record.subject) == (.logEntry, Digest(hashing: sigstore.artifact)))
        let logged = try #require(try caseFile.read { try $0.logEntries(of: record.id) }.first)
        #expect((logged.kind, logged.version) == ("hashedrekord", "0.0.1"))
        let judged = try #require(try judge(sigstore).first)
        // The artifact itself is nowhere in the case.
        #expect(judged.obstacles == ["image-content~image.missing"])
        #expect(judged.verdict.isAuthentic)
    }

    @Test("A log entry of a log that is not trusted, or moved to another place, is not authentic")
    func untrustedEntry() throws {
        var sigstore = try VirtualSigstore()
        let entry = try Self.entry(sigstore.signed(plan: VirtualSigstore.everyProof).bytes)
        guard let member = entry.object?.members.first, case .object(var value) = member.value else { return }
        value["integratedTime"] = JSONValue((value["integratedTime"]?.int64 ?? 0) + 1)
        try add(.object(JSONObject([(member.name.text, .object(value))])), "moved.json")
        let judged = try #require(try judge(sigstore).first)
        #expect(judged.obstacles.contains("inclusion-promise=set.signature"))
    }

    @Test("A log entry that leaves the signature in an envelope says what it names, and brings a statement along")
    func envelopeEntry() throws {
        var sigstore = try VirtualSigstore()
        let bundle = try sigstore.attested().bytes
        guard case .envelope(let envelope) = try SigstoreBundle(parsing: bundle).content else { return }
        let summary = try add(Self.entry(bundle, attestation: envelope.payload), "entry.json")
        #expect((summary.signatures, summary.unsignedStatements) == (0, 1))
        #expect(try codes() == [])
        let claims = try caseFile.read { try $0.claims(about: Digest(hashing: envelope.payload)) }
        #expect(
            claims.filter { $0.speaker == .logEntry }.map(\.key).sorted() == ["integratedTime", "kind", "logIndex"]
        )
        let statement = try caseFile.read { try $0.claims(about: Digest(hashing: sigstore.artifact)) }
        #expect(statement.contains { $0.speaker == .unsignedStatement && $0.key == "/predicateType" })
    }

    /// What `cosign download` prints of a signature of an image, and the signature's log entry as Rekor's API gives it.
    private static func downloaded(_ image: Digest, _ sigstore: inout VirtualSigstore) throws -> (JSONValue, JSONValue)
    {
        let layer = try sigstore.signedImage(image).layer
        let annotations = Dictionary(layer.annotations.map { ($0.name, $0.value) }) { first, _ in first }
        let bundle = try JSONValue(parsing: Array((annotations[CosignAnnotation.bundle] ?? "").utf8))
        let signature: JSONValue = [
            "Base64Signature": JSONValue(annotations[CosignAnnotation.signature]),
            "Payload": JSONValue(Base64.encode(layer.blob)),
            "Cert": JSONValue(annotations[CosignAnnotation.certificate]), "Bundle": bundle,
        ]
        let payload = try #require(bundle["Payload"])
        let value: JSONValue = [
            "body": payload["body"] ?? nil, "integratedTime": payload["integratedTime"] ?? nil,
            "logID": payload["logID"] ?? nil, "logIndex": payload["logIndex"] ?? nil,
            "verification": ["signedEntryTimestamp": bundle["SignedEntryTimestamp"] ?? nil],
        ]
        return (signature, .object(JSONObject([(String(repeating: "ab", count: 40), value)])))
    }

    @Test("The log entry of a signature in the case belongs to it, whichever comes first", arguments: [false, true])
    func entryOfSignature(entryFirst: Bool) throws {
        var sigstore = try VirtualSigstore()
        let image = Digest(hashing: [1])
        let (signature, entry) = try Self.downloaded(image, &sigstore)
        if entryFirst { try add(entry, "entry.json") }
        try add(signature, "signature.json")
        if !entryFirst { try add(entry, "entry.json") }
        let (joined, shared, images) = try caseFile.read { reader in
            let joined = try reader.joinedEntries()
            return (joined, try reader.sharedEntries(besides: joined), try reader.images())
        }
        let own = try caseFile.read { try $0.signatures() }.first { $0.kind == .simpleSigning }
        #expect(joined.map(\.signatureIDs) == [[own?.id ?? ""]])
        #expect(joined.first?.entryID != nil)
        #expect(shared == [])
        #expect(try caseFile.read { try $0.logEntryCounts(besides: joined) } == (1, 0))
        #expect(images.map(\.digest) == [image])
    }

    @Test("The log entry of another signature over the same artifact stays one of its own")
    func entryOfAnother() throws {
        var sigstore = try VirtualSigstore()
        let image = Digest(hashing: [1])
        let (signature, _) = try Self.downloaded(image, &sigstore)
        let (_, entry) = try Self.downloaded(image, &sigstore)
        try add(signature, "signature.json")
        try add(entry, "entry.json")
        #expect(try caseFile.read { try $0.joinedEntries() } == [])
        #expect(try caseFile.read { try $0.images() }.count == 2)
    }

    @Test("The log entry of an envelope in the case came with it, whichever comes first", arguments: [false, true])
    func entryOfEnvelope(entryFirst: Bool) throws {
        var sigstore = try VirtualSigstore()
        let bundle = try sigstore.attested().bytes
        let (first, second) = (try Self.entry(bundle), try JSONValue(parsing: bundle))
        for (name, json) in entryFirst ? [("a", first), ("b", second)] : [("b", second), ("a", first)] {
            try add(json, "\(name).json")
        }
        let record = try #require(try caseFile.read { try $0.signatures() }.first)
        let joined = try caseFile.read { try $0.joinedEntries() }
        #expect(joined.map(\.signatureIDs) == [[record.id]])
        #expect(joined.first?.entryID == nil)
        let alone = try caseFile.read { try $0.orphanEntries() }.filter { $0.signatureID == nil }
        #expect(alone.map(\.document) == ["\(joined[0].document)"])
        try add(Self.entry(sigstore.attested().bytes), "other.json")
        #expect(try caseFile.read { try $0.joinedEntries() }.count == 1)
    }

    @Test("A statement that is not the one that the log entry names is not taken for it")
    func foreignStatement() throws {
        var sigstore = try VirtualSigstore()
        let summary = try add(Self.entry(sigstore.attested().bytes, attestation: Array("{}".utf8)), "entry.json")
        #expect(summary.unsignedStatements == 0)
    }

    // MARK: GitLab Runner

    @Test("What GitLab Runner writes beside its artifacts, in its dialects", arguments: [0, 1, 2])
    func runnerMetadata(dialect: Int) throws {
        let digest = Digest(hashing: [7])
        let subject: JSONValue = [["name": "app.tar", "digest": ["sha256": JSONValue(digest.hex)]]]
        let commit = "3d2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b"
        let documents: [JSONValue] = [
            [
                "_type": "https://gitlab.com/gitlab-org/gitlab-runner/-/blob/main/PROVENANCE.md", "subject": subject,
                "predicateType": "https://slsa.dev/provenance/v0.2", "predicate": ["builder": ["id": "r"]],
                "materials": [["uri": "u", "digest": ["sha256": JSONValue(commit)]]],
            ],
            [
                "_type": "https://in-toto.io/Statement/v0.1", "subject": subject,
                "predicateType": "https://slsa.dev/provenance/v0.2", "predicate": ["builder": ["id": "r"]],
                "metadata": ["buildStartedOn": "2026-01-01T00:00:00Z"],
                "materials": [["uri": "u", "digest": ["sha256": JSONValue(commit)]]],
            ],
            [
                "_type": "https://in-toto.io/Statement/v0.1", "subject": subject,
                "predicateType": "https://slsa.dev/provenance/v1",
                "predicate": [
                    "buildDefinition": ["internalParameters": ["job": "615390"]],
                    "runDetails": ["metadata": ["invocationID": "615390"]],
                ],
            ],
        ]
        let summary = try add(documents[dialect], "artifacts-metadata.json")
        #expect((summary.source.kind, summary.unsignedStatements) == ("documents", 1))
        #expect(try codes() == (dialect == 0 ? ["statement.type"] : []))
        let claims = try caseFile.read { try $0.claims(about: digest) }
        #expect(claims.allSatisfy { $0.speaker == .unsignedStatement })
        let expected = [
            ("/materials/0/digest/sha256", commit), ("/materials/0/digest/sha256", commit),
            ("/predicate/runDetails/metadata/invocationID", "615390"),
        ][dialect]
        #expect(claims.contains { $0.key == expected.0 && $0.value == expected.1 })
    }
}
