internal import CaseIndex
internal import Cryptography

/// What is there of one image, and what is not.
struct GapReading {
    private let trace: Trace
    private let context: GapContext
    private(set) var states: [GapCheck: GapState] = [:]
    private(set) var gaps: [Gap] = []

    init(_ trace: Trace, _ context: GapContext) {
        self.trace = trace
        self.context = context
    }

    mutating func read(_ reader: CaseReader) throws {
        readContent()
        readSignatures()
        readProvenance()
        readCommit()
        readRun()
        try readBase(reader)
    }

    private mutating func note(_ check: GapCheck, _ state: GapState) {
        states[check] = state
    }

    private mutating func note(_ kind: GapKind, _ what: String, _ records: [String] = []) {
        gaps.append(Gap(kind: kind, subject: trace.image, records: records, what: what))
    }

    // MARK: - Content and signatures

    private mutating func readContent() {
        for record in trace.graph.altered {
            note(
                .contentAltered,
                "\(record.kind.rawValue) \(record.target): \(record.outcome.rawValue)",
                [Citation.relationship(record).text]
            )
        }
        var seen: Set<Digest> = []
        for record in trace.graph.absent where seen.insert(record.target).inserted {
            let platform = record.platform.map { " (\($0))" } ?? ""
            note(
                .contentMissing,
                "\(record.kind.rawValue) \(record.target)\(platform): \(record.outcome.rawValue)",
                [Citation.relationship(record).text]
            )
        }
        switch trace.graph.outcome {
        case .intact: note(.content, .present)
        case .incomplete: note(.content, .missing)
        case .altered: note(.content, .failed)
        }
    }

    private mutating func readSignatures() {
        let own = trace.ownSignatures
        guard !own.isEmpty else {
            note(.signature, .missing)
            for check in [GapCheck.verdict, .authentic, .trusted, .signer, .time] { note(check, .notApplicable) }
            note(.unsigned, "no signature over \(trace.image)")
            return
        }
        note(.signature, .present)
        let judged = own.filter { $0.verdict != nil }
        note(.verdict, judged.count == own.count ? .present : .missing)
        for signature in own where signature.verdict == nil {
            note(.notVerified, signature.summary, [signature.citation])
        }
        for signature in judged { noteTrust(signature) }
        let authentic = judged.filter(\.isAuthentic)
        note(.authentic, judged.isEmpty ? .notApplicable : authentic.isEmpty ? .failed : .present)
        let expected = authentic.filter { $0.verdict?.isTrusted != nil }
        let isTrusted = expected.contains { $0.verdict?.isTrusted == true }
        note(.trusted, expected.isEmpty ? .notApplicable : isTrusted ? .present : .failed)
        note(.signer, own.contains { $0.signer != nil } ? .present : .missing)
        let isTimed = authentic.contains { $0.verdict?.signedAt != nil }
        note(.time, authentic.isEmpty ? .notApplicable : isTimed ? .present : .missing)
        if !authentic.isEmpty, !isTimed {
            for signature in authentic { note(.noTrustedTime, signature.summary, [signature.citation]) }
        }
    }

    private mutating func noteTrust(_ signature: TracedSignature) {
        for check in signature.checks where check.outcome == .notPerformed {
            note(.trustMissing, "\(check.name): \(check.reason ?? check.detail)", [signature.citation])
        }
        if !signature.isAuthentic {
            let failed = signature.checks.first { $0.outcome == .failed }
            let reason = failed.map { ": \($0.name), \($0.reason ?? $0.detail)" } ?? ""
            note(.notAuthentic, signature.summary + reason, [signature.citation])
        } else if signature.verdict?.isTrusted == false {
            note(.notTrusted, signature.summary, [signature.citation])
        }
    }

    // MARK: - Provenance

    private mutating func readProvenance() {
        let signed = trace.signatures.filter { $0.record.predicateType?.splitOnce(at: "provenance") != nil }
        let unsigned = trace.rows.flatMap(\.values).filter { $0.claim.speaker == .unsignedStatement }
        if signed.contains(where: \.isAuthentic) { return note(.provenance, .present) }
        if !signed.isEmpty {
            let isJudged = signed.contains { $0.verdict != nil }
            return note(.provenance, isJudged ? .failed : .present)
        }
        note(.provenance, .missing)
        guard let statement = unsigned.first else {
            return note(.noProvenance, "no provenance of \(trace.image)")
        }
        note(.provenanceUnsigned, "provenance without a signature", ["claim:\(statement.claim.id)"])
    }

    private mutating func readCommit() {
        let named = trace.row(.commit)?.values.filter { $0.value.aspect == .itself } ?? []
        guard let first = named.first else {
            note(.commit, .missing)
            return note(.commitUnnamed, "nothing names the commit of \(trace.image)")
        }
        let absent = trace.commits.filter { $0.record == nil }
        guard context.hasRepositories else {
            note(.commit, .missing)
            return note(
                .commitAbsent,
                "\(first.value.normal), and the case has no repository",
                ["claim:\(first.claim.id)"]
            )
        }
        note(.commit, absent.isEmpty && !trace.commits.isEmpty ? .present : .missing)
        for commit in absent {
            note(.commitAbsent, commit.name, commit.values.map { "claim:\($0.claim.id)" })
        }
    }

    private mutating func readRun() {
        let named = [Fact.job, .pipeline].flatMap { trace.row($0)?.values ?? [] }.filter { $0.value.aspect == .itself }
        guard let first = named.first else { return note(.run, .notApplicable) }
        note(.run, trace.runs.isEmpty ? .missing : .present)
        guard trace.runs.isEmpty else { return }
        let place = first.value.scope.map { " of \($0)" } ?? ""
        let reason = context.hasRuns ? "" : ", and the case has no CI records"
        note(.runAbsent, "\(first.value.normal)\(place)\(reason)", ["claim:\(first.claim.id)"])
    }

    // MARK: - Base

    /// The base that annotations and labels name (OCI image-spec, "Pre-Defined Annotation Keys").
    private mutating func readBase(_ reader: CaseReader) throws {
        let manifests = Set([trace.image] + trace.graph.descriptors.filter { $0.kind == .child }.map(\.target))
        for manifest in manifests.sorted() {
            let claims = try reader.claims(about: manifest).filter { $0.signatureID == nil }
            func claim(_ word: String) -> ClaimRecord? {
                claims.first { $0.key.hasSameBytes(as: "org.opencontainers.image.base.\(word)") }
            }
            let name = claim("name")
            if let stated = claim("digest"), let digest = try? Digest(parsing: stated.value) {
                guard try reader.artifact(digest) == nil else { continue }
                let shown = name.map { "\($0.value)@" } ?? ""
                note(.baseAbsent, "\(shown)\(digest)", ["claim:\(stated.id)"])
            } else if let name, try reader.references(named: name.value).isEmpty {
                note(.baseAbsent, name.value, ["claim:\(name.id)"])
            }
        }
    }
}

extension TracedSignature {
    /// Who signed, as far as anything says it.
    fileprivate var signer: String? {
        verdict?.identity ?? certificates.first?.subjectAlternativeName
    }

    fileprivate var citation: String { "signature:\(record.id)" }

    /// The signature in a few words.
    fileprivate var summary: String {
        let what = record.predicateType ?? record.kind.rawValue
        return signer.map { "\(what) by \($0)" } ?? what
    }
}
