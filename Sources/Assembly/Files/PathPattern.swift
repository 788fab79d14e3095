/// A pattern over paths: `*`, `?` and `[a-z]` within a name as Go's `filepath.Match` has them, and `**` for any number of
/// names.
struct PathPattern: Hashable, Sendable {
    private let parts: [Part]

    private enum Part: Hashable {
        case anyNames
        case name(NamePattern)
    }

    /// A pattern from the names that it consists of.
    init(_ components: [[UInt8]]) {
        parts = components.map { $0.elementsEqual("**".utf8) ? .anyNames : .name(NamePattern($0)) }
    }

    /// Whether the whole path matches.
    func matches(_ path: [[UInt8]]) -> Bool {
        guard parts.last == .anyNames else { return reached(path).last == true }
        // At the end it stands for what lies in a folder, not for the folder.
        return !path.isEmpty && reached(path.dropLast())[parts.count - 1]
    }

    /// Whether the path, or a folder above it, matches.
    func matchesPathOrParent(_ path: [[UInt8]]) -> Bool {
        (1...max(1, path.count)).contains { matches(Array(path.prefix($0))) }
    }

    /// Whether something below the path could match.
    func mayMatch(below path: [[UInt8]]) -> Bool {
        reached(path).dropLast().contains(true)
    }

    /// Which numbers of parts the whole path can stand for.
    private func reached(_ path: some Sequence<[UInt8]>) -> [Bool] {
        var reached = closure([true] + Array(repeating: false, count: parts.count))
        for name in path {
            var next = Array(repeating: false, count: parts.count + 1)
            for (position, part) in parts.enumerated() where reached[position] {
                switch part {
                case .anyNames: next[position] = true
                case .name(let pattern): if pattern.matches(name) { next[position + 1] = true }
                }
            }
            reached = closure(next)
        }
        return reached
    }

    private func closure(_ reached: [Bool]) -> [Bool] {
        var reached = reached
        for (position, part) in parts.enumerated() where part == .anyNames && reached[position] {
            reached[position + 1] = true
        }
        return reached
    }
}

/// A pattern over one name.
struct NamePattern: Hashable, Sendable {
    private let elements: [Element]
    /// Whether it stands for one name only.
    let isLiteral: Bool

    private enum Element: Hashable {
        case byte(UInt8)
        case one
        case any
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }

    init(_ bytes: [UInt8]) {
        var elements: [Element] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): elements.append(.any)
            case UInt8(ascii: "?"): elements.append(.one)
            case UInt8(ascii: "\\"): elements.append(.byte(rest.popFirst() ?? byte))
            case UInt8(ascii: "["): elements.append(Self.set(&rest) ?? .byte(byte))
            default: elements.append(.byte(byte))
            }
        }
        self.elements = elements
        isLiteral = elements.allSatisfy { if case .byte = $0 { true } else { false } }
    }

    /// The name, when the pattern stands for one only.
    var literal: [UInt8]? {
        guard isLiteral else { return nil }
        return elements.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    }

    /// What stands in brackets; nil, and nothing taken, when they are not closed.
    private static func set(_ rest: inout ArraySlice<UInt8>) -> Element? {
        guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
        var content = rest[..<end]
        rest = rest[(end + 1)...]
        let isNegated = content.first == UInt8(ascii: "^") || content.first == UInt8(ascii: "!")
        if isNegated { content = content.dropFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        while let low = content.popFirst() {
            if content.first == UInt8(ascii: "-"), let high = content.dropFirst().first {
                content = content.dropFirst(2)
                if low <= high { ranges.append(low...high) }
            } else {
                ranges.append(low...low)
            }
        }
        return .set(ranges, isNegated: isNegated)
    }

    /// Whether the whole name matches; one star is tried again and again, never two, so that no pattern takes long.
    func matches(_ name: [UInt8]) -> Bool {
        var (element, index) = (0, 0)
        var retry: (element: Int, index: Int)?
        while index < name.count {
            if element < elements.count, case .any = elements[element] {
                retry = (element, index)
                element += 1
            } else if element < elements.count, let length = length(elements[element], name[index...]) {
                element += 1
                index += length
            } else if let last = retry {
                retry = (last.element, last.index + 1)
                (element, index) = (last.element + 1, last.index + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .any }
    }

    /// How many bytes an element takes here; nil when it does not match.
    private func length(_ element: Element, _ rest: ArraySlice<UInt8>) -> Int? {
        guard let byte = rest.first else { return nil }
        // One character, of however many bytes.
        let character = 1 + rest.dropFirst().prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
        switch element {
        case .byte(let expected): return byte == expected ? 1 : nil
        case .one: return character
        case .set(let ranges, let isNegated):
            return ranges.contains { $0.contains(byte) } != isNegated ? character : nil
        case .any: return nil
        }
    }
}
