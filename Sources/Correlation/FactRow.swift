internal import CaseIndex
internal import Cryptography

/// What the sources of one fact come to.
package enum RowVerdict: String, Hashable, Sendable, CaseIterable {
    /// Several sources say the same, and one of them is attested.
    case agrees
    /// Two sources cannot both be right.
    case contradicts
    /// Nobody but the signer, or nobody at all, vouches for it.
    case onlyAsserted = "only-asserted"
    /// One attested source says it, and nothing can be compared with it.
    case singleSource = "single-source"
    /// Every value stands in the material of a signature without an authentic verdict.
    case unverified
}

/// One fact with everything that is said of it.
package struct FactRow: Sendable {
    /// The fact.
    package let fact: Fact
    /// Every value: attested first, in the order of the documents.
    package let values: [TracedValue]
    /// What they come to.
    package let verdict: RowVerdict
    /// The pairs that cannot both be right.
    package let conflicts: [Conflict]

    /// Two values that cannot both be right.
    package struct Conflict: Sendable {
        /// The one that rests on more.
        package let stronger: TracedValue
        /// The other.
        package let weaker: TracedValue
    }

    /// Judges the values of one fact.
    init(fact: Fact, values: [TracedValue]) {
        self.fact = fact
        self.values = values.sorted { Self.rank($0) < Self.rank($1) }
        let considered = self.values.filter { $0.basis != .unverified }
        conflicts = Self.conflicts(fact, considered)
        verdict = Self.verdict(fact, considered, hasConflict: !conflicts.isEmpty)
    }

    /// Whether the values that are stated have nothing in a certificate to be compared with.
    package var lacksCounterpart: Bool {
        values.allSatisfy { !$0.basis.isAttested } && values.contains { !$0.hasCounterpart }
    }

    /// The value to show when only one can be shown: the best founded one of the fact itself.
    package var leading: TracedValue? {
        values.first { $0.value.aspect == .itself } ?? values.first
    }

    private static func rank(_ value: TracedValue) -> (Int, Int, Int64) {
        let basis = Basis.allCases.firstIndex(of: value.basis) ?? 0
        let aspect = Aspect.allCases.firstIndex(of: value.value.aspect) ?? 0
        return (aspect, basis, value.claim.id)
    }

    private static func verdict(_ fact: Fact, _ values: [TracedValue], hasConflict: Bool) -> RowVerdict {
        if values.isEmpty { return .unverified }
        if hasConflict { return .contradicts }
        // The digest itself is the second source.
        if fact == .imageDigest { return .agrees }
        guard values.contains(where: \.basis.isAttested) else { return .onlyAsserted }
        let isConfirmed = values.contains { value in
            value.basis.isAttested
                && values.contains { other in
                    !other.sharesDocument(with: value) && other.value.isComparable(with: value.value)
                        && other.value.agrees(with: value.value)
                }
        }
        return isConfirmed ? .agrees : .singleSource
    }
}

// MARK: - Conflicts

extension FactRow {
    private static func conflicts(_ fact: Fact, _ values: [TracedValue]) -> [Conflict] {
        if fact == .imageDigest { return foreignDigests(values) }
        var result: [Conflict] = []
        for (index, stronger) in values.enumerated() {
            for weaker in values[(index + 1)...]
            where stronger.value.isComparable(with: weaker.value) && !stronger.value.agrees(with: weaker.value) {
                if mayDiffer(fact, stronger, weaker, among: values) { continue }
                result.append(Conflict(stronger: stronger, weaker: weaker))
            }
        }
        return result
    }

    /// Whether a difference is what one expects: each signature has its own run, and what nobody signed belongs to one
    /// of these runs, not to every one; and platforms of one image are built one by one.
    private static func mayDiffer(
        _ fact: Fact,
        _ one: TracedValue,
        _ other: TracedValue,
        among values: [TracedValue]
    ) -> Bool {
        guard fact.belongsToTheRun, one.claim.signatureID != other.claim.signatureID else { return false }
        if one.claim.signatureID != nil, other.claim.signatureID != nil { return true }
        let unsigned = one.claim.signatureID == nil ? one : other
        return values.contains {
            $0.claim.signatureID != nil && $0.value.isComparable(with: unsigned.value)
                && $0.value.agrees(with: unsigned.value)
        }
    }

    /// Documents that name another digest than the artifact to which they are attached.
    private static func foreignDigests(_ values: [TracedValue]) -> [Conflict] {
        values.filter { !$0.value.normal.hasSameBytes(as: $0.claim.subject.description) }
            .map { Conflict(stronger: $0, weaker: $0) }
    }
}
