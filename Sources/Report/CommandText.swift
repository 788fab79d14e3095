package import CaseIndex
internal import StrictJSON

/// The command line of a custody record as somebody would type it.
package enum CommandText {
    package static func line(_ activity: ActivityRecord) -> String {
        if let first = (try? JSONValue(parsing: Array(activity.arguments.utf8)))?["continues"]?.int64 {
            return "\(activity.verb) … (continues run \(first))"
        }
        guard let words = try? JSONValue(parsing: Array(activity.arguments.utf8)).array,
            words.allSatisfy({ $0.string != nil }), !words.isEmpty
        else { return "\(activity.verb) \(activity.arguments)" }
        return words.compactMap(\.string).map(quoted).joined(separator: " ")
    }

    /// A word in single quotes when a shell would take it apart (POSIX, "Quoting").
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_./:=@%+,".unicodeScalars.contains(scalar)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
