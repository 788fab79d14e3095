internal import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// The document behind `check claims --format json`.
package enum ClaimCheckJSON {
    /// Every image that was checked, with what was found.
    package static func document(_ images: [CheckedImage]) -> JSONValue {
        Document.make("claim-check", [("images", .array(images.map(value)))])
    }

    private static func value(_ image: CheckedImage) -> JSONValue {
        .members([
            ("digest", JSONValue("\(image.digest)")),
            ("names", .strings(image.names)),
            ("standing", JSONValue(image.standing.rawValue)),
            ("signatures", JSONValue(image.signatures)),
            ("unverified", JSONValue(image.unverified)),
            ("findings", .array(image.findings.map(TraceJSON.finding))),
        ])
    }
}
