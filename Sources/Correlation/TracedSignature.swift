package import CaseIndex

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

    /// Whether every cryptographic check passed.
    package var isAuthentic: Bool {
        verdict?.isAuthentic ?? false
    }

    /// What a claim in its material rests on.
    func basis(of speaker: Speaker) -> Basis {
        let basis = speaker.basisWhenAuthentic
        guard basis != .unsigned else { return .unsigned }
        guard isAuthentic else { return .unverified }
        return basis
    }

    init(_ record: SignatureRecord, _ reader: CaseReader) throws {
        self.record = record
        verdict = try reader.verdict(of: record.id)
        checks = try reader.checks(of: record.id)
        certificates = try reader.certificates(of: record.id)
        logEntries = try reader.logEntries(of: record.id)
    }
}
