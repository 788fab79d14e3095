internal import Cryptography
public import StrictJSON

/// A DSSE envelope (Dead Simple Signing Envelope, v1.0): a typed payload with signatures over both.
public struct Envelope: Hashable, Sendable {
    /// The type of the payload, which is signed with it.
    public let payloadType: String
    /// The payload, decoded.
    public let payload: [UInt8]
    /// The signatures.
    public let signatures: [Signature]

    /// One signature of an envelope.
    public struct Signature: Hashable, Sendable {
        /// An unauthenticated hint which key signed; empty when there is none.
        public let keyID: String
        /// The raw signature.
        public let bytes: [UInt8]

        /// A signature from its parts.
        public init(keyID: String, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// The payload type of in-toto statements.
    public static let inTotoPayloadType = "application/vnd.in-toto+json"
    /// More signatures than any envelope has.
    public static let maximumSignatures = 100

    /// An envelope from its parts.
    public init(payloadType: String, payload: [UInt8], signatures: [Signature]) {
        self.payloadType = payloadType
        self.payload = payload
        self.signatures = signatures
    }

    /// Reads an envelope from the bytes of its JSON form.
    ///
    /// - Throws: ``AttestationError``.
    public init(parsing bytes: [UInt8]) throws(AttestationError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        try self.init(json)
    }

    /// Reads an envelope from its JSON form; unknown members are passed over.
    ///
    /// - Throws: ``AttestationError``.
    public init(_ json: JSONValue) throws(AttestationError) {
        guard let payloadType = json["payloadType"]?.string else { throw .malformed(member: "payloadType") }
        guard let text = json["payload"]?.string, let payload = Base64.decodeProtobuf(text)
        else { throw .malformed(member: "payload") }
        guard let list = json["signatures"]?.array, list.count <= Self.maximumSignatures
        else { throw .malformed(member: "signatures") }
        self.payloadType = payloadType
        self.payload = payload
        var signatures: [Signature] = []
        for entry in list {
            guard let text = entry["sig"]?.string, let bytes = Base64.decodeProtobuf(text)
            else { throw .malformed(member: "signatures.sig") }
            guard case let keyID = entry["keyid"], keyID == nil || keyID?.isNull == true || keyID?.string != nil
            else { throw .malformed(member: "signatures.keyid") }
            signatures.append(Signature(keyID: keyID?.string ?? "", bytes: bytes))
        }
        self.signatures = signatures
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "payloadType": JSONValue(payloadType),
            "payload": JSONValue(Base64.encode(payload)),
            "signatures": .array(
                signatures.map { signature in
                    signature.keyID.isEmpty
                        ? ["sig": JSONValue(Base64.encode(signature.bytes))]
                        : ["keyid": JSONValue(signature.keyID), "sig": JSONValue(Base64.encode(signature.bytes))]
                }
            ),
        ]
    }

    /// What is signed: DSSE's pre-authentication encoding, lengths counted in bytes.
    public var preAuthenticationEncoding: [UInt8] {
        Self.preAuthenticationEncoding(payloadType: payloadType, payload: payload)
    }

    /// What is signed for a payload of a type.
    public static func preAuthenticationEncoding(payloadType: String, payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }
}

/// Why bytes are not an envelope or a statement.
public enum AttestationError: Error, Hashable, Sendable {
    /// Not JSON.
    case notJSON(JSONError)
    /// A member is absent or of another form than the specification gives.
    case malformed(member: String)
    /// The `_type` of the statement is not one that is known.
    case unknownStatementType(String)
    /// More of something than the limit.
    case tooMany(member: String, limit: Int)
}
