package import StrictJSON

/// The JSON Schema (draft 2020-12) of `report --format json`.
package enum ReportSchema {
    /// The document.
    package static let document: JSONValue = .members(
        [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"),
            ("$id", JSONValue(Document.schema("report"))),
            ("title", "Raireki provenance report"),
            (
                "description",
                "What a case holds of images: a claim is what a document says, a verdict what verification concluded."
            ),
        ]
            + object([
                ("schema", ["const": JSONValue(Document.schema("report"))]), ("images", list("image")),
                ("case", reference("case")),
            ]) + [("$defs", .members(definitions))]
    )

    private static let definitions: [(String, JSONValue)] =
        basics + images + signatures + correlations + commits + runs + cases

    // MARK: - Building blocks

    private static let string: JSONValue = ["type": "string"]
    private static let integer: JSONValue = ["type": "integer"]
    private static let boolean: JSONValue = ["type": "boolean"]
    private static let anything: JSONValue = true
    private static let optionalString: JSONValue = ["type": ["string", "null"]]
    private static let optionalInteger: JSONValue = ["type": ["integer", "null"]]
    private static let optionalBoolean: JSONValue = ["type": ["boolean", "null"]]
    private static let optionalTime = optional("time")

    private static func reference(_ name: String) -> JSONValue {
        ["$ref": JSONValue("#/$defs/\(name)")]
    }

    private static func optional(_ name: String) -> JSONValue {
        ["anyOf": [reference(name), ["type": "null"]]]
    }

    private static func list(_ name: String) -> JSONValue {
        ["type": "array", "items": reference(name)]
    }

    private static let strings: JSONValue = ["type": "array", "items": string]

    private static func words(_ words: [String]) -> JSONValue {
        ["enum": .strings(words)]
    }

    /// An object with exactly these members, of which some may be absent.
    private static func object(_ members: [(String, JSONValue)], optional absent: Set<String> = []) -> [(
        String, JSONValue
    )] {
        [
            ("type", "object"), ("properties", .members(members)),
            ("required", .strings(members.map(\.0).filter { !absent.contains($0) })),
            ("additionalProperties", false),
        ]
    }

    private static func definition(
        _ name: String,
        _ members: [(String, JSONValue)],
        optional absent: Set<String> = []
    ) -> (String, JSONValue) {
        (name, .members(object(members, optional: absent)))
    }

    private static let basics: [(String, JSONValue)] = [
        ("digest", ["type": "string", "pattern": "^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$"]),
        (
            "time",
            ["type": "string", "pattern": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$"]
        ),
        ("basis", words(SchemaWords.bases)),
    ]

    // MARK: - Images and signatures

    private static let images: [(String, JSONValue)] = [
        definition(
            "image",
            [
                ("digest", reference("digest")), ("names", strings), ("platforms", strings), ("present", boolean),
                ("standing", words(SchemaWords.standings)), ("chains", list("chain")), ("facts", list("fact")),
                ("commits", list("commit")), ("runs", list("run")), ("findings", list("finding")),
                ("content", reference("content")), ("signatures", list("signature")), ("warnings", list("warning")),
            ],
            optional: ["commits", "runs"]
        ),
        definition(
            "content",
            [
                ("outcome", words(SchemaWords.contents)), ("descriptors", list("descriptor")),
            ]
        ),
        definition(
            "descriptor",
            [
                ("source", integer), ("origin", reference("digest")), ("kind", string), ("position", integer),
                ("target", reference("digest")), ("mediaType", optionalString), ("size", optionalInteger),
                ("platform", optionalString), ("outcome", string), ("observedDigest", optional("digest")),
                ("observedSize", optionalInteger), ("claimedDiffID", optional("digest")),
                ("observedDiffID", optional("digest")),
            ]
        ),
    ]

    private static let signatures: [(String, JSONValue)] = [
        definition(
            "signature",
            [
                ("id", string), ("kind", string), ("subject", reference("digest")), ("carrier", reference("digest")),
                ("position", integer), ("payload", reference("digest")), ("predicateType", optionalString),
                ("foundAs", list("sighting")), ("verdict", optional("verdict")), ("checks", list("check")),
                ("certificates", list("certificate")), ("logEntries", list("logEntry")),
                ("signerStates", list("signerStatement")),
            ],
            optional: ["signerStates"]
        ),
        definition(
            "signerStatement",
            [("speaker", string), ("key", string), ("value", string), ("basis", reference("basis"))]
        ),
        definition("sighting", [("source", integer), ("storage", string)]),
        definition(
            "verdict",
            [
                ("authentic", boolean), ("trusted", optionalBoolean), ("identity", optionalString),
                ("issuer", optionalString), ("signedAt", optionalTime), ("strength", string), ("trustedRoot", string),
                ("policy", anything),
            ]
        ),
        definition(
            "check",
            [
                ("name", string), ("outcome", words(SchemaWords.outcomes)), ("reason", optionalString),
                ("detail", string),
            ]
        ),
        definition(
            "certificate",
            [
                ("digest", reference("digest")), ("subjectAlternativeName", optionalString),
                ("identityIssuer", optionalString), ("issuer", string), ("serial", string),
                ("notBefore", reference("time")),
                ("notAfter", reference("time")),
            ]
        ),
        definition(
            "logEntry",
            [
                ("logID", string), ("logIndex", integer), ("integratedTime", optionalTime), ("kind", string),
                ("version", string), ("hasPromise", boolean), ("hasProof", boolean),
            ]
        ),
    ]

    // MARK: - What was correlated

    private static let correlations: [(String, JSONValue)] = [
        definition("chain", [("signature", optionalString), ("authentic", boolean), ("links", list("link"))]),
        definition(
            "link",
            [
                ("station", words(SchemaWords.stations)), ("value", optionalString), ("detail", optionalString),
                ("basis", reference("basis")), ("objection", optionalString), ("claim", optionalInteger),
            ]
        ),
        definition(
            "fact",
            [
                ("fact", words(SchemaWords.facts)), ("verdict", words(SchemaWords.rows)),
                ("lacksCertificateCounterpart", boolean), ("values", list("value")),
                (
                    "conflicts",
                    ["type": "array", "items": ["type": "array", "items": integer, "minItems": 2, "maxItems": 2]]
                ),
            ]
        ),
        definition(
            "value",
            [
                ("claim", integer), ("value", string), ("compared", string), ("scope", optionalString),
                ("aspect", optionalString), ("basis", reference("basis")), ("speaker", string), ("key", string),
                ("subject", reference("digest")), ("signature", optionalString), ("readFrom", reference("digest")),
                ("pointer", string),
            ]
        ),
        definition(
            "finding",
            [
                ("rule", string), ("severity", words(SchemaWords.severities)), ("message", string),
                ("records", strings),
            ]
        ),
    ]

    /// Objects whose members depend on what the repository or the service holds.
    private static func open(_ name: String, _ members: [(String, JSONValue)]) -> (String, JSONValue) {
        (
            name,
            .members([
                ("type", "object"), ("properties", .members(members)), ("required", .strings(members.map(\.0))),
            ])
        )
    }

    private static let commits: [(String, JSONValue)] = [
        open(
            "commit",
            [("name", string), ("basis", reference("basis")), ("claims", ["type": "array", "items": integer])]
        )
    ]

    private static let runs: [(String, JSONValue)] = [
        definition(
            "run",
            [
                ("claim", integer), ("basis", reference("basis")), ("job", ["type": ["object", "null"]]),
                ("pipeline", ["type": ["object", "null"]]),
            ]
        )
    ]

    // MARK: - The case

    private static let cases: [(String, JSONValue)] = [
        definition(
            "case",
            [
                ("path", string), ("counts", ["type": "object", "additionalProperties": integer]),
                ("sources", list("source")), ("warnings", list("warning")), ("custody", list("activity")),
                ("custodyBrokenAt", optionalInteger),
            ]
        ),
        definition(
            "source",
            [
                ("id", integer), ("kind", string), ("path", string), ("digest", reference("digest")),
                ("importedAt", reference("time")), ("complete", boolean),
            ]
        ),
        definition(
            "warning",
            [
                ("source", integer), ("path", string), ("code", string), ("severity", words(SchemaWords.weights)),
                ("digest", optional("digest")), ("message", string),
            ]
        ),
        definition(
            "activity",
            [
                ("id", integer), ("startedAt", reference("time")), ("verb", string), ("arguments", anything),
                ("toolVersion", string), ("result", anything),
                ("previousHash", ["type": "string", "pattern": "^[0-9a-f]{64}$"]),
                ("hash", ["type": "string", "pattern": "^[0-9a-f]{64}$"]),
            ]
        ),
    ]
}
