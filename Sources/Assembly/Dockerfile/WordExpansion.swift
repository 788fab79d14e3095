/// Puts variables into a word and takes its quotes away, as BuildKit's shell lexer does (Dockerfile reference,
/// "Environment replacement").
package struct WordExpansion {
    /// The values of variables; nil for one that is not set.
    let variables: (String) -> String?
    /// The character that takes the meaning from the next.
    let escape: UInt8
    /// Whether quotes and escapes stay as they are, as in the content of a heredoc.
    var keepsQuotes = false

    /// An expansion.
    ///
    /// - Parameters:
    ///   - variables: The values of variables; nil for one that is not set.
    ///   - escape: The character that takes the meaning from the next.
    package init(variables: @escaping (String) -> String?, escape: UInt8) {
        (self.variables, self.escape) = (variables, escape)
    }

    /// How long a text may become: a few doublings in a Dockerfile of hostile origin would fill any memory.
    static let limit = 1 << 20
    /// How deep `${a:-${b:-…}}` may nest.
    private static let depthLimit = 100

    /// The word with everything put in.
    ///
    /// - Throws: ``AssemblyError`` at the place of the word.
    package func expand(_ word: Word) throws(AssemblyError) -> String {
        var scanner = Scanner(expansion: self, bytes: Array(word.text.utf8))
        do throws(AssemblyError) {
            return String(decoding: try scanner.text(until: nil, depth: 0), as: UTF8.self)
        } catch {
            throw error.located(word.location)
        }
    }

    /// The words that the word becomes when blanks that variables bring in divide it too (`EXPOSE $PORTS`).
    func expandToWords(_ word: Word) throws(AssemblyError) -> [String] {
        try expand(word).split { $0 == " " || $0 == "\t" }.map(String.init)
    }

    /// Reads one word from its beginning to its end.
    private struct Scanner {
        let expansion: WordExpansion
        let bytes: [UInt8]
        var offset = 0

        init(expansion: WordExpansion, bytes: [UInt8]) {
            self.expansion = expansion
            self.bytes = bytes
        }

        private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard let current, UInt32(current) == character.value else { return false }
            offset += 1
            return true
        }

        private func checked(_ text: [UInt8]) throws(AssemblyError) {
            guard text.count <= WordExpansion.limit
            else { throw AssemblyError(.expansionTooLong(limit: WordExpansion.limit)) }
        }

        /// Text up to a character that ends it, which is taken; to the end of the word when there is none.
        mutating func text(until end: UInt8?, depth: Int) throws(AssemblyError) -> [UInt8] {
            guard depth < WordExpansion.depthLimit
            else { throw AssemblyError(.badSubstitution("more than \(WordExpansion.depthLimit) in each other")) }
            var result: [UInt8] = []
            while let byte = current {
                offset += 1
                switch byte {
                case end: return result
                case UInt8(ascii: "$"): result += try variable(depth: depth)
                case UInt8(ascii: "'") where !expansion.keepsQuotes: result += try singleQuoted()
                case UInt8(ascii: "\"") where !expansion.keepsQuotes: result += try doubleQuoted(depth: depth)
                case expansion.escape where !expansion.keepsQuotes:
                    if let next = current {
                        result.append(next)
                        offset += 1
                    }
                case expansion.escape where current == UInt8(ascii: "$"):
                    result += [byte, UInt8(ascii: "$")]
                    offset += 1
                default: result.append(byte)
                }
                try checked(result)
            }
            guard end == nil else { throw AssemblyError(.unclosed("}")) }
            return result
        }

        private mutating func singleQuoted() throws(AssemblyError) -> ArraySlice<UInt8> {
            guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "'"))
            else { throw AssemblyError(.unclosed("'")) }
            defer { offset = end + 1 }
            return bytes[offset..<end]
        }

        private mutating func doubleQuoted(depth: Int) throws(AssemblyError) -> [UInt8] {
            var result: [UInt8] = []
            while let byte = current {
                offset += 1
                switch byte {
                case UInt8(ascii: "\""): return result
                case UInt8(ascii: "$"): result += try variable(depth: depth)
                case expansion.escape:
                    // Only what has a meaning here can lose it.
                    if let next = current, next == UInt8(ascii: "\"") || next == UInt8(ascii: "$") || next == byte {
                        result.append(next)
                        offset += 1
                    } else {
                        result.append(byte)
                    }
                default: result.append(byte)
                }
                try checked(result)
            }
            throw AssemblyError(.unclosed("\""))
        }

        /// What stands after a dollar sign.
        private mutating func variable(depth: Int) throws(AssemblyError) -> [UInt8] {
            guard take("{") else {
                let name = takeName()
                // A dollar sign that names nothing stands for itself.
                return name.isEmpty ? [UInt8(ascii: "$")] : Array((expansion.variables(name) ?? "").utf8)
            }
            let start = offset
            let name = takeName()
            guard !name.isEmpty else { throw badSubstitution(from: start) }
            let value = expansion.variables(name)
            let isSet = value != nil
            if take("}") { return Array((value ?? "").utf8) }
            let countsEmpty = take(":")
            guard let operation = current else { throw AssemblyError(.unclosed("}")) }
            offset += 1
            let isThere = countsEmpty ? !(value ?? "").isEmpty : isSet
            switch operation {
            case UInt8(ascii: "-"):
                let word = try text(until: UInt8(ascii: "}"), depth: depth + 1)
                return isThere ? Array((value ?? "").utf8) : word
            case UInt8(ascii: "+"):
                let word = try text(until: UInt8(ascii: "}"), depth: depth + 1)
                return isThere ? word : []
            case UInt8(ascii: "?"):
                let word = try text(until: UInt8(ascii: "}"), depth: depth + 1)
                guard isThere
                else {
                    throw AssemblyError(.variableRequired(name: name, message: String(decoding: word, as: UTF8.self)))
                }
                return Array((value ?? "").utf8)
            case UInt8(ascii: "#") where !countsEmpty, UInt8(ascii: "%") where !countsEmpty:
                return try removal(operation, from: Array((value ?? "").utf8), depth: depth)
            case UInt8(ascii: "/") where !countsEmpty:
                return try replacement(in: Array((value ?? "").utf8), depth: depth)
            default: throw badSubstitution(from: start)
            }
        }

        private func badSubstitution(from start: Int) -> AssemblyError {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? bytes.count
            return AssemblyError(.badSubstitution("${" + String(decoding: bytes[start..<end], as: UTF8.self)))
        }

        private mutating func takeName() -> String {
            let start = offset
            // Positional and special parameters do not exist in a Dockerfile; their names do, and stand for nothing.
            if let first = current, first.isDigit || Array("@*#?-$!".utf8).contains(first) {
                offset += 1
                return String(decoding: bytes[start..<offset], as: UTF8.self)
            }
            while let byte = current, byte.isNameByte { offset += 1 }
            return String(decoding: bytes[start..<offset], as: UTF8.self)
        }

        /// `${x#pattern}`, `${x##pattern}`, `${x%pattern}` and `${x%%pattern}`.
        private mutating func removal(
            _ operation: UInt8,
            from value: [UInt8],
            depth: Int
        ) throws(AssemblyError) -> [UInt8] {
            let isGreedy = take(Unicode.Scalar(operation))
            let pattern = try pattern(until: UInt8(ascii: "}"), depth: depth)
            let matcher = try TextMatcher(pattern, valueLength: value.count)
            if operation == UInt8(ascii: "#") {
                let ends = matcher.ends(in: value[...])
                guard let end = isGreedy ? ends.last : ends.first else { return value }
                return Array(value[end...])
            }
            let ends = matcher.reversed.ends(in: value.reversed()[...])
            guard let length = isGreedy ? ends.last : ends.first else { return value }
            return Array(value.dropLast(length))
        }

        /// `${x/pattern/text}` and `${x//pattern/text}`.
        private mutating func replacement(in value: [UInt8], depth: Int) throws(AssemblyError) -> [UInt8] {
            let isEverywhere = take("/")
            let pattern = try pattern(until: UInt8(ascii: "/"), depth: depth)
            let text = try text(until: UInt8(ascii: "}"), depth: depth + 1)
            let matcher = try TextMatcher(pattern, valueLength: value.count)
            var result: [UInt8] = []
            var place = 0
            var isDone = false
            while place < value.count {
                if !isDone, let end = matcher.ends(in: value[place...]).last, end > place {
                    result += text
                    place = end
                    isDone = !isEverywhere
                } else {
                    result.append(value[place])
                    place += 1
                }
                try checked(result)
            }
            return result
        }

        /// A pattern up to a character that ends it; what is escaped stays escaped.
        private mutating func pattern(until end: UInt8, depth: Int) throws(AssemblyError) -> [TextMatcher.Element] {
            var elements: [TextMatcher.Element] = []
            while let byte = current {
                offset += 1
                switch byte {
                case end: return elements
                case expansion.escape:
                    guard let next = current else { break }
                    offset += 1
                    elements.append(.byte(next))
                case UInt8(ascii: "*"): elements.append(.any)
                case UInt8(ascii: "?"): elements.append(.one)
                case UInt8(ascii: "$"): elements += try variable(depth: depth + 1).map { .byte($0) }
                default: elements.append(.byte(byte))
                }
            }
            throw AssemblyError(.unclosed("}"))
        }
    }
}
