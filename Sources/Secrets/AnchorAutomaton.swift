/// All anchors of all rules in one automaton (Aho and Corasick, 1975): each byte of the text is looked at once.
struct AnchorAutomaton: Sendable {
    /// One anchor of one rule.
    struct Anchor: Hashable, Sendable {
        let rule: Int
        let count: Int
    }

    /// The next state by state and byte.
    private let next: [UInt16]
    /// The anchors that end in a state.
    private let ending: [[Anchor]]
    /// Whether any anchor ends in a state.
    private let isEnd: [Bool]

    init(_ rules: [SecretRule]) {
        var children: [[UInt8: Int]] = [[:]]
        var ending: [[Anchor]] = [[]]
        for (number, rule) in rules.enumerated() {
            for anchor in rule.anchors {
                var state = 0
                for byte in anchor.utf8 {
                    if let known = children[state][byte] {
                        state = known
                    } else {
                        children.append([:])
                        ending.append([])
                        children[state][byte] = children.count - 1
                        state = children.count - 1
                    }
                }
                ending[state].append(Anchor(rule: number, count: anchor.utf8.count))
            }
        }
        var next = [UInt16](repeating: 0, count: children.count * 256)
        var fallback = [Int](repeating: 0, count: children.count)
        var queue = children[0].values.sorted()
        for (byte, child) in children[0] { next[Int(byte)] = UInt16(clamping: child) }
        var position = 0
        while position < queue.count {
            let state = queue[position]
            position += 1
            ending[state] += ending[fallback[state]]
            for byte in 0..<256 { next[state * 256 + byte] = next[fallback[state] * 256 + byte] }
            for (byte, child) in children[state].sorted(by: { $0.key < $1.key }) {
                fallback[child] = Int(next[fallback[state] * 256 + Int(byte)])
                next[state * 256 + Int(byte)] = UInt16(clamping: child)
                queue.append(child)
            }
        }
        self.next = next
        self.ending = ending
        isEnd = ending.map { !$0.isEmpty }
    }

    /// Goes on with some bytes; `found` gets the anchors and the position behind each.
    func scan(
        _ bytes: UnsafeRawBufferPointer,
        from start: UInt16,
        _ found: (Anchor, Int) -> Void
    ) -> UInt16 {
        next.withUnsafeBufferPointer { next in
            isEnd.withUnsafeBufferPointer { isEnd in
                var state = Int(start)
                for (position, byte) in bytes.enumerated() {
                    state = Int(next[state << 8 | Int(byte)])
                    if isEnd[state] {
                        for anchor in ending[state] { found(anchor, position + 1) }
                    }
                }
                return UInt16(truncatingIfNeeded: state)
            }
        }
    }
}
