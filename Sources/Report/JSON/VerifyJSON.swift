internal import CaseIndex
package import Correlation
package import StrictJSON

/// The document behind `verify --format json`.
package enum VerifyJSON {
    /// The document; `policy` is what a policy came to, when one was given, and `commits` what the signatures of commits
    /// did.
    package static func document(
        _ traces: [Trace],
        policy: JSONValue? = nil,
        commits: JSONValue? = nil
    ) -> JSONValue {
        let images: [(String, JSONValue)] = [("images", .array(traces.map(image)))]
        let others = [("policy", policy), ("commits", commits)].compactMap { name, value in value.map { (name, $0) } }
        return Document.make("verify", images + others)
    }

    private static func image(_ trace: Trace) -> JSONValue {
        .members(
            ImageJSON.heading(trace.entry) + [
                ("content", ImageJSON.content(trace.graph)),
                ("signatures", .array(trace.signatures.map { SignatureJSON.value($0) })),
            ]
        )
    }
}
