package import Cryptography
internal import StrictJSON

/// A DSSE envelope (secure-systems-lab/dsse, envelope.md) that was signed here.
package struct SignedEnvelope: Hashable, Sendable {
    /// What the payload is; the type is signed with it.
    package var payloadType: String
    /// What is said.
    package var payload: [UInt8]
    /// Who signed; in a Sigstore bundle exactly one.
    package var signatures: [Signature]

    /// One signature over the pre-authentication encoding.
    package struct Signature: Hashable, Sendable {
        /// A hint to the key; empty for none.
        package var keyID: String
        /// The signature itself.
        package var bytes: [UInt8]

        /// A signature.
        package init(keyID: String = "", bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// The media type of in-toto statements.
    package static let statementType = "application/vnd.in-toto+json"

    /// Signs a payload.
    ///
    /// - Throws: ``CryptographyError``.
    package init(
        signing payload: [UInt8],
        payloadType: String = SignedEnvelope.statementType,
        with key: SigningKey
    ) throws(CryptographyError) {
        self.payloadType = payloadType
        self.payload = payload
        signatures = []
        signatures = [Signature(bytes: try key.sign(preAuthenticationEncoding))]
    }

    /// What is signed: `DSSEv1`, both lengths and both parts (dsse, protocol.md).
    package var preAuthenticationEncoding: [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }

    /// The envelope as cosign stores it in a layer.
    package var json: [UInt8] {
        let list = signatures.map { signature in
            ["keyid": JSONValue(signature.keyID), "sig": JSONValue(Base64.encode(signature.bytes))] as JSONValue
        }
        let envelope: JSONValue = [
            "payloadType": JSONValue(payloadType),
            "payload": JSONValue(Base64.encode(payload)),
            "signatures": .array(list),
        ]
        return GoJSON.encode(envelope)
    }
}
