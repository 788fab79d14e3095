package import Attestation
package import Cryptography
internal import StrictJSON

extension Envelope {
    /// Signs a payload: an envelope with exactly one signature, as Sigstore asks for.
    ///
    /// - Throws: ``CryptographyError``.
    package init(
        signing payload: [UInt8],
        payloadType: String = Envelope.inTotoPayloadType,
        with key: SigningKey
    ) throws(CryptographyError) {
        let signed = Self.preAuthenticationEncoding(payloadType: payloadType, payload: payload)
        let signature = Signature(keyID: "", bytes: try key.sign(signed))
        self.init(payloadType: payloadType, payload: payload, signatures: [signature])
    }

    /// The bytes that cosign stores in a layer: every signature says its key, be it empty.
    package var stored: [UInt8] {
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
