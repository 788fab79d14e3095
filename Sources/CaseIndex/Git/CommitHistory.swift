/// The parents of a repository's commits, by numbers, so that questions of ancestry are answered by one pass.
///
/// Every commit comes after its parents. A commit's ancestors therefore have smaller places than itself, and a walk never
/// goes below the place that it looks for.
package struct CommitHistory: Sendable {
    /// How many commits there are.
    package let count: Int
    /// Where the parents of each commit begin; one more than there are commits.
    private let starts: [Int32]
    /// Their places; -1 for a parent that the repository does not hold.
    private let parents: [Int32]

    /// Whether a commit can be reached from another.
    package enum Reachability: String, Hashable, Sendable, CaseIterable {
        /// It is the other one or an ancestor of it.
        case reachable
        /// It is neither.
        case notReachable = "not-reachable"
        /// The history was cut off before it could be found.
        case unknown
    }

    /// Stands for a parent that is not there.
    package static let absent: Int32 = -1

    /// The parents of a commit.
    func parents(of position: Int) -> ArraySlice<Int32> {
        parents[Int(starts[position])..<Int(starts[position + 1])]
    }

    /// How many parents are not there.
    package var missingParents: Int {
        parents.count { $0 == Self.absent }
    }

    /// Whether `target` is `tip` or one of its ancestors.
    package func reachability(of target: Int, from tip: Int) -> Reachability {
        guard (0..<count).contains(target), (0..<count).contains(tip) else { return .unknown }
        guard tip != target else { return .reachable }
        var isCutOff = false
        var seen = [Bool](repeating: false, count: count)
        var pending = [tip]
        while let position = pending.popLast() {
            for parent in parents(of: position) {
                if parent == Self.absent {
                    isCutOff = true
                    continue
                }
                if Int(parent) == target { return .reachable }
                guard !seen[Int(parent)] else { continue }
                seen[Int(parent)] = true
                // Below the target there may be cut-off history, but not the target.
                if Int(parent) > target { pending.append(Int(parent)) }
            }
        }
        return isCutOff ? .unknown : .notReachable
    }

    /// For each commit, whether it is `target` or a descendant of it.
    package func descendants(of target: Int) -> [Bool] {
        var result = [Bool](repeating: false, count: count)
        guard target >= 0, target < count else { return result }
        result[target] = true
        for position in (target + 1)..<max(count, target + 1) {
            result[position] = parents(of: position).contains { $0 >= target && result[Int($0)] }
        }
        return result
    }

    /// The oldest commit on the line of first parents from `tip` that is `target` or a descendant of it; nil when `tip`
    /// itself is neither.
    package func arrival(of target: Int, on tip: Int) -> Int? {
        guard (0..<count).contains(target), (0..<count).contains(tip) else { return nil }
        let holds = descendants(of: target)
        guard holds[tip] else { return nil }
        var position = tip
        // Parents have smaller places, so that this ends.
        while let parent = parents(of: position).first, parent != Self.absent, holds[Int(parent)] {
            position = Int(parent)
        }
        return position
    }

    /// Whether everything that comes before a commit is there.
    package func isWhole(from tip: Int) -> Bool {
        guard (0..<count).contains(tip) else { return false }
        var seen = [Bool](repeating: false, count: count)
        var pending = [tip]
        while let position = pending.popLast() {
            for parent in parents(of: position) {
                if parent == Self.absent { return false }
                if !seen[Int(parent)] {
                    seen[Int(parent)] = true
                    pending.append(Int(parent))
                }
            }
        }
        return true
    }
}

// MARK: - Making

extension CommitHistory {
    /// Puts commits in order, parents first.
    ///
    /// - Parameter parents: For each commit the indexes of its parents, ``absent`` for one that is not there.
    /// - Returns: The history, and the place of each commit in it.
    package static func ordering(_ parents: [[Int32]]) -> (history: CommitHistory, places: [Int32]) {
        var children = [[Int32]](repeating: [], count: parents.count)
        var open = parents.map { list in list.count { $0 != absent } }
        for (child, list) in parents.enumerated() {
            for parent in list where parent != absent { children[Int(parent)].append(Int32(child)) }
        }
        var order: [Int32] = []
        order.reserveCapacity(parents.count)
        for index in parents.indices where open[index] == 0 { order.append(Int32(index)) }
        var next = 0
        while next < order.count {
            for child in children[Int(order[next])] {
                open[Int(child)] -= 1
                if open[Int(child)] == 0 { order.append(child) }
            }
            next += 1
        }
        // Commits in a circle, which only a collision could make, come last and without their parents.
        let ordered = order.count
        order += parents.indices.filter { open[$0] > 0 }.map { Int32($0) }
        var places = [Int32](repeating: 0, count: parents.count)
        for (place, index) in order.enumerated() { places[Int(index)] = Int32(place) }
        let lists = order.enumerated().map { place, index in
            place < ordered ? parents[Int(index)].map { $0 == absent ? absent : places[Int($0)] } : [absent]
        }
        return (CommitHistory(lists), places)
    }

    private init(_ lists: [[Int32]]) {
        count = lists.count
        var starts: [Int32] = [0]
        starts.reserveCapacity(lists.count + 1)
        var all: [Int32] = []
        for list in lists {
            all += list
            starts.append(Int32(clamping: all.count))
        }
        self.starts = starts
        parents = all
    }
}

// MARK: - Storing

extension CommitHistory {
    /// For each commit the number of its parents and their places, as little-endian numbers of 32 bits.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((count + parents.count) * 4)
        func append(_ number: Int32) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for position in 0..<count {
            let own = parents(of: position)
            append(Int32(own.count))
            for parent in own { append(parent) }
        }
        return bytes
    }

    /// Reads what ``encoded`` wrote; whoever edits a case may write anything there.
    ///
    /// - Throws: ``CaseError/corrupt(column:value:)``.
    init(decoding bytes: [UInt8], count: Int) throws {
        let corrupt = CaseError.corrupt(column: "parents", value: "\(bytes.count) bytes")
        guard bytes.count.isMultiple(of: 4), count >= 0, count <= bytes.count / 4 else { throw corrupt }
        let numbers = bytes.withUnsafeBytes { raw in
            (0..<bytes.count / 4).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)) }
        }
        var starts: [Int32] = [0]
        starts.reserveCapacity(count + 1)
        var parents: [Int32] = []
        parents.reserveCapacity(numbers.count - count)
        var next = 0
        for position in 0..<count {
            guard next < numbers.count, numbers[next] >= 0, Int(numbers[next]) < numbers.count - next
            else { throw corrupt }
            let own = numbers[(next + 1)..<(next + 1 + Int(numbers[next]))]
            guard own.allSatisfy({ $0 >= Self.absent && Int($0) < position }) else { throw corrupt }
            parents += own
            starts.append(Int32(clamping: parents.count))
            next += own.count + 1
        }
        guard next == numbers.count else { throw corrupt }
        self.count = count
        self.starts = starts
        self.parents = parents
    }
}
