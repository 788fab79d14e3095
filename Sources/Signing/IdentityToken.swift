package import Cryptography
package import StrictJSON

/// An OpenID identity token: a JSON Web Token that its issuer signed (RFC 7519, RFC 7515 compact serialisation).
package struct IdentityToken: Sendable {
    /// What it claims.
    package let claims: JSONObject
    private let header: JSONObject
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// No token is larger, in bytes.
    private static let maximumBytes = 64 << 10
    /// How far the clocks of issuer and signer may differ at `nbf` and `iat`, in seconds; expiry has no leeway.
    private static let leeway: Int64 = 300

    /// Reads a token without believing it.
    ///
    /// - Throws: ``IdentityTokenError``.
    package init(parsing text: String) throws(IdentityTokenError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes else { throw .malformed("larger than \(Self.maximumBytes) bytes") }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("\(parts.count) parts instead of three") }
        header = try Self.object(parts[0], "header")
        claims = try Self.object(parts[1], "claims")
        guard let signature = Self.decode(parts[2]) else { throw .malformed("signature") }
        self.signature = signature
        signed = Array(bytes.prefix(parts[0].count + 1 + parts[1].count))
    }

    /// base64url without padding (RFC 7515 §2), and nothing else.
    private static func decode(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        guard !part.contains(where: { [0x2B, 0x2F, 0x3D].contains($0) }) else { return nil }
        return Base64.decodeProtobuf(String(decoding: part, as: UTF8.self))
    }

    private static func object(
        _ part: ArraySlice<UInt8>,
        _ name: String
    ) throws(IdentityTokenError) -> JSONObject {
        guard let bytes = decode(part), let object = (try? JSONValue(parsing: bytes))?.object
        else { throw .malformed(name) }
        return object
    }

    /// Who says that they issued it.
    package var issuer: String? { claims["iss"]?.string }

    /// Believes the token, or says why not: its signature, then audience, issuer and times.
    ///
    /// - Parameters:
    ///   - keys: The issuer's keys.
    ///   - issuer: Who must have issued it; nil to take what it says.
    ///   - audience: For whom it must be.
    ///   - now: The time.
    /// - Throws: ``IdentityTokenError``.
    package func verify(
        keys: WebKeySet,
        issuer: String?,
        audience: String,
        now: Timestamp
    ) throws(IdentityTokenError) {
        try verifySignature(keys)
        guard let stated = self.issuer, !stated.isEmpty else { throw .missingClaim("iss") }
        if let issuer, !stated.hasSameBytes(as: issuer) { throw .otherIssuer(stated, expected: issuer) }
        let audiences = claims["aud"]?.array.map { $0.compactMap(\.string) } ?? claims["aud"]?.string.map { [$0] } ?? []
        guard audiences.contains(where: { $0.hasSameBytes(as: audience) })
        else { throw .otherAudience(audiences, expected: audience) }
        guard let expiry = try time("exp") else { throw .missingClaim("exp") }
        guard now.seconds < expiry else { throw .expired(Timestamp(seconds: expiry)) }
        for name in ["nbf", "iat"] {
            guard let start = try time(name) else { continue }
            guard start <= now.adding(seconds: Self.leeway).seconds
            else { throw .notYetValid(Timestamp(seconds: start)) }
        }
    }

    /// NumericDate (RFC 7519 §2), whole or with a fraction, which is dropped.
    private func time(_ name: String) throws(IdentityTokenError) -> Int64? {
        guard let value = claims[name] else { return nil }
        guard case .number(let number) = value,
            let whole = number.lexeme.split(separator: ".", omittingEmptySubsequences: false).first.flatMap({
                Int64($0)
            })
        else { throw .malformed(name) }
        return whole
    }

    private func verifySignature(_ keys: WebKeySet) throws(IdentityTokenError) {
        guard let name = header["alg"]?.string else { throw .malformed("header without alg") }
        guard header["crit"] == nil else { throw .unsupportedHeader("crit") }
        guard let algorithm = WebAlgorithm(rawValue: name) else { throw .refusedAlgorithm(name) }
        let candidates = try keys.candidates(keyID: header["kid"]?.string, algorithm)
        guard candidates.contains(where: { algorithm.isValid(signature, over: signed, key: $0) })
        else { throw .badSignature }
    }
}

extension WebAlgorithm {
    fileprivate func isValid(_ signature: [UInt8], over message: [UInt8], key: PublicKey) -> Bool {
        var signature = signature
        if case .ecdsa = signatureAlgorithm {
            guard let der = FixedWidthSignature.der(signature, key.kind) else { return false }
            signature = der
        }
        return key.isValid(signature: signature, for: message, algorithm: signatureAlgorithm)
    }
}

/// An issuer's public keys (RFC 7517 §5).
package struct WebKeySet: Sendable {
    private let keys: [Key]

    private struct Key: Sendable {
        let identifier: String?
        let algorithm: String?
        let key: PublicKey
    }

    /// More keys than any issuer has.
    private static let limit = 100

    /// Reads a set; keys of kinds that do not sign tokens are passed over, as RFC 7517 §5 asks.
    ///
    /// - Throws: ``IdentityTokenError/malformedKeys(_:)`` when nothing is left.
    package init(_ json: JSONValue) throws(IdentityTokenError) {
        guard let list = json["keys"]?.array, list.count <= Self.limit else { throw .malformedKeys("no list of keys") }
        keys = list.compactMap { entry in
            guard entry["use"] == nil || entry["use"]?.string == "sig", let key = Self.key(entry) else { return nil }
            return Key(identifier: entry["kid"]?.string, algorithm: entry["alg"]?.string, key: key)
        }
        guard !keys.isEmpty else { throw .malformedKeys("no public key that signs") }
    }

    private static func key(_ entry: JSONValue) -> PublicKey? {
        func bytes(_ name: String) -> [UInt8]? { entry[name]?.string.flatMap { Base64.decodeProtobuf($0) } }
        switch entry["kty"]?.string {
        case "EC":
            guard let curve = entry["crv"]?.string, let x = bytes("x"), let y = bytes("y") else { return nil }
            return try? PublicKey(webCurve: curve, x: x, y: y)
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            return try? PublicKey(webModulus: modulus, exponent: exponent)
        case "OKP" where entry["crv"]?.string == "Ed25519":
            return bytes("x").flatMap { try? PublicKey(webEdwards: $0) }
        default: return nil
        }
    }

    /// The keys that may have made a signature.
    ///
    /// - Throws: ``IdentityTokenError``: no key of that name, or none that the algorithm could use.
    func candidates(keyID: String?, _ algorithm: WebAlgorithm) throws(IdentityTokenError) -> [PublicKey] {
        let named = keys.filter { key in keyID.map { key.identifier?.hasSameBytes(as: $0) == true } ?? true }
        guard !named.isEmpty else { throw .unknownKey(keyID ?? "") }
        let fitting = named.filter { key in
            algorithm.fits(key.key.kind) && (key.algorithm.map { $0.hasSameBytes(as: algorithm.rawValue) } ?? true)
        }
        guard !fitting.isEmpty else { throw .refusedAlgorithm(algorithm.rawValue) }
        return fitting.map(\.key)
    }
}

/// Why a token is not believed.
package enum IdentityTokenError: Error, Equatable {
    /// Not a token.
    case malformed(String)
    /// Not a set of keys.
    case malformedKeys(String)
    /// A header that a reader must understand, and this one does not.
    case unsupportedHeader(String)
    /// An algorithm without a public key (`none`, HMAC), or one that the issuer's key is not for.
    case refusedAlgorithm(String)
    /// The issuer has no key of this name.
    case unknownKey(String)
    /// The signature does not verify.
    case badSignature
    /// A claim that every token has is absent.
    case missingClaim(String)
    /// Somebody else issued it.
    case otherIssuer(String, expected: String)
    /// It is for somebody else.
    case otherAudience([String], expected: String)
    /// It is no longer valid.
    case expired(Timestamp)
    /// It is not yet valid.
    case notYetValid(Timestamp)
    /// The token says nothing that a certificate could name.
    case noIdentity(String)
}
