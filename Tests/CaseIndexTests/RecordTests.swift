import CaseIndex
import Cryptography
import TestSupport
import Testing

@Suite("Every record is read as it was written")
struct RecordTests {
    private static let a = MadeCase.digest("a")
    private static let b = MadeCase.digest("b")

    private static let signature = SignatureRecord(
        kind: .attestation,
        subject: a,
        carrier: b,
        position: 2,
        payload: MadeCase.digest("payload"),
        annotations: #"{"x":"y"}"#,
        predicateType: "https://slsa.dev/provenance/v1"
    )

    @Test("Sources, in the order of import")
    func sources() throws {
        let made = try MadeCase()
        let first = try made.source("z")
        let second = try made.source("a")
        try made.file.write { try $0.complete(sourceID: second) }
        let sources = try made.file.read { try $0.sources() }
        #expect(sources.map(\.id) == [first, second])
        #expect(sources.map(\.isComplete) == [false, true])
        #expect(sources[0].path == "/evidence/z")
        #expect(sources[0].kind == "oci-layout")
        #expect(sources[0].importedAt == MadeCase.time)
        #expect(try made.file.read { try $0.source(digest: MadeCase.digest("a")) }?.id == second)
        #expect(throws: CaseError.storage(path: "", reason: "the source is in the case already")) {
            try made.source("a")
        }
    }

    @Test("An artifact learns a better role, a media type and a diffID, and never loses them")
    func artifacts() throws {
        let made = try MadeCase()
        func insert(_ role: ArtifactRole, _ mediaType: String?, _ diffID: Digest?) throws -> ArtifactRecord? {
            try made.file.write { writer throws in
                try writer.insert(
                    ArtifactRecord(digest: Self.a, size: 7, mediaType: mediaType, role: role, diffID: diffID)
                )
                return try writer.reader.artifact(Self.a)
            }
        }
        #expect(try insert(.blob, nil, nil) == ArtifactRecord(digest: Self.a, size: 7, mediaType: nil, role: .blob))
        let layer = ArtifactRecord(digest: Self.a, size: 7, mediaType: "m", role: .layer, diffID: Self.b)
        #expect(try insert(.layer, "m", Self.b) == layer)
        #expect(try insert(.payload, "other", nil) == layer)
        #expect(try insert(.blob, nil, nil) == layer)
        let reader = { (body: (CaseReader) throws -> [ArtifactRecord]) in try made.file.read(body) }
        #expect(try reader { try $0.artifacts(in: [.layer, .payload]) } == [layer])
        #expect(try reader { try $0.artifacts(in: []) } == [])
        #expect(try reader { try $0.artifacts(hexPrefix: Self.a.short) } == [layer])
        #expect(try reader { try $0.artifacts(hexPrefix: "%") } == [])
        #expect(try reader { try $0.artifacts(hexPrefix: "sha256") } == [])
        #expect(try made.file.read { try $0.artifact(Self.b) } == nil)
    }

    @Test("Whatever is observed first of an artifact, the same is kept")
    func orderOfObservations() throws {
        let all = [
            ArtifactRecord(digest: Self.a, size: 7, mediaType: "n", role: .configuration, diffID: nil),
            ArtifactRecord(digest: Self.a, size: 7, mediaType: nil, role: .savedImage, diffID: Self.b),
            ArtifactRecord(digest: Self.a, size: 7, mediaType: "m", role: .blob, diffID: Self.a),
        ]
        let expected = ArtifactRecord(
            digest: Self.a,
            size: 7,
            mediaType: "m",
            role: .savedImage,
            diffID: min(Self.a, Self.b)
        )
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let made = try MadeCase()
            let kept = try made.file.write { writer throws in
                for place in order { try writer.insert(all[place]) }
                return try writer.reader.artifact(Self.a)
            }
            #expect(kept == expected, "\(order)")
        }
    }

    @Test("Content, locations, references and warnings")
    func observations() throws {
        let made = try MadeCase()
        let locations = [
            LocationRecord(digest: Self.a, sourceID: 1, path: "blobs/a", offset: 512),
            LocationRecord(digest: Self.a, sourceID: 1, path: "blobs/b"),
        ]
        let references = [
            ReferenceRecord(name: "latest", digest: Self.a, sourceID: 1, key: "tag"),
            ReferenceRecord(name: "v1", digest: Self.a, sourceID: 1, key: "tag"),
        ]
        let warnings = [
            WarningRecord(sourceID: 1, path: "p", code: "c", severity: .incomplete, digest: Self.a, message: "m"),
            WarningRecord(sourceID: 1, path: "q", code: "d", severity: .contradicted, message: "n"),
        ]
        try made.file.write { writer throws in
            try writer.insert(content: [0, 1, 0xFF], digest: Self.a)
            try writer.insert(content: [9], digest: Self.a)
            try writer.insert(content: [], digest: Self.b)
            for record in locations + locations { try writer.insert(record) }
            for record in references.reversed() { try writer.insert(record) }
            for record in warnings { try writer.insert(record) }
        }
        try made.file.read { reader throws in
            #expect(try reader.content(Self.a) == [0, 1, 0xFF])
            #expect(try reader.content(Self.b) == [])
            #expect(try reader.content(MadeCase.digest("none")) == nil)
            #expect(try reader.locations(of: Self.a) == locations)
            #expect(try reader.references() == references)
            #expect(try reader.references(to: Self.b) == [])
            #expect(try reader.warnings() == warnings)
        }
    }

    @Test("Descriptors, with everything that was observed")
    func relationships() throws {
        let made = try MadeCase()
        var full = RelationshipRecord(
            sourceID: 1,
            origin: Self.a,
            kind: .layer,
            position: 3,
            target: Self.b,
            mediaType: "m",
            size: .max,
            outcome: .diffIDMismatch
        )
        full.platform = "linux/arm64/v8"
        full.observedDigest = Self.a
        full.observedSize = -1
        full.claimedDiffID = Self.b
        full.observedDiffID = Self.a
        var bare = full
        bare = RelationshipRecord(
            sourceID: 1,
            origin: Self.a,
            kind: .layer,
            position: 4,
            target: Self.b,
            mediaType: nil,
            size: nil,
            outcome: .missing
        )
        try made.file.write { writer throws in
            try writer.insert(bare)
            try writer.insert(full)
        }
        #expect(try made.file.read { try $0.relationships(from: Self.a) } == [full, bare])
        #expect(try made.file.read { try $0.relationships(to: Self.b) } == [full, bare])
    }

    @Test("Signatures with sightings, certificates and log entries")
    func signatures() throws {
        let made = try MadeCase()
        let id = Self.signature.id
        let certificate = CertificateRecord(
            signatureID: id,
            digest: Self.a,
            der: [1, 2],
            subjectAlternativeName: nil,
            identityIssuer: "i",
            issuer: "CN=x",
            serial: "00ff",
            notBefore: MadeCase.time,
            notAfter: MadeCase.time.adding(seconds: 600)
        )
        let entries = [Timestamp?.none, MadeCase.time].enumerated().map { position, time in
            LogEntryRecord(
                signatureID: id,
                position: position,
                logID: "ab",
                logIndex: .max,
                integratedTime: time,
                kind: "dsse",
                version: "0.0.1",
                hasPromise: position == 0,
                hasProof: position == 1
            )
        }
        let sighting = SightingRecord(signatureID: id, sourceID: 1, storage: .orphan)
        try made.file.write { writer throws in
            #expect(try writer.insert(Self.signature))
            #expect(!(try writer.insert(Self.signature)))
            try writer.insert(certificate)
            for entry in entries { try writer.insert(entry) }
            try writer.insert(sighting)
            try writer.insert(sighting)
        }
        try made.file.read { reader throws in
            #expect(try reader.signatures() == [Self.signature])
            #expect(try reader.signatures(of: Self.a) == [Self.signature])
            #expect(try reader.signatures(of: Self.b) == [])
            #expect(try reader.certificates(of: id) == [certificate])
            #expect(try reader.logEntries(of: id) == entries)
            #expect(try reader.sightings(of: id) == [sighting])
        }
    }

    @Test("Claims get numbers and are stored once, by every speaker")
    func claims() throws {
        let made = try MadeCase()
        let claims = Speaker.allCases.flatMap { speaker in
            [nil, "s"].map { signatureID in
                ClaimRecord(
                    subject: Self.a,
                    signatureID: signatureID,
                    speaker: speaker,
                    key: "k",
                    value: "v\u{301}",
                    readFrom: Self.b,
                    pointer: "/p"
                )
            }
        }
        try made.file.write { writer in for claim in claims + claims { try writer.insert(claim) } }
        let stored = try made.file.read { try $0.claims(about: Self.a) }
        #expect(stored.count == claims.count)
        #expect(Set(stored.map(\.id)).count == claims.count)
        #expect(stored.map(\.speaker) == claims.map(\.speaker))
        #expect(stored.map(\.signatureID) == claims.map(\.signatureID))
        #expect(stored.allSatisfy { Array($0.value.utf8) == Array("v\u{301}".utf8) })
    }

    @Test("Verdicts and findings replace those before")
    func judgements() throws {
        let made = try MadeCase()
        let first = VerdictRecord(
            signatureID: "s",
            subject: Self.a,
            isAuthentic: false,
            isTrusted: nil,
            identity: nil,
            identityIssuer: nil,
            signedAt: nil,
            strength: "none",
            trustedRoot: "r",
            policy: "{}"
        )
        let second = VerdictRecord(
            signatureID: "s",
            subject: Self.a,
            isAuthentic: true,
            isTrusted: true,
            identity: "i",
            identityIssuer: "j",
            signedAt: MadeCase.time,
            strength: "log",
            trustedRoot: "r",
            policy: "{}"
        )
        let checks = CheckOutcomeWord.allCases.enumerated().map { position, outcome in
            CheckRecord(
                signatureID: "s",
                position: position,
                name: "n",
                outcome: outcome,
                reason: position == 1 ? "r" : nil,
                detail: "d"
            )
        }
        let findings = FindingSeverity.allCases.map {
            FindingRecord(rule: "r", severity: $0, subject: Self.a, message: "m", records: "[]")
        }
        try made.file.write { writer throws in
            try writer.replace(first, checks: checks)
            #expect(try writer.reader.verdict(of: "s") == first)
            #expect(try writer.reader.checks(of: "s") == checks)
            try writer.replace(second, checks: Array(checks.prefix(1)))
            try writer.replaceFindings(about: Self.a, with: findings)
            try writer.replaceFindings(
                about: Self.b,
                with: findings.map { finding in
                    var other = finding
                    other.subject = Self.b
                    return other
                }
            )
        }
        try made.file.read { reader throws in
            #expect(try reader.verdict(of: "s") == second)
            #expect(try reader.checks(of: "s") == Array(checks.prefix(1)))
            #expect(try reader.findings(about: Self.a) == findings)
            #expect(try reader.counts().verdicts == 1)
            #expect(try reader.counts().findings == 6)
        }
        try made.file.write { try $0.replaceFindings(about: Self.a, with: []) }
        #expect(try made.file.read { try $0.findings(about: Self.a) } == [])
    }

    @Test(
        "A column that somebody edited is named, and never stops the program",
        arguments: [
            ("UPDATE artifact SET size = 'many'", "size", "\"many\""),
            ("UPDATE artifact SET role = 'other'", "role", "other"),
            ("UPDATE artifact SET role = 7", "role", "7"),
            ("UPDATE artifact SET mediaType = x'ff'", "mediaType", nil),
            ("UPDATE artifact SET size = x'00'", "size", nil),
            ("UPDATE artifact SET digest = 'sha256:00'", "digest", "sha256:00"),
            ("UPDATE artifact SET diffID = 'md5:00'", "diffID", "md5:00"),
        ] as [(String, String, String?)]
    )
    func edited(sql: String, column: String, value: String?) throws {
        let made = try MadeCase()
        let artifact = ArtifactRecord(digest: Self.a, size: 1, mediaType: "m", role: .layer, diffID: Self.b)
        try made.file.write { try $0.insert(artifact) }
        try made.tamper(sql)
        let found = #expect(throws: CaseError.self) {
            try made.file.read { try $0.artifacts(in: ArtifactRole.allCases + []) + all($0) }
        }
        guard case .corrupt(let named, let text) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(named == column)
        if let value { #expect(text == value) }
    }

    /// Every artifact, whatever its role says.
    private func all(_ reader: CaseReader) throws -> [ArtifactRecord] {
        try reader.artifacts(hexPrefix: "")
    }

    @Test("A signature whose fields were edited no longer has its own number")
    func editedSignature() throws {
        let made = try MadeCase()
        try made.file.write { _ = try $0.insert(Self.signature) }
        try made.tamper("UPDATE signature SET subject = '\(Self.b)'")
        #expect(throws: CaseError.corrupt(column: "id", value: Self.signature.id)) {
            try made.file.read { try $0.signatures() }
        }
    }

    @Test("A time that was edited is named")
    func editedTime() throws {
        let made = try MadeCase()
        _ = try made.source("a")
        try made.tamper("UPDATE source SET importedAt = 'yesterday'")
        #expect(throws: CaseError.corrupt(column: "importedAt", value: "yesterday")) {
            try made.file.read { try $0.sources() }
        }
    }
}
