package import Cryptography
package import Notary
package import StrictCBOR
package import StrictJSON

/// An envelope of the Notary Project that is about to be signed: an honest one, or one that is wrong in a chosen way.
package struct NotaryDraft {
    /// The value of one signed attribute.
    package enum Value {
        case text(String)
        case time(Timestamp)
        case list([String])
    }

    /// Who signs.
    package var signer: NotarySigner
    /// What is signed.
    package var payload: [UInt8]
    /// The signed attributes, in order, by their names in JOSE.
    package var header: [(label: String, value: Value)]
    /// The time that the timestamp, if any, is to say.
    package var timestamp: [UInt8]?
    /// Changes the signature after it was made.
    package var damage: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    /// The moment of signing.
    package static let time = NotarySigner.start.adding(seconds: 3600)

    /// An honest envelope about an artifact.
    package init(_ signer: NotarySigner, _ digest: Digest, size: Int = 517, annotations: JSONValue? = nil) {
        self.signer = signer
        var target: JSONObject = JSONObject([
            ("mediaType", "application/vnd.oci.image.manifest.v1+json"), ("digest", JSONValue("\(digest)")),
            ("size", JSONValue(size)),
        ])
        target["annotations"] = annotations
        payload = Array((["targetArtifact": .object(target)] as JSONValue).compact.utf8)
        header = [
            ("alg", .text(signer.algorithm)), ("crit", .list([NotaryLabel.signingScheme])),
            ("cty", .text(NotaryEnvelope.payloadType)), (NotaryLabel.signingScheme, .text("notary.x509")),
            (NotaryLabel.signingTime, .time(Self.time)),
        ]
    }

    /// Sets an attribute, or takes it away.
    package mutating func set(_ label: String, _ value: Value?) {
        let position = header.firstIndex { $0.label == label }
        if let position { header.remove(at: position) }
        if let value { header.insert((label, value), at: position ?? header.count) }
    }

    /// The envelope.
    package func envelope(_ format: NotaryEnvelope.Format) throws -> [UInt8] {
        switch format {
        case .jws: Array(try jws().compact.utf8)
        case .cose: try cose().encoding
        }
    }

    /// The signature of the envelope, which a timestamp is to stamp.
    package func signature(_ format: NotaryEnvelope.Format) throws -> [UInt8] {
        try NotaryEnvelope(parsing: envelope(format), format: format).signature
    }

    // MARK: JWS

    /// The flattened envelope.
    package func jws() throws -> JSONValue {
        let members = header.map { label, value -> (String, JSONValue) in
            switch value {
            case .text(let text): (label, JSONValue(text))
            case .time(let time): (label, JSONValue("\(time)"))
            case .list(let labels): (label, .array(labels.map { JSONValue($0) }))
            }
        }
        let protected = Self.base64URL(Array(JSONValue.object(JSONObject(members)).compact.utf8))
        let encodedPayload = Self.base64URL(payload)
        let signature = damage(try signer.sign(Array("\(protected).\(encodedPayload)".utf8)))
        var unprotected = JSONObject([
            ("x5c", .array(signer.chain.map { JSONValue(Base64.encode($0)) })),
            ("io.cncf.notary.signingAgent", "tests/1.0"),
        ])
        if let timestamp { unprotected["io.cncf.notary.timestampSignature"] = JSONValue(Base64.encode(timestamp)) }
        return [
            "payload": JSONValue(encodedPayload), "protected": JSONValue(protected), "header": .object(unprotected),
            "signature": JSONValue(Self.base64URL(signature)),
        ]
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    // MARK: COSE

    /// The tagged COSE_Sign1.
    package func cose() throws -> CBORValue {
        let protected = CBORValue.map(header.map { CBORPair(Self.label($0.label), cbor($0.value, $0.label)) }).encoding
        let structure: CBORValue = .array(["Signature1", .bytes(protected), .bytes([]), .bytes(payload)])
        var unprotected = [
            CBORPair(33, .array(signer.chain.map { .bytes($0) })), CBORPair("io.cncf.notary.signingAgent", "tests/1.0"),
        ]
        if let timestamp {
            unprotected.append(CBORPair("io.cncf.notary.timestampSignature", .bytes(timestamp)))
        }
        let signature = damage(try signer.sign(structure.encoding))
        return .tag(18, .array([.bytes(protected), .map(unprotected), .bytes(payload), .bytes(signature)]))
    }

    private static func label(_ name: String) -> CBORValue {
        switch name {
        case "alg": 1
        case "crit": 2
        case "cty": 3
        default: .text(CBORText(name))
        }
    }

    private func cbor(_ value: Value, _ label: String) -> CBORValue {
        switch value {
        case .text(let text):
            if label == "alg" { return WebAlgorithm(notary: text)?.coseNumber.map { CBORValue($0) } ?? -8 }
            return .text(CBORText(text))
        case .time(let time): return .tag(1, CBORValue(time.seconds))
        case .list(let labels): return .array(labels.map { Self.label($0) })
        }
    }
}
