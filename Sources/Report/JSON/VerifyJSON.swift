internal import CaseIndex
package import Correlation
package import StrictJSON

/// The document behind `verify --format json`.
package enum VerifyJSON {
    /// The document.
    package static func document(_ traces: [Trace]) -> JSONValue {
        Document.make("verify", [("images", .array(traces.map(image)))])
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
