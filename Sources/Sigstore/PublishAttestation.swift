internal import Attestation
internal import Cryptography
package import StrictJSON

/// An attestation of the Python Package Index (PEP 740, version 1): a bundle's parts under names of its own.
package enum PublishAttestation {
    /// Whether a document has this form.
    package static func isOne(_ json: JSONValue) -> Bool {
        json["verification_material"]?["transparency_entries"] != nil && json["envelope"]?["statement"] != nil
    }

    /// The attestations of an index's provenance object (PEP 740, "Provenance objects"); nil for anything else.
    package static func attestations(inProvenance json: JSONValue) -> [JSONValue]? {
        guard let bundles = json["attestation_bundles"]?.array else { return nil }
        let found = bundles.flatMap { $0["attestations"]?.array ?? [] }
        return found.isEmpty || !found.allSatisfy(isOne) ? nil : found
    }
}

extension SigstoreBundle {
    /// The bundle of version 0.3 that an attestation of PEP 740 stands for.
    ///
    /// - Throws: ``FormatError``.
    package init(publishAttestation bytes: [UInt8]) throws(FormatError) {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(reason: "\(error)")
        }
        guard json["version"]?.int64 == 1 else { throw .malformed(path: "version", expected: "1") }
        guard let material = json["verification_material"], let envelope = json["envelope"],
            let statement = envelope["statement"], let signature = envelope["signature"],
            let certificate = material["certificate"], let entries = material["transparency_entries"]
        else { throw .malformed(path: "", expected: "an attestation of PEP 740") }
        let bundle: JSONValue = [
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": ["certificate": ["rawBytes": certificate], "tlogEntries": entries],
            "dsseEnvelope": [
                "payload": statement, "payloadType": JSONValue(Envelope.inTotoPayloadType),
                "signatures": [["sig": signature]],
            ],
        ]
        try self.init(parsing: Array(bundle.compact.utf8))
    }
}
