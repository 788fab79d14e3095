internal import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020), which code hosts and editors
/// read.
package enum SARIFDocument {
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

    /// One run over images: every rule, and a result for each finding.
    ///
    /// - Parameters:
    ///   - images: The images that were checked.
    ///   - version: The version of the tool.
    /// - Returns: The document.
    package static func document(_ images: [CheckedImage], version: String) -> JSONValue {
        let numbers = Dictionary(Rules.all.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let results = images.enumerated().flatMap { index, image in
            image.findings.map { result($0, image, index, numbers) }
        }
        let driver = JSONValue.members([
            ("name", "raireki"),
            ("version", JSONValue(version)),
            ("semanticVersion", JSONValue(version)),
            ("rules", .array(Rules.all.map(descriptor))),
        ])
        let run = JSONValue.members([
            ("tool", ["driver": driver]),
            ("invocations", [["executionSuccessful": true]]),
            ("columnKind", "unicodeCodePoints"),
            ("artifacts", .array(images.map(artifact))),
            ("results", .array(results)),
        ])
        return .members([("$schema", JSONValue(schema)), ("version", "2.1.0"), ("runs", [run])])
    }

    private static func descriptor(_ rule: any Rule) -> JSONValue {
        let help = "\(rule.guidance.examines) \(rule.guidance.innocentCause) \(rule.guidance.collect)"
        return .members([
            ("id", JSONValue(rule.id)),
            ("shortDescription", ["text": JSONValue(rule.guidance.summary)]),
            ("fullDescription", ["text": JSONValue(rule.explanation)]),
            ("help", ["text": JSONValue(help)]),
            ("defaultConfiguration", ["level": JSONValue(rule.severity.rawValue)]),
        ])
    }

    /// An image; a digest has the form of a URI.
    private static func artifact(_ image: CheckedImage) -> JSONValue {
        .members([
            ("location", ["uri": JSONValue("\(image.digest)")]),
            ("hashes", .members([(hashName(image.digest.algorithm), JSONValue(image.digest.hex))])),
            ("properties", ["names": .strings(image.names)]),
        ])
    }

    /// The names of the IANA's registry of hash functions, which the format asks for.
    private static func hashName(_ algorithm: DigestAlgorithm) -> String {
        switch algorithm {
        case .sha256: "sha-256"
        case .sha384: "sha-384"
        case .sha512: "sha-512"
        }
    }

    private static func result(
        _ finding: FindingRecord,
        _ image: CheckedImage,
        _ index: Int,
        _ numbers: [String: Int]
    ) -> JSONValue {
        let location = JSONValue.members([
            (
                "physicalLocation",
                [
                    "artifactLocation": .members([
                        ("uri", JSONValue("\(image.digest)")), ("index", JSONValue(index)),
                    ])
                ]
            ),
            (
                "logicalLocations",
                [
                    .members([
                        ("fullyQualifiedName", JSONValue(image.names.first ?? "\(image.digest)")), ("kind", "object"),
                    ])
                ]
            ),
        ])
        let print = Digest(hashing: Array("\(finding.rule)\n\(finding.subject)\n\(finding.message)".utf8))
        return .members([
            ("ruleId", JSONValue(finding.rule)),
            ("ruleIndex", JSONValue(numbers[finding.rule] ?? -1)),
            ("kind", "fail"),
            ("level", JSONValue(finding.severity.rawValue)),
            ("message", ["text": JSONValue(finding.message)]),
            ("locations", [location]),
            ("partialFingerprints", ["finding/v1": JSONValue(print.hex)]),
            ("properties", ["records": (try? JSONValue(parsing: Array(finding.records.utf8))) ?? .array([])]),
        ])
    }
}
