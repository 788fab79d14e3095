/// What `--chmod` says: permission bits in octal, or changes of them such as `u+x,go=rX` (chmod(1)).
struct FileMode: Hashable, Sendable {
    private let steps: [Step]

    private struct Step: Hashable {
        /// The bits that may be changed.
        let who: Int
        let operation: UInt8
        let bits: Int
        /// Whether `x` is meant only for folders and what is executable already.
        let hasConditionalExecute: Bool
    }

    init?(_ text: String) {
        if !text.isEmpty, text.utf8.allSatisfy(\.isDigit) {
            guard let bits = Int(text, radix: 8), (0...0o7777).contains(bits) else { return nil }
            steps = [Step(who: 0o7777, operation: UInt8(ascii: "="), bits: bits, hasConditionalExecute: false)]
            return
        }
        var steps: [Step] = []
        for clause in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            guard let parsed = Self.steps(Array(clause)) else { return nil }
            steps += parsed
        }
        self.steps = steps
    }

    private static func steps(_ clause: [UInt8]) -> [Step]? {
        let whoBits: [UInt8: Int] = [
            UInt8(ascii: "u"): 0o4700, UInt8(ascii: "g"): 0o2070, UInt8(ascii: "o"): 0o1007, UInt8(ascii: "a"): 0o7777,
        ]
        let names = clause.prefix { whoBits[$0] != nil }
        let who = names.isEmpty ? 0o7777 : names.reduce(0) { $0 | (whoBits[$1] ?? 0) }
        var rest = clause[names.count...]
        var steps: [Step] = []
        while let operation = rest.popFirst() {
            guard Array("+-=".utf8).contains(operation) else { return nil }
            let letters = rest.prefix { !Array("+-=".utf8).contains($0) }
            rest = rest.dropFirst(letters.count)
            var bits = 0
            for letter in letters {
                switch letter {
                case UInt8(ascii: "r"): bits |= 0o444
                case UInt8(ascii: "w"): bits |= 0o222
                case UInt8(ascii: "x"): bits |= 0o111
                case UInt8(ascii: "s"): bits |= 0o6000
                case UInt8(ascii: "t"): bits |= 0o1000
                case UInt8(ascii: "X"): break
                default: return nil
                }
            }
            let isConditional = letters.contains(UInt8(ascii: "X"))
            steps.append(Step(who: who, operation: operation, bits: bits & who, hasConditionalExecute: isConditional))
        }
        return steps.isEmpty ? nil : steps
    }

    /// The permission bits after the changes.
    func applied(to mode: Int, isDirectory: Bool) -> Int {
        steps.reduce(mode) { mode, step in
            let isExecutable = isDirectory || mode & 0o111 != 0
            let bits = step.bits | (step.hasConditionalExecute && isExecutable ? 0o111 & step.who : 0)
            switch step.operation {
            case UInt8(ascii: "+"): return mode | bits
            case UInt8(ascii: "-"): return mode & ~bits
            default: return mode & ~step.who | bits
            }
        }
    }
}
