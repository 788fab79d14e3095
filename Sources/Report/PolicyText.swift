internal import StrictJSON

/// The expectation that a verdict was judged by, in a sentence.
enum PolicyText {
    static func sentence(_ policy: String) -> String {
        guard let json = try? JSONValue(parsing: Array(policy.utf8)) else { return policy }
        if let document = json["policy"] { return rules(document, time: json["at"]?.string) }
        guard let expectation = json["expectation"] else { return policy }
        var parts = [
            pattern("identity", expectation["certificateIdentity"]),
            pattern("issuer", expectation["certificateOIDCIssuer"]),
        ].compactMap(\.self)
        for known in expectation["certificateExtensions"]?.array ?? [] {
            parts.append("\(known["name"]?.string ?? "") \(known["value"]?.string ?? "")")
        }
        for annotation in expectation["annotations"]?.array ?? [] {
            parts.append("annotation \(annotation["key"]?.string ?? "")=\(annotation["value"]?.string ?? "")")
        }
        if expectation["key"]?.bool == true { parts.append("one of the keys that were given") }
        if let time = json["at"]?.string { parts.append("as of \(time)") }
        return parts.isEmpty ? "nobody in particular" : parts.joined(separator: "; ")
    }

    /// The rules of a policy document that name the image.
    private static func rules(_ document: JSONValue, time: String?) -> String {
        let names = (document["rules"]?.array ?? []).compactMap(\.string)
        let rules = names.isEmpty ? "no rule" : "rule " + names.joined(separator: ", ")
        let parts = ["\(rules) of the policy \(document["name"]?.string ?? "")", time.map { "as of \($0)" }]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    private static func pattern(_ name: String, _ value: JSONValue?) -> String? {
        if let text = value?["exactly"]?.string { return "\(name) \(text)" }
        return value?["matching"]?.string.map { "\(name) matching \($0)" }
    }
}
