package import StrictJSON

/// A JSON document of ours: its schema is named in its first member.
package enum Document {
    /// Wraps members as a document.
    package static func make(_ name: String, _ members: [(String, JSONValue)]) -> JSONValue {
        .object(JSONObject([("schema", JSONValue(schema(name)))] + members))
    }

    /// The identifier of a schema; the number grows when a member changes its meaning or goes.
    package static func schema(_ name: String) -> String {
        "urn:raireki:\(name):1"
    }
}

extension JSONValue {
    /// An object from members in order.
    package static func members(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(JSONObject(members))
    }

    /// An array of strings.
    package static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { JSONValue($0) })
    }
}
