internal import Attestation
package import Cryptography
package import StrictJSON

/// An entry as the API of Rekor v1 gives it, `{uuid: {body, integratedTime, logID, logIndex, verification}}`: it is
/// recorded as a log entry, and an entry that holds the signature itself can be judged like any signature.
package struct RekorEntry: Hashable, Sendable {
    /// Its identifier in the log.
    package let uuid: String
    /// The entry as bundles carry it.
    package let entry: TransparencyLogEntry
    /// What its body says was logged; nil for a kind that is not read.
    private let body: LogEntryBody?
    /// The statement that the log keeps beside the entry, when it does.
    package let attestation: [UInt8]?

    /// Whether a document is one entry or more of this form.
    ///
    /// - Returns: The entries' own objects, each with one identifier; nil for anything else.
    package static func entries(in json: JSONValue) -> [JSONValue]? {
        let objects = json.array ?? [json]
        var found: [JSONValue] = []
        for object in objects {
            guard let members = object.object?.members, !members.isEmpty else { return nil }
            for member in members {
                let isIdentifier =
                    [64, 80].contains(member.name.text.utf8.count) && member.name.text.utf8.allSatisfy(isHex)
                guard isIdentifier, member.value["body"]?.string != nil, member.value["logIndex"]?.int64 != nil else {
                    return nil
                }
                found.append(.object(JSONObject([(member.name.text, member.value)])))
            }
        }
        return found.isEmpty ? nil : found
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// Reads one entry.
    ///
    /// - Throws: ``FormatError``.
    package init(_ json: JSONValue) throws(FormatError) {
        guard let member = json.object?.members.first, json.object?.members.count == 1 else {
            throw .malformed(path: "", expected: "one entry")
        }
        uuid = member.name.text
        let value = member.value
        guard let bytes = value["body"]?.string.flatMap({ Base64.decode($0) }) else {
            throw .malformed(path: "body", expected: "base64")
        }
        guard let index = value["logIndex"]?.int64, index >= 0 else {
            throw .malformed(path: "logIndex", expected: "no negative index")
        }
        guard let identifier = value["logID"]?.string.flatMap({ Hexadecimal.decode($0) }) else {
            throw .malformed(path: "logID", expected: "hexadecimal digits")
        }
        body = try? LogEntryBody(bytes)
        let stated = try? JSONValue(parsing: bytes)
        entry = TransparencyLogEntry(
            logIndex: index,
            logID: identifier,
            kind: stated?["kind"]?.string ?? "",
            version: stated?["apiVersion"]?.string ?? "",
            integratedTime: value["integratedTime"]?.int64 ?? 0,
            inclusionPromise: value["verification"]?["signedEntryTimestamp"]?.string.flatMap { Base64.decode($0) },
            inclusionProof: try value["verification"]?["inclusionProof"].map { json throws(FormatError) in
                try Self.proof(json)
            },
            canonicalizedBody: bytes
        )
        attestation = value["attestation"]?["data"]?.string.flatMap { Base64.decode($0) }
    }

    private static func proof(_ json: JSONValue) throws(FormatError) -> InclusionProof {
        guard let index = json["logIndex"]?.int64, let size = json["treeSize"]?.int64,
            let root = json["rootHash"]?.string.flatMap({ Hexadecimal.decode($0) }),
            let list = json["hashes"]?.array, list.count <= InclusionProof.maximumHashes
        else { throw .malformed(path: "verification.inclusionProof", expected: "a proof") }
        var hashes: [[UInt8]] = []
        for value in list {
            guard let hash = value.string.flatMap({ Hexadecimal.decode($0) }) else {
                throw .malformed(path: "verification.inclusionProof.hashes", expected: "hexadecimal digits")
            }
            hashes.append(hash)
        }
        return InclusionProof(
            logIndex: index,
            rootHash: root,
            treeSize: size,
            hashes: hashes,
            checkpoint: json["checkpoint"]?.string ?? ""
        )
    }

    /// The digests that the entry names of what was signed: of an artifact, or of an envelope's payload.
    package var namedDigests: [Digest] {
        body?.digests.filter { $0.subject != .envelope }.map(\.digest) ?? []
    }

    /// The signature over an artifact that the entry itself holds; nil for the kinds that leave it in an envelope.
    package var entity: SignedEntity? {
        guard let body, body.kind == "hashedrekord" || body.kind == "rekord", let signature = body.signatures.first
        else { return nil }
        let material: SignedEntity.KeyMaterial? =
            switch body.verifiers.first {
            case .certificate(let der): .certificate(der, chainLength: 0)
            case .publicKey(let der): .publicKey(hint: Base64.encode(Digest(hashing: der).bytes))
            case nil: nil
            }
        // What a carrier of this version must bring along is what the API gives.
        return SignedEntity(
            carrier: .bundle(entry.inclusionPromise == nil ? .v02 : .v01),
            content: .message(signature: signature, digestHint: nil),
            keyMaterial: material,
            logEntries: [entry],
            timestamps: [],
            timestampedBytes: signature
        )
    }
}
