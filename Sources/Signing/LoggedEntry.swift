internal import Cryptography
package import StrictJSON

/// One entry of a transparency log with everything that proves it.
package struct LoggedEntry: Hashable, Sendable {
    /// What was logged.
    package var body: LogEntryDraft
    /// The log's id, raw.
    package var logID: [UInt8]
    /// The index over all trees that the log ever had.
    package var logIndex: Int64
    /// When the log took it, in seconds since 1970; nil for a log that does not say.
    package var integratedTime: Int64?
    /// The log's signature over the four fields above, the signed entry timestamp.
    package var promise: [UInt8]?
    /// That the entry is in the tree.
    package var proof: Proof?

    /// An inclusion proof and the checkpoint that it leads to.
    package struct Proof: Hashable, Sendable {
        /// The index within this tree.
        package var index: Int64
        /// The tree's size.
        package var treeSize: Int64
        /// The tree's root hash.
        package var rootHash: [UInt8]
        /// The siblings from the leaf upwards.
        package var hashes: [[UInt8]]
        /// The signed note.
        package var checkpoint: String
    }

    /// What a signed entry timestamp signs, as an object: its canonical form is signed.
    package var promised: JSONValue {
        [
            "body": JSONValue(Base64.encode(body.bytes)),
            "integratedTime": JSONValue(integratedTime ?? 0),
            "logIndex": JSONValue(logIndex),
            "logID": JSONValue(Hexadecimal.encode(logID)),
        ]
    }

    /// The value of cosign's annotation `dev.sigstore.cosign/bundle`; nil without a signed entry timestamp.
    package var cosignAnnotation: String? {
        guard let promise else { return nil }
        let value: JSONValue = ["SignedEntryTimestamp": JSONValue(Base64.encode(promise)), "Payload": promised]
        return String(decoding: GoJSON.encode(value), as: UTF8.self)
    }

    /// The entry as a Sigstore bundle holds it (protobuf-specs, sigstore_rekor.proto, TransparencyLogEntry).
    package var bundleJSON: JSONValue {
        var entry = JSONObject([
            ("logIndex", JSONValue(String(logIndex))),
            ("logId", ["keyId": JSONValue(Base64.encode(logID))]),
            ("kindVersion", ["kind": JSONValue(body.kind), "version": JSONValue(body.version)]),
        ])
        if let integratedTime { entry["integratedTime"] = JSONValue(String(integratedTime)) }
        if let promise {
            entry["inclusionPromise"] = ["signedEntryTimestamp": JSONValue(Base64.encode(promise))]
        }
        if let proof { entry["inclusionProof"] = proof.bundleJSON }
        entry["canonicalizedBody"] = JSONValue(Base64.encode(body.bytes))
        return .object(entry)
    }
}

extension LoggedEntry.Proof {
    fileprivate var bundleJSON: JSONValue {
        [
            "logIndex": JSONValue(String(index)),
            "rootHash": JSONValue(Base64.encode(rootHash)),
            "treeSize": JSONValue(String(treeSize)),
            "hashes": .array(hashes.map { JSONValue(Base64.encode($0)) }),
            "checkpoint": ["envelope": JSONValue(checkpoint)],
        ]
    }
}
