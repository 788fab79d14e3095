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
            id: row["id"],
            kind: row["kind"],
            path: row["path"],
            digest: try row.digest("digest"),
            importedAt: try row.time("importedAt"),
            isComplete: row["isComplete"]
        )
    }
}

extension ArtifactRecord: StoredRecord {
    static let table = "artifact"
    static let columns = ["digest", "size", "mediaType", "role", "diffID"]
    var values: [(any DatabaseValueConvertible)?] {
        [digest.description, size, mediaType, role.rawValue, diffID?.description]
    }
    init(row: Row) throws {
        self.init(
            digest: try row.digest("digest"),
            size: row["size"],
            mediaType: row["mediaType"],
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
            sourceID: row["sourceID"],
            path: row["path"],
            offset: row["offset"]
        )
    }
}

extension ReferenceRecord: StoredRecord {
    static let table = "reference"
    static let columns = ["name", "digest", "sourceID", "key"]
    var values: [(any DatabaseValueConvertible)?] { [name, digest.description, sourceID, key] }
    init(row: Row) throws {
        self.init(name: row["name"], digest: try row.digest("digest"), sourceID: row["sourceID"], key: row["key"])
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
            sourceID, origin.description, kind.rawValue, position, target.description, mediaType, size, platform,
            outcome.rawValue, observedDigest?.description, observedSize, claimedDiffID?.description,
            observedDiffID?.description,
        ]
    }
    init(row: Row) throws {
        self.init(
            sourceID: row["sourceID"],
            origin: try row.digest("origin"),
            kind: try row.word("kind"),
            position: row["position"],
            target: try row.digest("target"),
            mediaType: row["mediaType"],
            size: row["size"],
            outcome: try row.word("outcome")
        )
        platform = row["platform"]
        observedDigest = try row.optionalDigest("observedDigest")
        observedSize = row["observedSize"]
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
            sourceID: row["sourceID"],
            path: row["path"],
            code: row["code"],
            severity: try row.word("severity"),
            digest: try row.optionalDigest("digest"),
            message: row["message"]
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
            predicateType,
        ]
    }
    init(row: Row) throws {
        self.init(
            kind: try row.word("kind"),
            subject: try row.digest("subject"),
            carrier: try row.digest("carrier"),
            position: row["position"],
            payload: try row.digest("payload"),
            annotations: row["annotations"],
            predicateType: row["predicateType"]
        )
        let stored: String = row["id"]
        guard stored == id else { throw CaseError.corrupt(column: "id", value: stored) }
    }
}

extension SightingRecord: StoredRecord {
    static let table = "sighting"
    static let columns = ["signatureID", "sourceID", "storage"]
    var values: [(any DatabaseValueConvertible)?] { [signatureID, sourceID, storage.rawValue] }
    init(row: Row) throws {
        self.init(signatureID: row["signatureID"], sourceID: row["sourceID"], storage: try row.word("storage"))
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
            signatureID, digest.description, Blob(der), subjectAlternativeName, identityIssuer, issuer, serial,
            notBefore.description, notAfter.description,
        ]
    }
    init(row: Row) throws {
        self.init(
            signatureID: row["signatureID"],
            digest: try row.digest("digest"),
            der: (row["der"] as Blob).bytes,
            subjectAlternativeName: row["subjectAlternativeName"],
            identityIssuer: row["identityIssuer"],
            issuer: row["issuer"],
            serial: row["serial"],
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
            signatureID: row["signatureID"],
            position: row["position"],
            logID: row["logID"],
            logIndex: row["logIndex"],
            integratedTime: try row.optionalTime("integratedTime"),
            kind: row["kind"],
            version: row["version"],
            hasPromise: row["hasPromise"],
            hasProof: row["hasProof"]
        )
    }
}

extension ClaimRecord: StoredRecord {
    static let table = "claim"
    static let columns = ["subject", "signatureID", "speaker", "key", "value", "readFrom", "pointer", "id"]
    var values: [(any DatabaseValueConvertible)?] {
        [
            subject.description, signatureID, speaker.rawValue, key, value, readFrom.description, pointer,
            id == 0 ? nil : id,
        ]
    }
    init(row: Row) throws {
        self.init(
            id: row["id"],
            subject: try row.digest("subject"),
            signatureID: row["signatureID"],
            speaker: try row.word("speaker"),
            key: row["key"],
            value: row["value"],
            readFrom: try row.digest("readFrom"),
            pointer: row["pointer"]
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
            signatureID, subject.description, isAuthentic, isTrusted, identity, identityIssuer, signedAt?.description,
            strength, trustedRoot, policy,
        ]
    }
    init(row: Row) throws {
        self.init(
            signatureID: row["signatureID"],
            subject: try row.digest("subject"),
            isAuthentic: row["isAuthentic"],
            isTrusted: row["isTrusted"],
            identity: row["identity"],
            identityIssuer: row["identityIssuer"],
            signedAt: try row.optionalTime("signedAt"),
            strength: row["strength"],
            trustedRoot: row["trustedRoot"],
            policy: row["policy"]
        )
    }
}

extension CheckRecord: StoredRecord {
    static let table = "verdictCheck"
    static let columns = ["signatureID", "position", "name", "outcome", "reason", "detail"]
    var values: [(any DatabaseValueConvertible)?] { [signatureID, position, name, outcome.rawValue, reason, detail] }
    init(row: Row) throws {
        self.init(
            signatureID: row["signatureID"],
            position: row["position"],
            name: row["name"],
            outcome: try row.word("outcome"),
            reason: row["reason"],
            detail: row["detail"]
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
            rule: row["rule"],
            severity: try row.word("severity"),
            subject: try row.digest("subject"),
            message: row["message"],
            records: row["records"]
        )
    }
}

extension ActivityRecord: StoredRecord {
    static let table = "activity"
    static let columns = [
        "id", "startedAt", "verb", "arguments", "toolVersion", "result", "previousHash", "hash",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [id, startedAt.description, verb, arguments, toolVersion, result, previousHash, hash]
    }
    init(row: Row) throws {
        self.init(
            id: row["id"],
            startedAt: try row.time("startedAt"),
            verb: row["verb"],
            arguments: row["arguments"],
            toolVersion: row["toolVersion"],
            result: row["result"],
            previousHash: row["previousHash"],
            hash: row["hash"]
        )
    }
}
