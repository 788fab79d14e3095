import Cryptography
import Signing
import StrictJSON
import TestSupport
import Testing

/// A token is believed only when everything about it is right.
struct IdentityTokenTests {
    private static let now = Timestamp(seconds: 1_772_442_000)
    private static let issuer = "https://gitlab.com"

    private static var claims: JSONObject { VirtualSigstore.tokenClaims(at: now) }

    private func verify(
        _ text: String,
        _ issuer: TokenIssuer,
        expecting expected: String? = IdentityTokenTests.issuer,
        at now: Timestamp = IdentityTokenTests.now
    ) throws {
        let keys = try WebKeySet(issuer.keySet)
        try IdentityToken(parsing: text).verify(keys: keys, issuer: expected, audience: "sigstore", now: now)
    }

    @Test(arguments: [SigningKey.Kind.p256, .p384, .p521, .rsa(bits: 2048), .ed25519])
    func believesATokenOfEveryKindOfKey(kind: SigningKey.Kind) throws {
        let issuer = try TokenIssuer(kind: kind)
        try verify(try issuer.token(Self.claims), issuer)
        var other = try TokenIssuer(kind: kind)
        #expect(throws: IdentityTokenError.badSignature) { try verify(try other.token(Self.claims), issuer) }
        other.keyID = "key-2"
        #expect(throws: IdentityTokenError.unknownKey("key-2")) { try verify(try other.token(Self.claims), issuer) }
    }

    @Test func refusesEveryChangeOfATokensText() throws {
        let issuer = try TokenIssuer()
        let token = Array(try issuer.token(Self.claims).utf8)
        for place in stride(from: 0, to: token.count, by: 7) {
            var changed = token
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: IdentityTokenError.self) { try verify(String(decoding: changed, as: UTF8.self), issuer) }
        }
    }

    @Test func refusesATokenWithoutASignature() throws {
        let issuer = try TokenIssuer()
        let unsigned = try issuer.token(Self.claims, header: JSONObject([("alg", "none")]))
        #expect(throws: IdentityTokenError.refusedAlgorithm("none")) { try verify(unsigned, issuer) }
        let empty = unsigned.prefix { $0 != "." } + "." + unsigned.split(separator: ".")[1] + "."
        #expect(throws: IdentityTokenError.refusedAlgorithm("none")) { try verify(String(empty), issuer) }
    }

    /// Whoever knows the public key must not be able to use it as the secret of an HMAC.
    @Test func refusesAlgorithmsThatAreNotTheKeys() throws {
        let issuer = try TokenIssuer(kind: .rsa(bits: 2048))
        for name in ["HS256", "ES256", "RS512", "PS256", "EdDSA", "rs256"] {
            let header = JSONObject([("alg", JSONValue(name)), ("kid", JSONValue(issuer.keyID))])
            #expect(throws: IdentityTokenError.refusedAlgorithm(name)) {
                try verify(try issuer.token(Self.claims, header: header), issuer)
            }
        }
    }

    @Test func refusesHeadersThatMustBeUnderstood() throws {
        let issuer = try TokenIssuer()
        let header = JSONObject([("alg", "ES256"), ("kid", "key-1"), ("crit", ["b64"]), ("b64", false)])
        #expect(throws: IdentityTokenError.unsupportedHeader("crit")) {
            try verify(try issuer.token(Self.claims, header: header), issuer)
        }
    }

    @Test func asksForTheAudience() throws {
        let issuer = try TokenIssuer()
        var claims = Self.claims
        claims["aud"] = ["other", "sigstore"]
        try verify(try issuer.token(claims), issuer)
        claims["aud"] = "https://gitlab.com"
        #expect(throws: IdentityTokenError.otherAudience(["https://gitlab.com"], expected: "sigstore")) {
            try verify(try issuer.token(claims), issuer)
        }
        claims["aud"] = nil
        #expect(throws: IdentityTokenError.otherAudience([], expected: "sigstore")) {
            try verify(try issuer.token(claims), issuer)
        }
    }

    @Test func asksForTheIssuerToTheLetter() throws {
        let issuer = try TokenIssuer()
        let token = try issuer.token(Self.claims)
        #expect(throws: IdentityTokenError.otherIssuer("https://gitlab.com", expected: "https://gitlab.com/")) {
            try verify(token, issuer, expecting: "https://gitlab.com/")
        }
        try verify(token, issuer, expecting: nil)
    }

    @Test func endsAtTheSecondOfItsExpiry() throws {
        let issuer = try TokenIssuer()
        let token = try issuer.token(Self.claims)
        try verify(token, issuer, at: Self.now.adding(seconds: 3_599))
        let end = Self.now.adding(seconds: 3_600)
        #expect(throws: IdentityTokenError.expired(end)) { try verify(token, issuer, at: end) }
        let start = Self.now.adding(seconds: -5)
        try verify(token, issuer, at: start.adding(seconds: -295))
        #expect(throws: IdentityTokenError.notYetValid(start)) {
            try verify(token, issuer, at: start.adding(seconds: -301))
        }
    }

    @Test(arguments: ["iss", "exp"])
    func asksForTheClaimsThatEveryTokenHas(name: String) throws {
        let issuer = try TokenIssuer()
        var claims = Self.claims
        claims[name] = nil
        #expect(throws: IdentityTokenError.missingClaim(name)) { try verify(try issuer.token(claims), issuer) }
    }

    @Test(arguments: ["", "a.b", "a.b.c.d", "e30.e30", "e30=.e30.AA", "!.e30.AA", "W10.e30.AA"])
    func refusesWhatIsNoToken(text: String) {
        let error = #expect(throws: IdentityTokenError.self) { try IdentityToken(parsing: text) }
        guard case .malformed? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Of two claims with one name, readers would believe different ones.
    @Test func refusesAClaimThatIsThereTwice() throws {
        let issuer = try TokenIssuer()
        let parts = try issuer.token(Self.claims).split(separator: ".")
        let twice = TokenIssuer.encode(Array(#"{"iss":"a","iss":"b"}"#.utf8))
        #expect(throws: IdentityTokenError.malformed("claims")) {
            try IdentityToken(parsing: "\(parts[0]).\(twice).\(parts[2])")
        }
    }

    @Test func passesOverKeysThatDoNotSign() throws {
        let issuer = try TokenIssuer()
        guard case .object(var entry)? = issuer.keySet["keys"]?.array?.first else { return }
        entry["use"] = "enc"
        #expect(throws: IdentityTokenError.malformedKeys("no public key that signs")) {
            try WebKeySet(["keys": [.object(entry), ["kty": "oct", "k": "AAAA"]]])
        }
        #expect(throws: IdentityTokenError.malformedKeys("no list of keys")) { try WebKeySet([:]) }
    }
}
