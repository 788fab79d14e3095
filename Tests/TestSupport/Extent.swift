internal import FoundationEssentials

/// How much is tried: a little in every run, everything with `Tests/run --long`.
package enum Extent {
    /// Whether `RAIREKI_LONG` is set, as `Tests/run --long` does.
    package static let isLong = ProcessInfo.processInfo.environment["RAIREKI_LONG"] != nil

    /// One of two numbers.
    package static func of(_ short: Int, long: Int) -> Int {
        isLong ? long : short
    }
}
