internal import Cryptography
internal import StrictJSON

/// A metadata file: what is signed, and its signatures (TUF specification §4.2); nothing is verified yet.
struct SignedMetadata {
    let file: String
    /// The canonical form of `signed`.
    let message: [UInt8]
    let signatures: [Signature]
    let version: Int64
    let expires: Timestamp
    let fields: MetadataFields

    /// One signature.
    struct Signature {
        let keyID: String
        /// Nil when it is not hexadecimal.
        let bytes: [UInt8]?
        /// Whether it is a placeholder of a signer that has not signed.
        let isEmpty: Bool
    }

    private static let maximumSignatures = 256

    init(_ bytes: [UInt8], file: String, type: String) throws(TUFError) {
        let json: JSONValue
        do {
            json = try JSONValue(
                parsing: bytes,
                limits: JSONLimits(bytes: bytes.count, depth: 32, values: 500_000)
            )
        } catch {
            throw .notJSON(file: file, error)
        }
        let envelope = try MetadataFields(json, file: file, path: "")
        fields = try envelope.fields("signed")
        signatures = try Self.signatures(envelope)
        do {
            message = try JSONValue.object(fields.object).olpcCanonical()
        } catch {
            switch error {
            case .notAnInteger(let number): throw .notCanonical(file: file, number: number)
            }
        }
        let found = try fields.string("_type")
        guard found.hasSameBytes(as: type) else { throw .wrongType(file: file, expected: type, found: found) }
        let specification = try fields.string("spec_version")
        guard specification.utf8.elementsEqual("1".utf8) || specification.utf8.starts(with: "1.".utf8) else {
            throw .unsupportedSpecification(file: file, version: specification)
        }
        version = try fields.version()
        expires = try fields.time("expires")
        self.file = file
    }

    private static func signatures(_ envelope: MetadataFields) throws(TUFError) -> [Signature] {
        let list = try envelope.array("signatures")
        guard list.count <= maximumSignatures else {
            throw envelope.malformed("signatures", "at most \(maximumSignatures) signatures")
        }
        var seen: Set<JSONString> = []
        var result: [Signature] = []
        for (index, value) in list.enumerated() {
            let fields = try MetadataFields(value, file: envelope.file, path: "signatures[\(index)]")
            let keyID = try fields.string("keyid")
            guard seen.insert(JSONString(keyID)).inserted else {
                throw .repeatedSignature(file: envelope.file, keyID: keyID)
            }
            let text = try fields.string("sig")
            result.append(Signature(keyID: keyID, bytes: Hexadecimal.decode(text), isEmpty: text.isEmpty))
        }
        return result
    }

    /// Refuses metadata that has expired: from the moment that it names on (§5.2 of the specification).
    func verifyFreshness(of role: String, at time: Timestamp) throws(TUFError) {
        guard time < expires else { throw .expired(file: file, role: role, expires: expires, at: time) }
    }
}
