internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Presentation

/// The tables of a report as comma-separated values (RFC 4180), for spreadsheets.
package struct CSVTable: Sendable {
    /// What `--table` calls it, and the file below `--csv` is called.
    package let name: String
    let columns: [String]
    /// Rows that are said of the whole case.
    var heading: @Sendable (CaseDossier) -> [[String]] = { _ in [] }
    /// Rows that are said of one image.
    var rows: @Sendable (ImageDossier) -> [[String]] = { _ in [] }

    /// Every name.
    package static var names: [String] { all.map(\.name) }

    /// Every table.
    package static let all = [
        images, claims, signatures, checks, certificates, logEntries, findings, content, commits, warnings, sources,
        custody,
    ]

    /// The header, or a row: cells in quotes where they must be, lines ended as the RFC says.
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// Text from evidence, in which what hides or moves is shown as an escape.
    static func cell(_ text: String) -> String {
        CSVField.text(EscapedText(text, limit: TextCell.limit).text)
    }

    /// Writes one table, or all of them in one pass over the case.
    ///
    /// - Parameters:
    ///   - tables: The tables.
    ///   - stream: The case.
    ///   - put: Where lines go, by the place of the table.
    ///   - each: Called for every image.
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ tables: [CSVTable],
        _ stream: DossierStream,
        to put: (Int, String) throws -> Void,
        each: (ImageDossier) -> Void
    ) throws {
        for (place, table) in tables.enumerated() {
            try put(place, line(table.columns) + table.heading(stream.heading).map(line).joined())
        }
        try stream.forEach { dossier in
            each(dossier)
            for (place, table) in tables.enumerated() {
                let text = table.rows(dossier).map(line).joined()
                if !text.isEmpty { try put(place, text) }
            }
        }
    }
}

// MARK: - Of images

extension CSVTable {
    private static let images = CSVTable(
        name: "images",
        columns: [
            "image", "names", "platforms", "verdict", "content", "signatures", "signer", "issuer", "signed_at", "run",
            "commit", "errors", "warnings", "notes",
        ],
        rows: { dossier in
            let line = ImageLine(dossier.trace)
            let entry = dossier.trace.entry
            let count = { (severity: FindingSeverity) in "\(line.findings.count { $0.severity == severity })" }
            return [
                [
                    "\(line.digest)", entry.names.joined(separator: " "), entry.platforms.joined(separator: " "),
                    line.standing.rawValue, line.content.rawValue, "\(line.signatureCount)", line.signer?.value ?? "",
                    line.signer?.detail ?? "", line.signedAt?.description ?? "", line.run?.value ?? "",
                    line.commit?.value ?? "", count(.error), count(.warning), count(.note),
                ]
            ]
        }
    )

    private static let claims = CSVTable(
        name: "claims",
        columns: [
            "image", "fact", "verdict", "aspect", "value", "compared", "speaker", "key", "basis", "signature",
            "subject",
            "read_from", "pointer", "claim",
        ],
        rows: { dossier in
            dossier.trace.rows.flatMap { row in
                row.values.map { value in
                    let claim = value.claim
                    return [
                        "\(dossier.trace.image)", row.fact.rawValue, row.verdict.rawValue, value.value.aspect.rawValue,
                        claim.value, value.value.normal, claim.speaker.rawValue, claim.key, value.basis.rawValue,
                        claim.signatureID ?? "", "\(claim.subject)", "\(claim.readFrom)", claim.pointer, "\(claim.id)",
                    ]
                }
            }
        }
    )

    private static let findings = CSVTable(
        name: "findings",
        columns: ["image", "rule", "severity", "message", "records"],
        rows: { dossier in
            dossier.trace.findings.map {
                [
                    "\($0.subject)", $0.rule, $0.severity.rawValue, $0.message, $0.records,
                ]
            }
        }
    )

    private static let content = CSVTable(
        name: "content",
        columns: [
            "image", "origin", "kind", "position", "target", "media_type", "size", "platform", "outcome",
            "observed_digest", "observed_size", "source",
        ],
        rows: { dossier in
            dossier.trace.graph.descriptors.map { record in
                [
                    "\(dossier.trace.image)", "\(record.origin)", record.kind.rawValue, "\(record.position)",
                    "\(record.target)", record.mediaType ?? "", record.size.map { "\($0)" } ?? "",
                    record.platform ?? "", record.outcome.rawValue, record.observedDigest.map { "\($0)" } ?? "",
                    record.observedSize.map { "\($0)" } ?? "", "\(record.sourceID)",
                ]
            }
        }
    )

    private static let commits = CSVTable(
        name: "commits",
        columns: [
            "image", "commit", "basis", "in_case", "subject", "author", "author_mail", "committer", "committer_mail",
        ],
        rows: { dossier in
            dossier.trace.commits.map { commit in
                let record = commit.record
                return [
                    "\(dossier.trace.image)", commit.name, commit.basis.rawValue, record == nil ? "no" : "yes",
                    record?.subject ?? "", record?.author.name ?? "", record?.author.mail ?? "",
                    record?.committer.name ?? "", record?.committer.mail ?? "",
                ]
            }
        }
    )
}

// MARK: - Of signatures

extension CSVTable {
    private static let signatures = CSVTable(
        name: "signatures",
        columns: [
            "image", "signature", "kind", "subject", "carrier", "payload", "predicate_type", "found_as", "authentic",
            "trusted", "identity", "issuer", "signed_at", "strength", "trusted_root", "policy",
        ],
        rows: { dossier in
            dossier.trace.signatures.map { signature in
                let (record, verdict) = (signature.record, signature.verdict)
                let places = signature.storages.map(\.rawValue).sorted()
                return [
                    "\(dossier.trace.image)", record.id, record.kind.rawValue, "\(record.subject)", "\(record.carrier)",
                    "\(record.payload)", record.predicateType ?? "", places.joined(separator: " "),
                    verdict.map { $0.isAuthentic ? "yes" : "no" } ?? "",
                    verdict?.isTrusted.map { $0 ? "yes" : "no" } ?? "", verdict?.identity ?? "",
                    verdict?.identityIssuer ?? "", verdict?.signedAt?.description ?? "", verdict?.strength ?? "",
                    verdict?.trustedRoot ?? "", verdict?.policy ?? "",
                ]
            }
        }
    )

    private static let checks = CSVTable(
        name: "checks",
        columns: ["image", "signature", "position", "check", "outcome", "reason", "detail"],
        rows: { dossier in
            dossier.trace.signatures.flatMap { signature in
                signature.checks.map {
                    [
                        "\(dossier.trace.image)", $0.signatureID, "\($0.position)", $0.name, $0.outcome.rawValue,
                        $0.reason ?? "", $0.detail,
                    ]
                }
            }
        }
    )

    private static let certificates = CSVTable(
        name: "certificates",
        columns: [
            "image", "signature", "certificate", "subject_alternative_name", "identity_issuer", "issuer", "serial",
            "not_before", "not_after",
        ],
        rows: { dossier in
            dossier.trace.signatures.flatMap { signature in
                signature.certificates.map {
                    [
                        "\(dossier.trace.image)", $0.signatureID, "\($0.digest)", $0.subjectAlternativeName ?? "",
                        $0.identityIssuer ?? "", $0.issuer, $0.serial, "\($0.notBefore)", "\($0.notAfter)",
                    ]
                }
            }
        }
    )

    private static let logEntries = CSVTable(
        name: "log-entries",
        columns: ["image", "signature", "log", "index", "integrated_time", "kind", "version", "promise", "proof"],
        rows: { dossier in
            dossier.trace.signatures.flatMap { signature in
                signature.logEntries.map {
                    [
                        "\(dossier.trace.image)", signature.record.id, $0.logID, "\($0.logIndex)",
                        $0.integratedTime?.description ?? "", $0.kind, $0.version, $0.hasPromise ? "yes" : "no",
                        $0.hasProof ? "yes" : "no",
                    ]
                }
            }
        }
    )
}

// MARK: - Of the case

extension CSVTable {
    private static let warnings = CSVTable(
        name: "warnings",
        columns: ["source", "path", "code", "severity", "digest", "message"],
        heading: { heading in
            heading.warnings.map {
                [
                    "\($0.sourceID)", $0.path, $0.code, $0.severity.rawValue, $0.digest.map { "\($0)" } ?? "",
                    $0.message,
                ]
            }
        }
    )

    private static let sources = CSVTable(
        name: "sources",
        columns: ["source", "kind", "path", "digest", "imported_at", "complete"],
        heading: { heading in
            heading.sources.map {
                [
                    "\($0.id)", $0.kind, $0.path, "\($0.digest)", "\($0.importedAt)", $0.isComplete ? "yes" : "no",
                ]
            }
        }
    )

    private static let custody = CSVTable(
        name: "custody",
        columns: [
            "run", "started_at", "verb", "command", "tool_version", "result", "content", "previous_hash", "hash",
        ],
        heading: { heading in
            heading.activities.map {
                [
                    "\($0.id)", "\($0.startedAt)", $0.verb, CommandText.line($0), $0.toolVersion, $0.result, $0.content,
                    $0.previousHash, $0.hash,
                ]
            }
        }
    )
}
