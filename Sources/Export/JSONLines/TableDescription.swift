internal import CaseIndex
internal import StrictJSON

/// The JSON Schema (draft 2020-12) of one table's rows.
struct TableDescription {
    let table: ExportedTable

    var schema: JSONValue {
        var properties: [(String, JSONValue)] = [
            ("case_id", ["type": "string", "pattern": "^[0-9a-f]{64}$"]),
            ("ordinal", Self.number(isRequired: true)),
        ]
        for (name, column) in zip(table.columns, table.source.columns) {
            properties.append((name, Self.schema(column)))
        }
        let required = ExportedTable.leading + table.columns
        properties.append(
            (
                "_exact",
                [
                    "description": "Numbers of this row beyond 2^53 - 1 a second time, as text.", "type": "object",
                    "additionalProperties": ["type": "string", "pattern": "^-?[0-9]+$"],
                ]
            )
        )
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": JSONValue("urn:raireki:export:\(table.name):\(CaseTable.schemaVersion)"),
            "title": JSONValue("One row of \(table.name): the table \(table.source.name) of a case."),
            "type": "object", "properties": .object(JSONObject(properties)),
            "required": .array(required.map { JSONValue($0) }), "additionalProperties": .bool(false),
        ]
    }

    private static func schema(_ column: CaseTable.Column) -> JSONValue {
        switch column.kind {
        case .integer: number(isRequired: column.isRequired)
        case .text:
            [
                "description": "Text; \\x and hexadecimal digits where the bytes are no text, or begin with \\x.",
                "type": type("string", column.isRequired),
            ]
        case .bytes: ["type": type("string", column.isRequired), "contentEncoding": "base64"]
        }
    }

    private static func number(isRequired: Bool) -> JSONValue {
        [
            "type": type("integer", isRequired), "minimum": JSONValue(Int64.min), "maximum": JSONValue(Int64.max),
        ]
    }

    private static func type(_ name: String, _ isRequired: Bool) -> JSONValue {
        isRequired ? JSONValue(name) : [JSONValue(name), "null"]
    }
}
