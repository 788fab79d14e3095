internal import CaseIndex
internal import Cryptography

/// A span of time in one unit.
enum Elapsed {
    static func words(_ first: Timestamp, _ last: Timestamp) -> String {
        let (seconds, overflow) = last.seconds.subtractingReportingOverflow(first.seconds)
        guard !overflow else { return "very long" }
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(Count.grouped(Int(clamping: seconds / 86_400))) days"
        }
    }
}
