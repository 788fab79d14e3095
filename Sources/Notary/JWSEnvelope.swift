internal import Cryptography
internal import StrictJSON

extension NotaryEnvelope {
    /// Reads the flattened JSON form; "no additional top level fields are supported" (JWS Signature Envelope).
    init(jws bytes: [UInt8]) throws(NotaryError) {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .malformed("not JSON: \(error)")
        }
        guard let object = json.object else { throw .malformed("not an object") }
        let allowed = ["payload", "protected", "header", "signature"]
        if let other = object.names.first(where: { name in !allowed.contains { $0.utf8.elementsEqual(name.utf8) } }) {
            throw .malformed("the envelope has a member \(other)")
        }
        let (payloadText, payload) = try Self.part("payload", object)
        let (protectedText, protected) = try Self.part("protected", object)
        let (_, signature) = try Self.part("signature", object)
        guard let unprotected = object["header"]?.object else { throw .malformed("the envelope has no header") }
        let signed = try Self.members(protected)
        // RFC 7515 §7.2.1: no name in both.
        if let twice = unprotected.names.first(where: { signed[$0] != nil }) {
            throw .malformed("the header \(twice) is both protected and not")
        }
        try self.init(
            format: .jws,
            payload: payload,
            signedBytes: Array("\(protectedText).\(payloadText)".utf8),
            signature: signature,
            header: try NotaryHeader(jws: signed),
            unsigned: try NotaryUnsignedAttributes(jws: unprotected)
        )
    }

    private static func members(_ protected: [UInt8]) throws(NotaryError) -> JSONObject {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: protected)
        } catch {
            throw .malformed("the protected header is not JSON: \(error)")
        }
        guard let object = json.object else { throw .malformed("the protected header is no object") }
        return object
    }

    private static func part(_ name: String, _ object: JSONObject) throws(NotaryError) -> (String, [UInt8]) {
        guard let text = object[name]?.string else { throw .malformed("the envelope has no text \(name)") }
        // Without padding (RFC 7515 §2), and in its own alphabet alone.
        let isURLSafe = text.utf8.allSatisfy {
            $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/")
        }
        guard isURLSafe, let bytes = Base64.decodeProtobuf(text) else { throw .malformed("\(name) is not base64url") }
        return (text, bytes)
    }
}

extension NotaryHeader {
    init(jws object: JSONObject) throws(NotaryError) {
        guard let algorithm = object["alg"]?.string else { throw .malformed("no algorithm is named") }
        self.init(algorithm: algorithm)
        contentType = try Self.text("cty", object)
        signingScheme = try Self.text(NotaryLabel.signingScheme, object)
        signingTime = try Self.time(NotaryLabel.signingTime, object)
        authenticSigningTime = try Self.time(NotaryLabel.authenticSigningTime, object)
        expiry = try Self.time(NotaryLabel.expiry, object)
        if let list = object["crit"] {
            guard let labels = list.array?.map(\.string), !labels.isEmpty, !labels.contains(nil) else {
                throw .malformed("crit is no list of labels")
            }
            critical = labels.compactMap(\.self)
        }
        attributes = object.members.map { Attribute(label: $0.name.text, value: $0.value.string ?? $0.value.compact) }
    }

    private static func text(_ label: String, _ object: JSONObject) throws(NotaryError) -> String? {
        guard let value = object[label] else { return nil }
        guard let text = value.string else { throw .malformed("\(label) is no text") }
        return text
    }

    private static func time(_ label: String, _ object: JSONObject) throws(NotaryError) -> Timestamp? {
        guard let text = try text(label, object) else { return nil }
        guard let time = Timestamp(rfc3339: text) else { throw .malformed("\(label) is no time: \(text)") }
        return time
    }
}

extension NotaryUnsignedAttributes {
    init(jws object: JSONObject) throws(NotaryError) {
        guard let list = object["x5c"]?.array else { throw .malformed("no certificate chain came with it") }
        for value in list {
            guard let der = value.string.flatMap({ Base64.decode($0) }) else {
                throw .malformed("a certificate is not base64")
            }
            certificates.append(der)
        }
        if let stamp = object[NotaryLabel.timestampSignature] {
            guard let token = stamp.string.flatMap({ Base64.decode($0) }) else {
                throw .malformed("the timestamp is not base64")
            }
            timestampToken = token
        }
        signingAgent = object[NotaryLabel.signingAgent]?.string
    }
}
