internal import CaseIndex
internal import Cryptography

/// The signatures of one generated image, with what import and verification would have stored of them.
struct GeneratedSignatures {
    let generator: CorrelationCaseGenerator
    let number: Int
    let sourceID: Int64

    private var project: Int { generator.project(of: number) }
    private var path: String { generator.path(of: project) }
    private var identity: String { generator.identity(of: project) }
    private var image: Digest { CorrelationCaseGenerator.image(number) }
    private var time: Timestamp { CorrelationCaseGenerator.time(of: number) }
    private var server: String { "https://\(CorrelationCaseGenerator.server)" }
    private var commit: String { CorrelationCaseGenerator.commit(of: number) }
    private var job: Int { CorrelationCaseGenerator.job(of: number) }
    private var pipeline: Int { CorrelationCaseGenerator.pipeline(of: number) }

    func write(count: Int, to writer: CaseWriter) throws {
        for position in 0..<count {
            switch position % 3 {
            case 0: try write(.simpleSigning, position, true, payload + tutorial, writer)
            case 1: try write(.attestation, position, true, provenance, writer)
            default: try write(.simpleSigning, position, false, payload, writer)
            }
        }
    }

    private typealias Statement = (speaker: Speaker, key: String, value: String)

    private func write(
        _ kind: SignatureKind,
        _ position: Int,
        _ isKeyless: Bool,
        _ statements: [Statement],
        _ writer: CaseWriter
    ) throws {
        let content = Array("{\"critical\":{\"image\":\"\(image)\"},\"number\":\(position)}".utf8)
        let record = SignatureRecord(
            kind: kind,
            subject: image,
            carrier: CorrelationCaseGenerator.digest("carrier \(number) \(position)"),
            position: 0,
            payload: Digest(hashing: content),
            annotations: "{\"dev.cosignproject.cosign/signature\":\"\(String(repeating: "A", count: 96))\"}",
            predicateType: kind == .attestation ? "https://slsa.dev/provenance/v1" : nil
        )
        try writer.insert(content: content, digest: record.payload)
        _ = try writer.insert(record)
        try writer.insert(SightingRecord(signatureID: record.id, sourceID: sourceID, storage: .tagName))
        if isKeyless { try writeMaterial(record.id, writer) }
        try writer.replace(verdict(record, isKeyless), checks: checks(record.id, isKeyless))
        let all = statements + (isKeyless ? extensions + [(.logEntry, "integratedTime", "\(time.seconds)")] : [])
        for statement in all {
            try writer.insert(
                ClaimRecord(
                    subject: image,
                    signatureID: record.id,
                    speaker: statement.speaker,
                    key: statement.key,
                    value: statement.value,
                    readFrom: statement.speaker == .certificate ? record.carrier : record.payload,
                    pointer: statement.key
                )
            )
        }
    }

    private func writeMaterial(_ id: String, _ writer: CaseWriter) throws {
        try writer.insert(
            CertificateRecord(
                signatureID: id,
                digest: CorrelationCaseGenerator.digest("certificate \(id)"),
                der: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 400),
                subjectAlternativeName: identity,
                identityIssuer: server,
                issuer: "CN=sigstore-intermediate,O=sigstore.dev",
                serial: String(id.prefix(40)),
                notBefore: time.adding(seconds: -2),
                notAfter: time.adding(seconds: 598)
            )
        )
        try writer.insert(
            LogEntryRecord(
                signatureID: id,
                position: 0,
                logID: CorrelationCaseGenerator.digest("log").hex,
                logIndex: 100_000_000 + Int64(number),
                integratedTime: time,
                kind: "hashedrekord",
                version: "0.0.1",
                hasPromise: true,
                hasProof: true
            )
        )
    }

    // MARK: - What verification concluded

    private func verdict(_ record: SignatureRecord, _ isKeyless: Bool) -> VerdictRecord {
        VerdictRecord(
            signatureID: record.id,
            subject: image,
            isAuthentic: true,
            isTrusted: true,
            identity: isKeyless ? identity : "key \(CorrelationCaseGenerator.key(of: project))",
            identityIssuer: isKeyless ? server : nil,
            signedAt: isKeyless ? time : nil,
            strength: isKeyless ? "inclusion-proof" : "none",
            trustedRoot: "generated",
            policy: "{}"
        )
    }

    private static let names = [
        "form", "payload", "subject", "certificate-path", "certificate-transparency", "inclusion-promise",
        "inclusion-proof", "log-entry", "timestamp", "signature", "image-content", "identity", "annotations",
    ]

    private func checks(_ id: String, _ isKeyless: Bool) -> [CheckRecord] {
        Self.names.enumerated().map { position, name in
            CheckRecord(
                signatureID: id,
                position: position,
                name: name,
                outcome: name == "timestamp" || !isKeyless && (3...7).contains(position) ? .notApplicable : .passed,
                reason: nil,
                detail: "generated"
            )
        }
    }

    // MARK: - What documents say

    private var payload: [Statement] {
        [
            (.payload, "docker-reference", "registry.example.com/\(path)"),
            (.payload, "docker-manifest-digest", image.description),
            (.payload, "type", "cosign container image signature"),
        ]
    }

    private var tutorial: [Statement] {
        [
            ("com.gitlab.ci.user.name", "user-\(number % 997)"), ("com.gitlab.ci.pipeline.id", "\(pipeline)"),
            ("com.gitlab.ci.pipeline.url", "\(server)/\(path)/-/pipelines/\(pipeline)"),
            ("com.gitlab.ci.job.id", "\(job)"), ("com.gitlab.ci.job.url", "\(server)/\(path)/-/jobs/\(job)"),
            ("com.gitlab.ci.commit.sha", commit), ("com.gitlab.ci.commit.ref.name", "main"),
            ("com.gitlab.ci.project.path", path), ("org.opencontainers.image.source", "\(server)/\(path)"),
            ("org.opencontainers.image.revision", commit), ("tag", "1.\(number / generator.projects)"),
        ].map { (.signedAnnotation, $0.0, $0.1) }
    }

    private var extensions: [Statement] {
        let arc = "1.3.6.1.4.1.57264.1."
        let values: [(String, String)] = [
            ("8", server), ("9", identity), ("11", "gitlab-hosted"), ("12", "\(server)/\(path)"), ("13", commit),
            ("14", "refs/heads/main"), ("18", identity), ("20", "push"),
            ("21", "\(server)/\(path)/-/jobs/\(job)"),
        ]
        return [(.certificate, "subjectAlternativeName", identity)] + values.map { (.certificate, arc + $0.0, $0.1) }
    }

    private var provenance: [Statement] {
        let run = "/predicate/runDetails/"
        let values: [(String, String)] = [
            ("/subject/0/name", "registry.example.com/\(path)"), ("/subject/0/digest/sha256", image.hex),
            ("/predicate/buildDefinition/externalParameters/source", "\(server)/\(path)"),
            ("/predicate/buildDefinition/resolvedDependencies/0/uri", "\(server)/\(path)"),
            ("/predicate/buildDefinition/resolvedDependencies/0/digest/sha256", commit),
            ("/predicate/buildDefinition/internalParameters/job", "\(job - 1)"),
            (run + "builder/id", "\(server)/-/runners/\(generator.runner(of: job - 1))"),
            (run + "metadata/invocationId", "\(job - 1)"),
            (run + "metadata/startedOn", time.adding(seconds: -150).description),
            (run + "metadata/finishedOn", time.adding(seconds: -60).description),
        ]
        return values.map { (.statement, $0.0, $0.1) }
    }
}
