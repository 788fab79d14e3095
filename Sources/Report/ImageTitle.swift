internal import CaseIndex
internal import Correlation
internal import Cryptography

/// What a page calls an image.
enum ImageTitle {
    /// The names that evidence gives; where it gives none, the name in a signed document, said to be just that.
    static func text(_ trace: Trace) -> (name: String, isStated: Bool) {
        if !trace.entry.names.isEmpty { return (trace.entry.names.joined(separator: ", "), true) }
        if let name = trace.signedName { return (name, false) }
        return ("\(trace.image.algorithm.rawValue):\(trace.image.short)", true)
    }

    /// The remark beside a name that only the signer gives.
    static let remark = "named so by the signer; the evidence gives it no name"
}
