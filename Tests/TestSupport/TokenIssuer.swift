package import Cryptography
internal import Signing
package import StrictJSON

/// An issuer of identity tokens for tests, with a key of its own.
package struct TokenIssuer: Sendable {
    /// Signs.
    package let key: SigningKey
    /// The key's name.
    package var keyID = "key-1"

    /// An issuer.
    package init(kind: SigningKey.Kind = .p256) throws {
        key = try SigningKey(generating: kind)
    }

    /// base64url without padding (RFC 7515 §2).
    package static func encode(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The algorithm that belongs to the key.
    package var algorithm: String {
        switch key.kind {
        case .p256: "ES256"
        case .p384: "ES384"
        case .p521: "ES512"
        case .rsa: "RS256"
        case .ed25519: "EdDSA"
        }
    }

    /// The public key as a JSON Web Key Set.
    package var keySet: JSONValue {
        var entry = JSONObject([("kid", JSONValue(keyID)), ("use", "sig"), ("alg", JSONValue(algorithm))])
        let info = key.subjectPublicKeyInfo
        func part(_ bytes: some Sequence<UInt8>) -> JSONValue { JSONValue(Self.encode(Array(bytes))) }
        switch key.kind {
        case .p256, .p384, .p521:
            let width = key.kind == .p256 ? 32 : key.kind == .p384 ? 48 : 66
            entry["kty"] = "EC"
            entry["crv"] = key.kind == .p256 ? "P-256" : key.kind == .p384 ? "P-384" : "P-521"
            entry["x"] = part(info.suffix(2 * width).prefix(width))
            entry["y"] = part(info.suffix(width))
        case .rsa(let bits):
            // The modulus stands before the exponent 65537, five octets with its header, at the end.
            entry["kty"] = "RSA"
            entry["n"] = part(info.dropLast(5).suffix(bits / 8))
            entry["e"] = "AQAB"
        case .ed25519:
            entry["kty"] = "OKP"
            entry["crv"] = "Ed25519"
            entry["x"] = part(info.suffix(32))
        }
        return ["keys": [.object(entry)]]
    }

    /// A token with these claims.
    package func token(_ claims: JSONObject, header: JSONObject? = nil) throws -> String {
        let plain = JSONObject([("alg", JSONValue(algorithm)), ("kid", JSONValue(keyID)), ("typ", "JWT")])
        let signed = [header ?? plain, claims].map { Self.encode(Array(JSONValue.object($0).compact.utf8)) }.joined(
            separator: "."
        )
        return "\(signed).\(Self.encode(try sign(Array(signed.utf8))))"
    }

    private func sign(_ message: [UInt8]) throws -> [UInt8] {
        let signature = try key.sign(message)
        let width: Int
        switch key.kind {
        case .p256: width = 32
        case .p384: width = 48
        case .p521: width = 66
        case .rsa, .ed25519: return signature
        }
        let numbers = try Self.numbers(of: signature)
        return numbers.flatMap { number in [UInt8](repeating: 0, count: width - number.count) + number }
    }
}

extension TokenIssuer {
    /// The two numbers of an ECDSA signature, without leading zeros.
    fileprivate static func numbers(of signature: [UInt8]) throws -> [[UInt8]] {
        var rest = signature.dropFirst(2)
        if signature[1] == 0x81 { rest = rest.dropFirst() }
        var numbers: [[UInt8]] = []
        while rest.count > 2 {
            let count = Int(rest[rest.startIndex + 1])
            numbers.append(Array(rest.dropFirst(2).prefix(count).drop { $0 == 0 }))
            rest = rest.dropFirst(2 + count)
        }
        return numbers
    }
}

extension VirtualSigstore {
    /// The claims of the job's token, valid at a time.
    package static func tokenClaims(at time: Timestamp, audience: JSONValue = "sigstore") -> JSONObject {
        var claims = job.tokenClaims
        claims["aud"] = audience
        claims["iat"] = JSONValue(time.seconds)
        claims["nbf"] = JSONValue(time.seconds - 5)
        claims["exp"] = JSONValue(time.seconds + 3_600)
        return claims
    }
}
