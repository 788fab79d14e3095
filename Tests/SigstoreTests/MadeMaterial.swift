import Cryptography
import Signing
import Sigstore
import StrictJSON

/// Good material of every kind, made once by the local authority, for tests to damage.
struct MadeMaterial {
    /// The identity's issuer.
    static let issuer = "https://issuer.example.com"
    /// What is signed.
    static let artifact = Array("artifact".utf8)

    /// A bundle with a message signature, a log entry of the first generation and a timestamp.
    let messageBundle: JSONValue
    /// A bundle with an envelope, a log entry of the second generation and a timestamp.
    let envelopeBundle: JSONValue
    /// A bundle of version 0.2 with a chain.
    let chainBundle: JSONValue
    /// A bundle with a key hint.
    let keyBundle: JSONValue
    /// The trusted root.
    let trustedRoot: JSONValue
    /// The leaf certificate of the first bundle, DER.
    let leaf: [UInt8]

    init() throws {
        let start = Timestamp(seconds: 1_700_000_000)
        let time = start.adding(seconds: 60)
        var authority = try LocalAuthority(
            organization: "Example",
            domain: "example.com",
            keys: .seed("made"),
            start: start
        )
        // Leaves of others, so that proofs have hashes.
        for leaf in 1...3 { authority.transparencyLog.pad([UInt8(leaf)]) }
        let identity = SigningIdentity(
            name: .uri("https://example.com/job"),
            issuer: Self.issuer,
            claims: [13: "c0ffee"]
        )
        let credential = try authority.issueCredential(for: identity, at: time)
        let stamped = SigningPlan(log: .first, isStamped: true)
        let tiled = SigningPlan(log: .second, isStamped: true)
        messageBundle = try authority.signBlob(Self.artifact, with: credential, plan: stamped, at: time).json
        envelopeBundle = try authority.signStatement(Array("{}".utf8), with: credential, plan: tiled, at: time).json
        chainBundle = try authority.signBlob(Self.artifact, with: credential, version: .v02, plan: stamped, at: time)
            .json
        let key = try authority.nextKey()
        let managed = SigningCredential(key: key, verifier: .publicKey(key.subjectPublicKeyInfo))
        keyBundle = try authority.signBlob(Self.artifact, with: managed, plan: stamped, at: time).json
        trustedRoot = try JSONValue(parsing: authority.trustedRoot)
        guard case .certificate(let der) = credential.verifier else { throw SignedWithoutCertificate() }
        leaf = der
    }

    private struct SignedWithoutCertificate: Error {}
}

extension JSONValue {
    /// The value with one member replaced, added, or removed when `value` is nil; the path's numbers are positions.
    func setting(_ path: String, to value: JSONValue?) -> JSONValue {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : nil
        if case .array(var elements) = self, let position = Int(parts[0]), elements.indices.contains(position) {
            if let rest {
                elements[position] = elements[position].setting(rest, to: value)
            } else if let value {
                elements[position] = value
            } else {
                elements.remove(at: position)
            }
            return .array(elements)
        }
        guard case .object(var members) = self else { return self }
        members[parts[0]] = rest.map { (members[parts[0]] ?? [:]).setting($0, to: value) } ?? value
        return .object(members)
    }

    /// Every member's name turned from lowerCamelCase into snake_case.
    var snakeCased: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.snakeCased))
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { member in
                        let name = member.name.text.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
                        return (name, member.value.snakeCased)
                    }
                )
            )
        default: return self
        }
    }

    /// The compact form's bytes.
    var bytes: [UInt8] { Array(compact.utf8) }
}
