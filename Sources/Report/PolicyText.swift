internal import StrictJSON

/// The expectation that a verdict was judged by, in a sentence.
enum PolicyText {
    static func sentence(_ policy: String) -> String {
        guard let json = try? JSONValue(parsing: Array(policy.utf8)), let expectation = json["expectation"]
        else { return policy }
        var parts = [
            pattern("identity", expectation["certificateIdentity"]),
            pattern("issuer", expectation["certificateOIDCIssuer"]),
        ].compactMap(\.self)
        for annotation in expectation["annotations"]?.array ?? [] {
            parts.append("annotation \(annotation["key"]?.string ?? "")=\(annotation["value"]?.string ?? "")")
        }
        if expectation["key"]?.bool == true { parts.append("one of the keys that were given") }
        if let time = json["at"]?.string { parts.append("as of \(time)") }
        return parts.isEmpty ? "nobody in particular" : parts.joined(separator: "; ")
    }

    private static func pattern(_ name: String, _ value: JSONValue?) -> String? {
        if let text = value?["exactly"]?.string { return "\(name) \(text)" }
        return value?["matching"]?.string.map { "\(name) matching \($0)" }
    }
}
