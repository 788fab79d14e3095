internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// A signature with its verdict and every check.
enum SignatureJSON {
    static func value(_ signature: TracedSignature, sightings: [SightingRecord] = []) -> JSONValue {
        let record = signature.record
        let members: [(String, JSONValue)] = [
            ("id", JSONValue(record.id)),
            ("kind", JSONValue(record.kind.rawValue)),
            ("subject", JSONValue("\(record.subject)")),
            ("carrier", JSONValue("\(record.carrier)")),
            ("position", JSONValue(record.position)),
            ("payload", JSONValue("\(record.payload)")),
            ("predicateType", JSONValue(record.predicateType)),
            ("foundAs", .array(sightings.map(sighting))),
            ("verdict", signature.verdict.map(verdict) ?? .null),
            ("checks", .array(signature.checks.map(check))),
            ("certificates", .array(signature.certificates.map(certificate))),
            ("logEntries", .array(signature.logEntries.map(logEntry))),
        ]
        guard !signature.statements.isEmpty else { return .members(members) }
        return .members(members + [("signerStates", .array(signature.statements.map(statement)))])
    }

    private static func statement(_ statement: SignerStatement) -> JSONValue {
        .members([
            ("speaker", JSONValue(statement.speaker.rawValue)), ("key", JSONValue(statement.key)),
            ("value", JSONValue(statement.value)), ("basis", JSONValue(statement.basis.rawValue)),
        ])
    }

    private static func sighting(_ sighting: SightingRecord) -> JSONValue {
        .members([("source", JSONValue(sighting.sourceID)), ("storage", JSONValue(sighting.storage.rawValue))])
    }

    private static func verdict(_ verdict: VerdictRecord) -> JSONValue {
        .members([
            ("authentic", .bool(verdict.isAuthentic)),
            ("trusted", verdict.isTrusted.map { .bool($0) } ?? .null),
            ("identity", JSONValue(verdict.identity)),
            ("issuer", JSONValue(verdict.identityIssuer)),
            ("signedAt", JSONValue(verdict.signedAt?.description)),
            ("strength", JSONValue(verdict.strength)),
            ("trustedRoot", JSONValue(verdict.trustedRoot)),
            ("policy", (try? JSONValue(parsing: Array(verdict.policy.utf8))) ?? JSONValue(verdict.policy)),
        ])
    }

    private static func check(_ check: CheckRecord) -> JSONValue {
        .members([
            ("name", JSONValue(check.name)),
            ("outcome", JSONValue(check.outcome.rawValue)),
            ("reason", JSONValue(check.reason)),
            ("detail", JSONValue(check.detail)),
        ])
    }

    private static func certificate(_ certificate: CertificateRecord) -> JSONValue {
        .members([
            ("digest", JSONValue("\(certificate.digest)")),
            ("subjectAlternativeName", JSONValue(certificate.subjectAlternativeName)),
            ("identityIssuer", JSONValue(certificate.identityIssuer)),
            ("issuer", JSONValue(certificate.issuer)),
            ("serial", JSONValue(certificate.serial)),
            ("notBefore", JSONValue("\(certificate.notBefore)")),
            ("notAfter", JSONValue("\(certificate.notAfter)")),
        ])
    }

    private static func logEntry(_ entry: LogEntryRecord) -> JSONValue {
        .members([
            ("logID", JSONValue(entry.logID)),
            ("logIndex", JSONValue(entry.logIndex)),
            ("integratedTime", JSONValue(entry.integratedTime?.description)),
            ("kind", JSONValue(entry.kind)),
            ("version", JSONValue(entry.version)),
            ("hasPromise", .bool(entry.hasPromise)),
            ("hasProof", .bool(entry.hasProof)),
        ])
    }
}
