internal import Cryptography
internal import GRDB

// How each record maps to its table.

extension SourceRecord: StoredRecord {
    static let table = "source"
    static let columns = ["kind", "path", "digest", "importedAt", "isComplete", "id"]
    var values: [(any DatabaseValueConvertible)?] {
        [kind, path, digest.description, importedAt.description, isComplete, id == 0 ? nil : id]
    }
    init(row: Row) throws {
        self.init(
            id: try row.value("id"),
            kind: try row.value("kind"),
            path: try row.value("path"),
            digest: try row.digest("digest"),
            importedAt: try row.time("importedAt"),
            isComplete: try row.value("isComplete")
        )
    }
}

extension ArtifactRecord: StoredRecord {
    static let table = "artifact"
    static let columns = ["digest", "size", "mediaType", "role", "diffID"]
    var values: [(any DatabaseValueConvertible)?] {
        [digest.description, size, mediaType.map { EvidenceText($0) }, role.rawValue, diffID?.description]
    }
    init(row: Row) throws {
        self.init(
            digest: try row.digest("digest"),
            size: try row.value("size"),
            mediaType: try row.optionalText("mediaType"),
            role: try row.word("role"),
            diffID: try row.optionalDigest("diffID")
        )
    }
}

extension LocationRecord: StoredRecord {
    static let table = "location"
    static let columns = ["digest", "sourceID", "path", "offset"]
    var values: [(any DatabaseValueConvertible)?] { [digest.description, sourceID, path, offset] }
    init(row: Row) throws {
        self.init(
            digest: try row.digest("digest"),
            sourceID: try row.value("sourceID"),
            path: try row.value("path"),
            offset: try row.optionalValue("offset")
        )
    }
}

extension ReferenceRecord: StoredRecord {
    static let table = "reference"
    static let columns = ["name", "digest", "sourceID", "key"]
    var values: [(any DatabaseValueConvertible)?] {
        [EvidenceText(name), digest.description, sourceID, EvidenceText(key)]
    }
    init(row: Row) throws {
        self.init(
            name: try row.text("name"),
            digest: try row.digest("digest"),
            sourceID: try row.value("sourceID"),
            key: try row.text("key")
        )
    }
}

extension RelationshipRecord: StoredRecord {
    static let table = "relationship"
    static let columns = [
        "sourceID", "origin", "kind", "position", "target", "mediaType", "size", "platform", "outcome",
        "observedDigest", "observedSize", "claimedDiffID", "observedDiffID",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            sourceID, origin.description, kind.rawValue, position, target.description,
            mediaType.map { EvidenceText($0) }, size,
            platform.map { EvidenceText($0) }, outcome.rawValue, observedDigest?.description, observedSize,
            claimedDiffID?.description,
            observedDiffID?.description,
        ]
    }
    init(row: Row) throws {
        self.init(
            sourceID: try row.value("sourceID"),
            origin: try row.digest("origin"),
            kind: try row.word("kind"),
            position: try row.value("position"),
            target: try row.digest("target"),
            mediaType: try row.optionalText("mediaType"),
            size: try row.optionalValue("size"),
            outcome: try row.word("outcome")
        )
        platform = try row.optionalText("platform")
        observedDigest = try row.optionalDigest("observedDigest")
        observedSize = try row.optionalValue("observedSize")
        claimedDiffID = try row.optionalDigest("claimedDiffID")
        observedDiffID = try row.optionalDigest("observedDiffID")
    }
}

extension WarningRecord: StoredRecord {
    static let table = "warning"
    static let columns = ["sourceID", "path", "code", "severity", "digest", "message"]
    var values: [(any DatabaseValueConvertible)?] {
        [sourceID, path, code, severity.rawValue, digest?.description, message]
    }
    init(row: Row) throws {
        self.init(
            sourceID: try row.value("sourceID"),
            path: try row.value("path"),
            code: try row.value("code"),
            severity: try row.word("severity"),
            digest: try row.optionalDigest("digest"),
            message: try row.value("message")
        )
    }
}

extension SignatureRecord: StoredRecord {
    static let table = "signature"
    static let columns = [
        "id", "kind", "subject", "carrier", "position", "payload", "annotations", "predicateType",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            id, kind.rawValue, subject.description, carrier.description, position, payload.description, annotations,
            predicateType.map { EvidenceText($0) },
        ]
    }
    init(row: Row) throws {
        self.init(
            kind: try row.word("kind"),
            subject: try row.digest("subject"),
            carrier: try row.digest("carrier"),
            position: try row.value("position"),
            payload: try row.digest("payload"),
            annotations: try row.value("annotations"),
            predicateType: try row.optionalText("predicateType")
        )
        let stored: String = try row.value("id")
        guard stored == id else { throw CaseError.corrupt(column: "id", value: stored) }
    }
}

extension SightingRecord: StoredRecord {
    static let table = "sighting"
    static let columns = ["signatureID", "sourceID", "storage"]
    var values: [(any DatabaseValueConvertible)?] { [signatureID, sourceID, storage.rawValue] }
    init(row: Row) throws {
        self.init(
            signatureID: try row.value("signatureID"),
            sourceID: try row.value("sourceID"),
            storage: try row.word("storage")
        )
    }
}

extension CertificateRecord: StoredRecord {
    static let table = "certificate"
    static let columns = [
        "signatureID", "digest", "der", "subjectAlternativeName", "identityIssuer", "issuer", "serial", "notBefore",
        "notAfter",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            signatureID, digest.description, Blob(der), subjectAlternativeName.map { EvidenceText($0) },
            identityIssuer.map { EvidenceText($0) }, EvidenceText(issuer), serial,
            notBefore.description, notAfter.description,
        ]
    }
    init(row: Row) throws {
        self.init(
            signatureID: try row.value("signatureID"),
            digest: try row.digest("digest"),
            der: try row.bytes("der"),
            subjectAlternativeName: try row.optionalText("subjectAlternativeName"),
            identityIssuer: try row.optionalText("identityIssuer"),
            issuer: try row.text("issuer"),
            serial: try row.value("serial"),
            notBefore: try row.time("notBefore"),
            notAfter: try row.time("notAfter")
        )
    }
}

extension LogEntryRecord: StoredRecord {
    static let table = "logEntry"
    static let columns = [
        "signatureID", "position", "logID", "logIndex", "integratedTime", "kind", "version", "hasPromise", "hasProof",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [signatureID, position, logID, logIndex, integratedTime?.description, kind, version, hasPromise, hasProof]
    }
    init(row: Row) throws {
        self.init(
            signatureID: try row.value("signatureID"),
            position: try row.value("position"),
            logID: try row.value("logID"),
            logIndex: try row.value("logIndex"),
            integratedTime: try row.optionalTime("integratedTime"),
            kind: try row.value("kind"),
            version: try row.value("version"),
            hasPromise: try row.value("hasPromise"),
            hasProof: try row.value("hasProof")
        )
    }
}

extension ClaimRecord: StoredRecord {
    static let table = "claim"
    static let columns = ["subject", "signatureID", "speaker", "key", "value", "readFrom", "pointer", "id"]
    var values: [(any DatabaseValueConvertible)?] {
        [
            subject.description, signatureID, speaker.rawValue, EvidenceText(key), EvidenceText(value),
            readFrom.description, EvidenceText(pointer),
            id == 0 ? nil : id,
        ]
    }
    init(row: Row) throws {
        self.init(
            id: try row.value("id"),
            subject: try row.digest("subject"),
            signatureID: try row.optionalValue("signatureID"),
            speaker: try row.word("speaker"),
            key: try row.text("key"),
            value: try row.text("value"),
            readFrom: try row.digest("readFrom"),
            pointer: try row.text("pointer")
        )
    }
}

extension VerdictRecord: StoredRecord {
    static let table = "verdict"
    static let columns = [
        "signatureID", "subject", "isAuthentic", "isTrusted", "identity", "identityIssuer", "signedAt", "strength",
        "trustedRoot", "policy",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            signatureID, subject.description, isAuthentic, isTrusted, identity.map { EvidenceText($0) },
            identityIssuer.map { EvidenceText($0) }, signedAt?.description,
            strength, trustedRoot, policy,
        ]
    }
    init(row: Row) throws {
        self.init(
            signatureID: try row.value("signatureID"),
            subject: try row.digest("subject"),
            isAuthentic: try row.value("isAuthentic"),
            isTrusted: try row.optionalValue("isTrusted"),
            identity: try row.optionalText("identity"),
            identityIssuer: try row.optionalText("identityIssuer"),
            signedAt: try row.optionalTime("signedAt"),
            strength: try row.value("strength"),
            trustedRoot: try row.value("trustedRoot"),
            policy: try row.value("policy")
        )
    }
}

extension CheckRecord: StoredRecord {
    static let table = "verdictCheck"
    static let columns = ["signatureID", "position", "name", "outcome", "reason", "detail"]
    var values: [(any DatabaseValueConvertible)?] { [signatureID, position, name, outcome.rawValue, reason, detail] }
    init(row: Row) throws {
        self.init(
            signatureID: try row.value("signatureID"),
            position: try row.value("position"),
            name: try row.value("name"),
            outcome: try row.word("outcome"),
            reason: try row.optionalValue("reason"),
            detail: try row.value("detail")
        )
    }
}

extension FindingRecord: StoredRecord {
    static let table = "finding"
    static let columns = ["rule", "severity", "subject", "message", "records"]
    var values: [(any DatabaseValueConvertible)?] {
        [rule, severity.rawValue, subject.description, message, records]
    }
    init(row: Row) throws {
        self.init(
            rule: try row.value("rule"),
            severity: try row.word("severity"),
            subject: try row.digest("subject"),
            message: try row.value("message"),
            records: try row.value("records")
        )
    }
}

extension ActivityRecord: StoredRecord {
    static let table = "activity"
    static let columns = [
        "id", "startedAt", "verb", "arguments", "toolVersion", "result", "content", "previousHash", "hash",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [id, startedAt.description, verb, arguments, toolVersion, result, content, previousHash, hash]
    }
    init(row: Row) throws {
        self.init(
            id: try row.value("id"),
            startedAt: try row.time("startedAt"),
            verb: try row.value("verb"),
            arguments: try row.value("arguments"),
            toolVersion: try row.value("toolVersion"),
            result: try row.value("result"),
            content: try row.value("content"),
            previousHash: try row.value("previousHash"),
            hash: try row.value("hash")
        )
    }
}
