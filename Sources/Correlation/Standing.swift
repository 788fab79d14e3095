internal import CaseIndex

/// What an image comes to in one word, from verdicts and findings.
package enum Standing: String, Hashable, Sendable, CaseIterable {
    /// Some bytes are not those that the digest names.
    case altered
    /// A signed document contradicts the certificate that came with it, or is about another image.
    case contradicted
    /// Nothing signs the image.
    case unsigned
    /// An authentic signature meets the expectation.
    case trusted
    /// Authentic signatures, none of which meets the expectation.
    case notTrusted = "not-trusted"
    /// An authentic signature; no expectation was given.
    case authentic
    /// No signature is authentic.
    case notAuthentic = "not-authentic"
    /// Verification has not run.
    case unverified
}

extension Trace {
    /// The image in one word; contradictions and altered bytes outweigh every signature.
    package var standing: Standing {
        if graph.outcome == .altered { return .altered }
        if rows.contains(where: \.hasSignedContradiction) { return .contradicted }
        let signatures = ownSignatures
        if signatures.isEmpty { return .unsigned }
        let authentic = signatures.filter(\.isAuthentic)
        if authentic.contains(where: { $0.verdict?.isTrusted == true }) { return .trusted }
        if authentic.contains(where: { $0.verdict?.isTrusted == nil }) { return .authentic }
        if !authentic.isEmpty { return .notTrusted }
        return signatures.allSatisfy { $0.verdict == nil } ? .unverified : .notAuthentic
    }
}

extension FactRow {
    /// Whether a signed document contradicts the certificate of its own signature, or names another image.
    var hasSignedContradiction: Bool {
        conflicts.contains { conflict in
            conflict.weaker.claim.signatureID != nil
                && conflict.weaker.claim.signatureID == conflict.stronger.claim.signatureID
        }
    }
}
