internal import Cryptography

/// Counts logs or authorities that do not depend on one another: those that share a key, or that one operator runs, are
/// one, however many ids they have.
struct IndependentInstances {
    /// How many have a name of their own, whoever runs them.
    var namedCount: Int { names.count }
    /// How many are independent.
    var count: Int { groups.count }

    private var names: Set<[UInt8]> = []
    private var groups: [Group] = []

    private struct Group {
        var keys: Set<PublicKey>
        var operators: Set<[UInt8]>

        func isLinked(to other: Group) -> Bool {
            !keys.isDisjoint(with: other.keys) || !operators.isDisjoint(with: other.operators)
        }
    }

    /// Counts an instance.
    ///
    /// - Parameters:
    ///   - name: The id by which it is known.
    ///   - key: Its key.
    ///   - operatorName: Who runs it; an empty name links it to nobody.
    mutating func insert(name: [UInt8], key: PublicKey, operatorName: String) {
        names.insert(name)
        var group = Group(keys: [key], operators: operatorName.isEmpty ? [] : [Array(operatorName.utf8)])
        for linked in groups where linked.isLinked(to: group) {
            group.keys.formUnion(linked.keys)
            group.operators.formUnion(linked.operators)
        }
        groups.removeAll { $0.isLinked(to: group) }
        groups.append(group)
    }

    /// Says that too few are independent, and whether that is only for want of independence.
    func tooFew(_ kind: String, wanted: Int, code: FailureCode) -> CheckOutcome {
        guard namedCount >= wanted else {
            return .failed(code, "\(namedCount) distinct \(kind), \(wanted) are asked for")
        }
        let detail = "\(namedCount) \(kind) share a key or an operator and count as \(count), \(wanted) are asked for"
        return .failed(.sameOperator, detail)
    }
}
