internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Presentation
internal import StrictJSON

/// A case in CASE 1.4 and UCO 1.4 as JSON-LD, for laboratories: exhibits, what was done with them, and what was found.
package enum CASEReport {
    /// Writes the graph of a case of any size.
    ///
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        version: String,
        to put: @escaping ReportSink,
        each: (ImageDossier) -> Void
    ) throws {
        let heading = stream.heading
        let names = KnowledgeNames(heading)
        var pieces = try JSONPieces([("@context", context)], list: "@graph", put)
        try pieces.add(tool(names, version))
        for source in heading.sources {
            for node in exhibit(source, names) { try pieces.add(node) }
        }
        var previous: ActivityRecord?
        for activity in heading.activities {
            try pieces.add(action(activity, after: previous, heading, names))
            previous = activity
        }
        try pieces.add(investigation(heading, names))
        let known = Set(heading.sources.map(\.id))
        try stream.forEach { dossier in
            each(dossier)
            for node in CASEImage(dossier.trace, names, sources: known).nodes { try pieces.add(node) }
        }
        try pieces.finish()
    }

    private static let context: JSONValue = [
        "kb": "urn:raireki:kb:",
        "case-investigation": "https://ontology.caseontology.org/case/investigation/",
        "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
        "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
        "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
        "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
        "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    ]

    private static func tool(_ names: KnowledgeNames, _ version: String) -> JSONValue {
        names.node(
            "tool",
            "raireki",
            "uco-tool:Tool",
            [
                ("uco-core:name", "raireki"), ("uco-tool:version", JSONValue(version)),
            ]
        )
    }

    /// A piece of evidence, and its number as an exhibit.
    private static func exhibit(_ source: SourceRecord, _ names: KnowledgeNames) -> [JSONValue] {
        let key = "\(source.id)"
        let path = EscapedText(source.path, limit: 4_000).text
        var facets = [
            names.node("file-facet", key, "uco-observable:FileFacet", [("uco-observable:filePath", JSONValue(path))])
        ]
        // Of a folder the digest is that of the list of its files, and no file's own.
        if source.isOneFile {
            facets.append(names.content(key, source.digest, mediaType: nil))
        }
        return [
            names.node(
                "exhibit-file",
                key,
                source.isOneFile ? "uco-observable:File" : "uco-observable:ObservableObject",
                [
                    ("uco-core:name", JSONValue(path)),
                    ("uco-core:description", JSONValue("\(source.kind), digest \(source.digest)")),
                    ("uco-core:hasFacet", .array(facets)),
                ]
            ),
            names.node(
                "exhibit",
                key,
                "case-investigation:ProvenanceRecord",
                [
                    ("uco-core:description", JSONValue(source.isComplete ? "read to its end" : "not read to its end")),
                    ("case-investigation:exhibitNumber", JSONValue("E\(source.id)")),
                    ("uco-core:object", names.reference("exhibit-file", key)),
                ]
            ),
        ]
    }

    /// One run of the custody log.
    private static func action(
        _ activity: ActivityRecord,
        after previous: ActivityRecord?,
        _ heading: CaseDossier,
        _ names: KnowledgeNames
    ) -> JSONValue {
        let made = heading.sources.filter { $0.importedAt == activity.startedAt }
        var members: [(String, JSONValue)] = [
            ("uco-core:name", JSONValue(EscapedText(activity.verb, limit: 200).text)),
            (
                "uco-core:description",
                JSONValue(
                    "\(EscapedText(CommandText.line(activity), limit: 8_000)); record \(activity.id) of the custody log, hash \(activity.hash)"
                )
            ),
            ("uco-action:startTime", ["@type": "xsd:dateTime", "@value": JSONValue("\(activity.startedAt)")]),
            ("uco-action:instrument", names.reference("tool", "raireki")),
        ]
        if !made.isEmpty {
            members.append(("uco-action:object", .array(made.map { names.reference("exhibit-file", "\($0.id)") })))
            members.append(("uco-action:result", .array(made.map { names.reference("exhibit", "\($0.id)") })))
        }
        if let previous {
            members.append(("case-investigation:wasInformedBy", names.reference("action", "\(previous.id)")))
        }
        return names.node("action", "\(activity.id)", "case-investigation:InvestigativeAction", members)
    }

    private static func investigation(_ heading: CaseDossier, _ names: KnowledgeNames) -> JSONValue {
        let parts =
            heading.sources.map { names.reference("exhibit", "\($0.id)") }
            + heading.activities.map { names.reference("action", "\($0.id)") }
        return names.node(
            "investigation",
            "case",
            "case-investigation:Investigation",
            [
                ("uco-core:name", JSONValue(EscapedText(heading.path, limit: 4_000).text)),
                ("case-investigation:focus", "Provenance of container images"),
                ("uco-core:object", .array(parts)),
            ]
        )
    }
}

extension SourceRecord {
    /// Whether its digest is that of one file: archives and bundles are, whatever else may be a folder.
    fileprivate var isOneFile: Bool {
        kind.utf8.suffix(8).elementsEqual("-archive".utf8) || kind.utf8.elementsEqual("git-bundle".utf8)
    }
}

/// One image of the graph: what it is, where it lies, and what was found.
private struct CASEImage {
    let nodes: [JSONValue]

    init(_ trace: Trace, _ names: KnowledgeNames, sources known: Set<Int64>) {
        let key = "\(trace.image)"
        let (title, sentence) = Wording.standing(trace.standing)
        var nodes = [
            names.node(
                "image",
                key,
                "uco-observable:ObservableObject",
                [
                    ("uco-core:name", JSONValue(EscapedText(ImageTitle.text(trace).name, limit: 4_000).text)),
                    (
                        "uco-core:hasFacet",
                        .array([
                            names.content(
                                key,
                                trace.image,
                                mediaType: trace.graph.descriptors.first { $0.target == trace.image }?.mediaType
                            )
                        ])
                    ),
                ]
            ),
            names.node(
                "verdict",
                key,
                "uco-core:Annotation",
                [
                    ("uco-core:tag", JSONValue("verdict:\(trace.standing.rawValue)")),
                    ("uco-core:statement", JSONValue("\(title). \(sentence)")),
                    ("uco-core:object", names.reference("image", key)),
                ]
            ),
        ]
        for source in Set(trace.graph.descriptors.map(\.sourceID)).intersection(known).sorted() {
            nodes.append(
                names.node(
                    "place",
                    "\(key)/\(source)",
                    "uco-observable:ObservableRelationship",
                    [
                        ("uco-core:source", names.reference("image", key)),
                        ("uco-core:target", names.reference("exhibit-file", "\(source)")),
                        ("uco-core:kindOfRelationship", "Contained_Within"), ("uco-core:isDirectional", true),
                    ]
                )
            )
        }
        for (place, finding) in trace.findings.enumerated() {
            nodes.append(
                names.node(
                    "finding",
                    "\(key)/\(place)",
                    "uco-core:Annotation",
                    [
                        (
                            "uco-core:tag",
                            .array([
                                JSONValue("rule:\(finding.rule)"), JSONValue("severity:\(finding.severity.rawValue)"),
                            ])
                        ),
                        ("uco-core:statement", JSONValue(VisibleText.guarded(finding.message))),
                        ("uco-core:description", JSONValue("rests on \(finding.records)")),
                        ("uco-core:object", names.reference("image", key)),
                    ]
                )
            )
        }
        self.nodes = nodes
    }
}

/// Names of things that are the same in every run, from the first record of the custody log and what is named: UUIDs in
/// the layout of version 5 (RFC 9562 §5.5), because UCO's shapes know no later one, of which the bits are SHA-256's.
struct KnowledgeNames {
    private let root: String

    init(_ heading: CaseDossier) {
        root = heading.activities.first?.hash ?? heading.sources.first.map { "\($0.digest)" } ?? ""
    }

    func name(_ kind: String, _ key: String) -> String {
        "kb:\(kind)-\(Self.uuid("\(root)\n\(kind)\n\(key)"))"
    }

    func reference(_ kind: String, _ key: String) -> JSONValue {
        ["@id": JSONValue(name(kind, key))]
    }

    func node(_ kind: String, _ key: String, _ type: String, _ members: [(String, JSONValue)]) -> JSONValue {
        .members([("@id", JSONValue(name(kind, key))), ("@type", JSONValue(type))] + members)
    }

    /// The facet that holds a digest.
    func content(_ key: String, _ digest: Digest, mediaType: String?) -> JSONValue {
        let method = digest.algorithm == .sha256 ? "SHA256" : "SHA512"
        let hash = node(
            "hash",
            key,
            "uco-types:Hash",
            [
                ("uco-types:hashMethod", JSONValue(method)),
                ("uco-types:hashValue", ["@type": "xsd:hexBinary", "@value": JSONValue(digest.hex)]),
            ]
        )
        let type = mediaType.map { [("uco-observable:mimeType", JSONValue(EscapedText($0, limit: 200).text))] } ?? []
        return node("content-facet", key, "uco-observable:ContentDataFacet", type + [("uco-observable:hash", hash)])
    }

    static func uuid(_ text: String) -> String {
        var bytes = Array(Digest(hashing: Array(text.utf8)).bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hex = Array(Hexadecimal.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }
}
