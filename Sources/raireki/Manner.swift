/// How a command talks to whoever started it.
struct Manner: Hashable, Sendable {
    /// How much is said beside the answer.
    enum Loudness: Hashable, Sendable {
        /// Errors alone.
        case quiet
        case normal
        /// Also what is read, and what is decided by it.
        case verbose
    }

    var loudness = Loudness.normal
    var color = ColorChoice.auto
    /// Whether long values are shown whole where a table would shorten them.
    var showsWhole = false
}

/// When text is coloured.
enum ColorChoice: String, CaseIterable, Sendable {
    case auto, always, never

    /// Whether text for a stream is coloured.
    ///
    /// What is asked for on the command line goes before `NO_COLOR` (no-color.org: set and not empty), and that before
    /// `CLICOLOR_FORCE` (bixense.com/clicolors: set, and not 0); a terminal that knows no colours gets none.
    func isColoured(isTerminal: Bool, _ environment: [String: String]) -> Bool {
        func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            if isSet("NO_COLOR") { return false }
            if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" { return true }
            return isTerminal && environment["TERM"] != "dumb"
        }
    }
}
