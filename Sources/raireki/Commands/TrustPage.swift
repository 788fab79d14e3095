internal import Cryptography
internal import Presentation
internal import Sigstore
internal import StrictJSON

/// A trusted root as `trust list` and `trust show` print it.
struct TrustPage {
    private let name: String
    private let root: TrustedRoot
    private let digest: Digest?

    init(_ name: String, _ root: TrustedRoot, digest: Digest? = nil) {
        self.name = name
        self.root = root
        self.digest = digest
    }

    private var logs: [(kind: String, member: String, instances: [LogInstance])] {
        [
            ("transparency log", "transparencyLogs", root.transparencyLogs),
            ("certificate log", "certificateLogs", root.certificateLogs),
        ]
    }

    private var authorities: [(kind: String, member: String, instances: [CertificateAuthority])] {
        [
            ("certificate authority", "certificateAuthorities", root.certificateAuthorities),
            ("timestamp authority", "timestampAuthorities", root.timestampAuthorities),
        ]
    }

    // MARK: - Text

    /// One line for each log and authority.
    var summary: String {
        var rows: [[String]] = []
        for (kind, _, instances) in logs {
            rows += instances.map { [kind, Self.shown($0.baseURL), Self.shown($0.validity)] }
        }
        for (kind, _, instances) in authorities {
            rows += instances.map { [kind, Self.shown($0.uri), Self.shown($0.validity)] }
        }
        return "\(Self.shown(name))\n" + TrustColumns.text(rows, indentation: 2)
    }

    /// Every key and certificate.
    var text: String {
        var text = "trusted root  \(Self.shown(name))\n"
        if let digest { text += "digest        \(digest)\n" }
        for (kind, _, instances) in logs {
            for log in instances { text += "\n\(kind)  \(Self.shown(log.baseURL))\n" + Self.text(log) }
        }
        for (kind, _, instances) in authorities {
            for authority in instances {
                text += "\n\(kind)  \(Self.shown(authority.uri))\n" + Self.text(authority)
            }
        }
        return text
    }

    private static func text(_ log: LogInstance) -> String {
        TrustColumns.text(
            [
                ["id", Hexadecimal.encode(log.logID)],
                ["key", log.publicKey?.kind.registryName ?? shown("cannot be used: \(log.unusableKey ?? "")")],
                ["key digest", log.publicKey.map { $0.identifier.description } ?? "none"],
                ["valid", shown(log.validity)],
            ] + operatorRow(log.operatorName),
            indentation: 2
        )
    }

    private static func text(_ authority: CertificateAuthority) -> String {
        var text = TrustColumns.text(
            [["valid", shown(authority.validity)]] + operatorRow(authority.operatorName),
            indentation: 2
        )
        for (index, certificate) in authority.chain.enumerated() {
            text += "  certificate \(index + 1) of \(authority.chain.count)\n"
            text += TrustColumns.text(
                [
                    ["subject", shown(certificate.subjectName)],
                    ["issuer", shown(certificate.issuerName)],
                    ["serial", Hexadecimal.encode(certificate.fields.serial)],
                    ["digest", certificate.digest.description],
                    ["key", certificate.publicKey.kind.registryName],
                    ["key digest", certificate.publicKey.identifier.description],
                    ["valid", "\(certificate.fields.notBefore) to \(certificate.fields.notAfter)"],
                ],
                indentation: 4
            )
        }
        return text
    }

    /// Nothing where the root does not say who runs it.
    private static func operatorRow(_ name: String) -> [[String]] {
        name.isEmpty ? [] : [["operator", shown(name)]]
    }

    private static func shown(_ text: String) -> String {
        text.isEmpty ? "(no address)" : EscapedText(text, limit: 1_000).text
    }

    private static func shown(_ period: ValidityPeriod) -> String {
        "\(period.start.map { "\($0)" } ?? "any time") to \(period.end.map { "\($0)" } ?? "further notice")"
    }

    // MARK: - JSON

    /// The document of `trust show`.
    var json: JSONValue {
        .object(
            JSONObject([("schema", "urn:raireki:trusted-root:1")] + members.members.map { ($0.name.text, $0.value) })
        )
    }

    /// Its members without the schema's name.
    var members: JSONObject {
        var result = JSONObject([("name", JSONValue(name)), ("digest", JSONValue(digest?.description))])
        for (_, member, instances) in logs { result[member] = .array(instances.map(Self.json)) }
        for (_, member, instances) in authorities { result[member] = .array(instances.map(Self.json)) }
        return result
    }

    private static func json(_ log: LogInstance) -> JSONValue {
        [
            "url": JSONValue(log.baseURL),
            "id": JSONValue(Hexadecimal.encode(log.logID)),
            "operator": JSONValue(log.operatorName.isEmpty ? nil : log.operatorName),
            "key": JSONValue(log.publicKey?.kind.registryName),
            "keyDigest": JSONValue(log.publicKey?.identifier.description),
            "unusableKey": JSONValue(log.unusableKey),
            "validFrom": JSONValue(log.validity.start?.description),
            "validUntil": JSONValue(log.validity.end?.description),
        ]
    }

    private static func json(_ authority: CertificateAuthority) -> JSONValue {
        [
            "uri": JSONValue(authority.uri),
            "operator": JSONValue(authority.operatorName.isEmpty ? nil : authority.operatorName),
            "validFrom": JSONValue(authority.validity.start?.description),
            "validUntil": JSONValue(authority.validity.end?.description),
            "certificates": .array(authority.chain.map(Self.json)),
        ]
    }

    private static func json(_ certificate: Certificate) -> JSONValue {
        [
            "subject": JSONValue(certificate.subjectName),
            "issuer": JSONValue(certificate.issuerName),
            "serial": JSONValue(Hexadecimal.encode(certificate.fields.serial)),
            "digest": JSONValue(certificate.digest.description),
            "key": JSONValue(certificate.publicKey.kind.registryName),
            "keyDigest": JSONValue(certificate.publicKey.identifier.description),
            "validFrom": JSONValue(certificate.fields.notBefore.description),
            "validUntil": JSONValue(certificate.fields.notAfter.description),
        ]
    }
}

/// Columns of short text: each as wide as its widest cell.
enum TrustColumns {
    static func text(_ rows: [[String]], indentation: Int) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count + 2)
            }
            return String(repeating: " ", count: indentation) + cells.joined() + "\n"
        }.joined()
    }
}
