/// Which proofs a signature gets.
package struct SigningPlan: Hashable, Sendable {
    /// Where the signature is logged.
    package var log: Log
    /// Whether the signature is stamped.
    package var isStamped: Bool
    /// The kind of entry that an envelope gets in a log of the first generation.
    package var envelopeEntry: EnvelopeEntry

    /// Where a signature is logged.
    package enum Log: Hashable, Sendable {
        /// Nowhere.
        case none
        /// In the log of the first generation, with a signed entry timestamp.
        case first
        /// In the log of the second generation, which says no time.
        case second
    }

    /// Kinds of entries for envelopes.
    package enum EnvelopeEntry: Hashable, Sendable {
        /// `dsse 0.0.1`.
        case dsse001
        /// `intoto 0.0.1`.
        case intoto001
        /// `intoto 0.0.2`.
        case intoto002
    }

    /// A plan; without arguments what cosign does by default for a keyless signature.
    package init(log: Log = .first, isStamped: Bool = false, envelopeEntry: EnvelopeEntry = .dsse001) {
        self.log = log
        self.isStamped = isStamped
        self.envelopeEntry = envelopeEntry
    }
}
