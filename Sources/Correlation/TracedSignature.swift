package import CaseIndex
internal import Cryptography

/// A signature with what verification concluded about it.
package struct TracedSignature: Sendable {
    /// The signature.
    package let record: SignatureRecord
    /// The verdict; nil when verification has not run.
    package let verdict: VerdictRecord?
    /// Every check of the verdict.
    package let checks: [CheckRecord]
    /// The certificates that came with it.
    package let certificates: [CertificateRecord]
    /// The log entries that came with it.
    package let logEntries: [LogEntryRecord]
    /// Where it was found.
    package let sightings: [SightingRecord]
    /// What the signer states beside what is signed, in formats whose envelopes have a place for it.
    package internal(set) var statements: [SignerStatement] = []

    /// By which conventions it was found.
    package var storages: Set<SignatureStorage> { Set(sightings.map(\.storage)) }

    /// Whether every cryptographic check passed.
    package var isAuthentic: Bool {
        verdict?.isAuthentic ?? false
    }

    /// Whether everything holds but the image's bytes.
    ///
    /// The signature was then made as its material says, over a digest that the bytes at hand no longer have. What it
    /// says of that digest is worth as much as before.
    private var failsOnlyByContent: Bool {
        let failed = checks.filter { $0.outcome == .failed || $0.outcome == .notPerformed }
        return !failed.isEmpty && failed.allSatisfy { Self.contentChecks.contains($0.name) }
    }

    /// Whether everything holds but that it is about another artifact: then it is a good signature in the wrong place.
    var failsOnlyBySubject: Bool {
        let failed = checks.filter { $0.outcome == .failed || $0.outcome == .notPerformed }.map(\.name)
        return failed.contains("subject") && failed.allSatisfy { $0 == "subject" || Self.contentChecks.contains($0) }
    }

    /// The checks that are about the image's bytes, or about expectations, rather than about the signature.
    private static let contentChecks: Set<String> = ["image-content", "identity", "annotations"]

    /// What a claim in its material rests on: the check that vouches for its speaker must have passed.
    func basis(of claim: ClaimRecord) -> Basis {
        basis(of: claim.speaker, passing: claim.speaker.requiredChecks)
    }

    /// What the certificate's name rests on.
    var certificateBasis: Basis {
        basis(of: .certificate, passing: Speaker.certificate.requiredChecks)
    }

    private func basis(of speaker: Speaker, passing required: [String]) -> Basis {
        let basis = speaker.basisWhenAuthentic
        guard basis != .unsigned else { return .unsigned }
        guard isAuthentic || failsOnlyByContent else { return .unverified }
        guard !required.isEmpty else { return basis }
        let passed = checks.contains { check in
            check.outcome == .passed && required.contains { $0.hasSameBytes(as: check.name) }
        }
        return passed ? basis : .unverified
    }

    /// What verify was told to expect; nil when that was nothing.
    var expectation: RecordedExpectation? {
        verdict.flatMap { RecordedExpectation(policy: $0.policy) }
    }
}

extension TracedSignature {
    /// The signatures that storage attaches to an artifact.
    ///
    /// - Parameters:
    ///   - artifact: The artifact.
    ///   - depth: What is left out; no rule looks at more than verdicts.
    ///   - reader: The case.
    /// - Returns: The signatures, in the order of the case.
    /// - Throws: ``CaseError``.
    static func all(of artifact: Digest, _ depth: MaterialDepth, _ reader: CaseReader) throws -> [TracedSignature] {
        let records = try reader.signatures(of: artifact)
        guard !records.isEmpty else { return [] }
        let material = try reader.signatureMaterial(of: artifact, depth: depth)
        return records.map { TracedSignature($0, material) }
    }

    /// One of many signatures, with no more than tells what it is worth.
    init(_ judged: JudgedSignature) {
        (record, verdict, checks) = (judged.record, judged.verdict, judged.checks)
        (certificates, logEntries, sightings) = ([], [], [])
    }

    /// The checks of which one must have passed before some speaker is believed.
    static let decisiveChecks = Array(Set(Speaker.allCases.flatMap(\.requiredChecks))).sorted()

    private init(_ record: SignatureRecord, _ material: SignatureMaterialRecords) {
        self.record = record
        verdict = material.verdicts[record.id]
        checks = material.checks[record.id] ?? []
        certificates = material.certificates[record.id] ?? []
        logEntries = material.logEntries[record.id] ?? []
        sightings = material.sightings[record.id] ?? []
    }
}

extension Speaker {
    /// The checks of which one must have passed before this speaker is believed, beyond an authentic verdict: under a
    /// bare key nobody has looked at the certificate, and only a promise covers the time that a log states.
    fileprivate var requiredChecks: [String] {
        switch self {
        case .certificate: ["certificate-path"]
        case .logEntry: ["inclusion-promise"]
        case .timestamp: ["timestamp"]
        case .signedAnnotation, .statement, .unsignedStatement, .label, .configuration, .manifestAnnotation,
            .carrierAnnotation, .payload, .signedAttribute, .unsignedAttribute:
            []
        }
    }
}
