internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// The `Bundle` member of cosign's output: the signed entry timestamp with what it signs.
enum CosignBundle {
    /// From the layer's annotation, or rebuilt from the log entry of a Sigstore bundle.
    static func value(_ signature: TracedSignature, _ payload: JSONValue?) -> JSONValue? {
        annotation(signature, "dev.sigstore.cosign/bundle") ?? payload.flatMap(rebuilt)
    }

    /// An annotation of the signature's layer that holds JSON.
    static func annotation(_ signature: TracedSignature, _ key: String) -> JSONValue? {
        guard let annotations = try? JSONValue(parsing: Array(signature.record.annotations.utf8)),
            let text = annotations[key]?.string
        else { return nil }
        return try? JSONValue(parsing: Array(text.utf8))
    }

    private static func rebuilt(_ bundle: JSONValue) -> JSONValue? {
        guard let entry = bundle["verificationMaterial"]?["tlogEntries"]?.array?.first,
            let promise = entry["inclusionPromise"]?["signedEntryTimestamp"]?.string,
            let body = entry["canonicalizedBody"]?.string,
            let logID = entry["logId"]?["keyId"]?.string.flatMap({ Base64.decodeProtobuf($0) })
        else { return nil }
        return .members([
            ("SignedEntryTimestamp", JSONValue(promise)),
            (
                "Payload",
                .members([
                    ("body", JSONValue(body)),
                    ("integratedTime", integer(entry["integratedTime"])),
                    ("logIndex", integer(entry["logIndex"])),
                    ("logID", JSONValue(Hexadecimal.encode(logID))),
                ])
            ),
        ])
    }

    /// Protobuf's JSON writes 64-bit integers as strings; cosign prints numbers.
    private static func integer(_ value: JSONValue?) -> JSONValue {
        guard let value else { return .null }
        return value.string.flatMap { Int64($0) }.map { JSONValue($0) } ?? value
    }
}
