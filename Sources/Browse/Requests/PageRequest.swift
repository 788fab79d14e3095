/// What is asked for: the steps of a path, and parameters.
package struct PageRequest: Hashable, Sendable {
    /// The steps of the path, decoded; the last one without `.json`.
    package let steps: [String]
    /// The parameters in their order, decoded.
    package let parameters: [Parameter]
    /// Whether the JSON twin of the page is wanted.
    package let isDocument: Bool

    /// One parameter.
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// More parameters than this are refused.
    static let parameterLimit = 40

    /// Reads the target of a request, for example `/images.json?q=payments` (RFC 9112, section 3.2.1).
    ///
    /// - Throws: ``BrowseError/malformedAddress`` for what is no path of ours: not absolute, with `.` or `..` or empty
    ///   steps, or with bytes that are no text.
    package init(target: String) throws(BrowseError) {
        let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, path.first == UInt8(ascii: "/") else { throw .malformedAddress }
        var steps: [String] = []
        for step in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let text = try Self.decode(step, isParameter: false)
            guard text != ".", text != "..", !text.utf8.contains(UInt8(ascii: "/")) else { throw .malformedAddress }
            steps.append(text)
        }
        // Only the home page has an empty path.
        if steps == [""] { steps = [] }
        guard !steps.contains("") else { throw .malformedAddress }
        isDocument = steps.last?.hasSuffix(".json") ?? false
        if isDocument, let last = steps.popLast() { steps.append(String(last.dropLast(5))) }
        self.steps = steps == ["index"] ? [] : steps
        var parameters: [Parameter] = []
        if parts.count == 2 {
            for pair in parts[1].split(separator: UInt8(ascii: "&")) {
                let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                let value = try sides.count == 2 ? Self.decode(sides[1], isParameter: true) : ""
                parameters.append(Parameter(name: try Self.decode(sides[0], isParameter: true), value: value))
            }
        }
        guard parameters.count <= Self.parameterLimit else { throw .malformedAddress }
        self.parameters = parameters
    }

    /// The value of a parameter; nil when it is absent or empty.
    package func value(_ name: String) -> String? {
        parameters.last { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// A whole number.
    ///
    /// - Throws: ``BrowseError/badParameter(name:reason:)`` when it is none, or outside of the range.
    func number(_ name: String, in range: ClosedRange<Int>, otherwise standard: Int) throws(BrowseError) -> Int {
        guard let text = value(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw .badParameter(name: name, reason: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Refuses parameters that a page does not know: a misspelt filter must not look like an answer.
    func allow(_ names: [String]) throws(BrowseError) {
        for parameter in parameters where !names.contains(parameter.name) {
            throw .badParameter(
                name: parameter.name,
                reason: names.isEmpty ? "this page knows no parameters" : "one of \(names.joined(separator: ", "))"
            )
        }
    }

    /// Percent-encoding undone (RFC 3986, section 2.1); in parameters a plus is a space, as forms write it.
    private static func decode(_ bytes: Substring.UTF8View.SubSequence, isParameter: Bool) throws(BrowseError) -> String
    {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
                else { throw .malformedAddress }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where isParameter: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        guard !decoded.contains(0), let text = String(validating: decoded, as: UTF8.self) else {
            throw .malformedAddress
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
