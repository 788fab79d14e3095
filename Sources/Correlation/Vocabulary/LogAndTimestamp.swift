internal import CaseIndex

/// The times that a transparency log and a timestamp authority state.
struct LogAndTimestamp: ClaimVocabulary {
    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        switch (claim.speaker, claim.key) {
        case (.logEntry, "integratedTime"), (.timestamp, "genTime"): TimeReading.signing(claim.value)
        default: []
        }
    }
}
