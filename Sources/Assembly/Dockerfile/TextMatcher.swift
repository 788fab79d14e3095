/// Finds all places where a pattern with `*` and `?` can end, in time that no pattern can make grow.
struct TextMatcher {
    /// One element of a pattern.
    enum Element: Hashable {
        /// This byte.
        case byte(UInt8)
        /// Any one byte.
        case one
        /// Any number of bytes.
        case any
    }

    private let elements: [Element]

    /// How many steps all matches of one substitution may take together.
    private static let stepLimit = 200_000_000

    /// A matcher for values of a length.
    ///
    /// - Throws: ``AssemblyError`` when matching could take too long.
    init(_ elements: [Element], valueLength: Int) throws(AssemblyError) {
        let (square, overflow) = valueLength.multipliedReportingOverflow(by: valueLength)
        let (steps, alsoOverflow) = square.multipliedReportingOverflow(by: elements.count + 1)
        guard !overflow, !alsoOverflow, steps <= Self.stepLimit
        else { throw AssemblyError(.badSubstitution("a pattern over \(valueLength) bytes")) }
        self.elements = elements
    }

    private init(unchecked elements: [Element]) {
        self.elements = elements
    }

    /// The matcher of what is read backwards.
    var reversed: TextMatcher { TextMatcher(unchecked: elements.reversed()) }

    /// Every index at which a match that begins at the start can end, in order.
    func ends(in value: ArraySlice<UInt8>) -> [Int] {
        // Which numbers of elements the bytes so far can stand for.
        var reached = closure([true] + Array(repeating: false, count: elements.count))
        var ends: [Int] = []
        var index = value.startIndex
        while true {
            if reached[elements.count] { ends.append(index) }
            guard index < value.endIndex, reached.contains(true) else { return ends }
            reached = step(reached, value[index])
            index += 1
        }
    }

    private func step(_ reached: [Bool], _ byte: UInt8) -> [Bool] {
        var next = Array(repeating: false, count: elements.count + 1)
        for (position, element) in elements.enumerated() where reached[position] {
            switch element {
            case .byte(let expected): if expected == byte { next[position + 1] = true }
            case .one: next[position + 1] = true
            case .any: next[position] = true
            }
        }
        return closure(next)
    }

    /// A star can also stand for nothing.
    private func closure(_ reached: [Bool]) -> [Bool] {
        var reached = reached
        for (position, element) in elements.enumerated() where element == .any && reached[position] {
            reached[position + 1] = true
        }
        return reached
    }
}
