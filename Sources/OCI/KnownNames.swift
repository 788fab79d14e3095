internal import StrictJSON

/// The names that have a meaning in one kind of object.
struct KnownNames: Sendable {
    private let names: Set<JSONString>
    private let folded: Set<[UInt32]>
    /// The bytes of the longest name that a reader which ignores case may take for one of these.
    private let longest: Int

    init(_ names: [String]) {
        self.names = Set(names.map { JSONString($0) })
        folded = Set(names.map(Self.folded))
        longest = 3 * (names.map(\.unicodeScalars.count).max() ?? 0)
    }

    /// Whether a name is none of these, and other readers take it for one.
    func isImitated(by name: JSONString) -> Bool {
        !names.contains(name) && name.text.utf8.count <= longest && folded.contains(Self.folded(name.text))
    }

    /// The name as readers see it that ignore case: ASCII letters, the long s and the Kelvin sign (as Go's `encoding/json`).
    private static func folded(_ name: String) -> [UInt32] {
        name.unicodeScalars.map { scalar in
            switch scalar {
            case "A"..."Z": scalar.value + 32
            case "\u{17F}": Unicode.Scalar("s").value
            case "\u{212A}": Unicode.Scalar("k").value
            default: scalar.value
            }
        }
    }
}
