package import CaseIndex

/// One value of one fact, with the claim it comes from and what that claim rests on.
package struct TracedValue: Sendable {
    /// What the document says, untouched.
    package let claim: ClaimRecord
    /// The value in the form in which it is compared.
    package let value: FactValue
    /// Why it may be relied on.
    package let basis: Basis
    /// False when certificates have nothing that it could be compared with.
    package let hasCounterpart: Bool

    /// Whether both come from the same document: then neither confirms the other.
    func sharesDocument(with other: TracedValue) -> Bool {
        claim.speaker == other.claim.speaker && claim.signatureID == other.claim.signatureID
            && claim.readFrom == other.claim.readFrom
    }
}
