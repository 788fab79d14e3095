internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning and dashboards.
package enum SARIFReport {
    /// Writes the log of a case of any size.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - version: The program's version.
    ///   - put: Where the log goes.
    ///   - each: Called for every image.
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        version: String,
        to put: @escaping ReportSink,
        each: (ImageDossier) -> Void
    ) throws {
        try put(
            "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n"
        )
        let opening: [(String, JSONValue)] = [
            ("tool", tool(version)), ("columnKind", "unicodeCodePoints"), ("invocations", invocations(stream.heading)),
        ]
        var artifacts: [JSONValue] = []
        var pieces = try JSONPieces(opening, list: "results") { try put($0) }
        try stream.forEach { dossier in
            each(dossier)
            let findings = dossier.trace.findings
            guard !findings.isEmpty else { return }
            for finding in findings {
                try pieces.add(result(finding, dossier.trace, artifact: artifacts.count))
            }
            artifacts.append(artifact(dossier.trace))
        }
        try pieces.finish([("artifacts", .array(artifacts))])
        try put("  ]\n}\n")
    }

    private static let rules = Rules.all.sorted { $0.id < $1.id }

    private static func tool(_ version: String) -> JSONValue {
        let rules = rules.map { rule -> JSONValue in
            [
                "id": JSONValue(rule.id), "name": JSONValue(camelCase(rule.id)),
                "shortDescription": ["text": JSONValue(rule.id.replacing("-", with: " "))],
                "fullDescription": ["text": JSONValue(rule.explanation)],
                "help": ["text": JSONValue(rule.explanation)],
                "defaultConfiguration": ["level": JSONValue(rule.severity.rawValue)],
                "properties": ["tags": ["security", "supply-chain"], "precision": "very-high"],
            ]
        }
        return [
            "driver": [
                "name": "raireki", "version": JSONValue(version), "semanticVersion": JSONValue(version),
                "rules": .array(rules),
            ]
        ]
    }

    /// A name in the form that SARIF suggests (§3.49.7).
    private static func camelCase(_ id: String) -> String {
        id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The run: whether it saw everything, and what it noticed about the evidence itself.
    private static func invocations(_ heading: CaseDossier) -> JSONValue {
        let notifications = heading.grave.prefix(1_000).map { warning -> JSONValue in
            [
                "descriptor": ["id": JSONValue(warning.code)],
                "level": JSONValue(warning.severity == .recovered ? "note" : "warning"),
                "message": ["text": JSONValue("\(warning.path): \(warning.message)")],
            ]
        }
        return [
            [
                "executionSuccessful": .bool(heading.incompleteSources.isEmpty),
                "toolExecutionNotifications": .array(notifications),
            ]
        ]
    }

    private static func result(_ finding: FindingRecord, _ trace: Trace, artifact: Int) -> JSONValue {
        let name = ImageTitle.text(trace).name
        let fingerprint = Digest(hashing: Array("\(finding.rule)\n\(finding.subject)\n\(finding.records)".utf8)).hex
        let index = rules.firstIndex { $0.id.utf8.elementsEqual(finding.rule.utf8) } ?? -1
        return [
            "ruleId": JSONValue(finding.rule), "ruleIndex": JSONValue(index),
            "level": JSONValue(finding.severity.rawValue),
            "message": ["text": JSONValue("\(shown(name)): \(finding.message)")],
            "locations": [
                [
                    "physicalLocation": [
                        "artifactLocation": ["uri": JSONValue(address(trace)), "index": JSONValue(artifact)]
                    ],
                    "logicalLocations": [["fullyQualifiedName": JSONValue(shown(name)), "kind": "resource"]],
                ]
            ],
            "partialFingerprints": ["findingRecords/v1": JSONValue(fingerprint)],
            "properties": [
                "image": JSONValue("\(finding.subject)"),
                "records": (try? JSONValue(parsing: Array(finding.records.utf8))) ?? .array([]),
            ],
        ]
    }

    private static func artifact(_ trace: Trace) -> JSONValue {
        [
            "location": ["uri": JSONValue(address(trace))], "roles": ["analysisTarget"],
            "hashes": .object(
                JSONObject([(trace.image.algorithm == .sha256 ? "sha-256" : "sha-512", JSONValue(trace.image.hex))])
            ),
        ]
    }

    /// The image as a package URL of the type `oci`; what is not a letter or digit in its name is percent-encoded.
    private static func address(_ trace: Trace) -> String {
        PackageAddress.text(trace)
    }

    private static func shown(_ text: String) -> String {
        VisibleText.guarded(text)
    }
}

/// An image as a package URL (purl-spec, type `oci`).
enum PackageAddress {
    static func text(_ trace: Trace) -> String {
        let full = trace.entry.names.first ?? trace.signedName ?? "image"
        let last = full.split(separator: "/").last.map(String.init) ?? full
        let parts = last.split(separator: ":", maxSplits: 1).map(String.init)
        let name = encoded(parts.first.map { $0.lowercased() } ?? "image")
        return "pkg:oci/\(name.isEmpty ? "image" : name)@\(trace.image.algorithm.rawValue)%3A\(trace.image.hex)"
    }

    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8.prefix(200) {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
                || byte == 0x2D || byte == 0x2E || byte == 0x5F
            result +=
                isPlain
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return result
    }
}
