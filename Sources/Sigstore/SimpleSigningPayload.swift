public import Cryptography
public import StrictJSON

/// The payload of cosign's simple signing: which image was signed, and the signer's annotations
/// (cosign, `SIGNATURE_SPEC.md`; containers/image, "atomic container signature").
public struct SimpleSigningPayload: Hashable, Sendable {
    /// The repository that the signer named.
    public let dockerReference: String
    /// The digest that is signed, as written.
    public let manifestDigest: String
    /// The type of the payload, as written.
    public let type: String
    /// The signer's annotations and whatever else stands in `optional`, in order.
    public let optional: JSONObject

    /// The type that cosign writes.
    public static let cosignType = "cosign container image signature"
    /// The older type of the same document.
    public static let atomicType = "atomic container signature"

    private static let criticalMembers = ["identity", "image", "type"]

    /// Reads a payload.
    ///
    /// - Throws: ``FormatError``.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(reason: "\(error)")
        }
        guard let critical = json["critical"], let members = critical.object else {
            throw .malformed(path: "critical", expected: "an object")
        }
        // What is critical must be understood or refused.
        for name in members.names where !Self.criticalMembers.contains(where: { $0.hasSameBytes(as: name) }) {
            throw .unknownMember(path: "critical.\(name)")
        }
        guard let digest = critical["image"]?["docker-manifest-digest"]?.string else {
            throw .malformed(path: "critical.image.docker-manifest-digest", expected: "a digest")
        }
        guard let type = critical["type"]?.string else { throw .malformed(path: "critical.type", expected: "a string") }
        manifestDigest = digest
        self.type = type
        dockerReference = critical["identity"]?["docker-reference"]?.string ?? ""
        guard case let value = json["optional"], value == nil || value?.isNull == true || value?.object != nil else {
            throw .malformed(path: "optional", expected: "an object")
        }
        optional = value?.object ?? JSONObject()
    }

    /// The annotations whose values are texts.
    public var annotations: [(key: String, value: String)] {
        optional.members.compactMap { member in member.value.string.map { (member.name.text, $0) } }
    }
}

extension SubjectClaim {
    /// What a simple-signing payload claims about an image.
    public init(simpleSigning payload: [UInt8], image: Digest) {
        let claim: SimpleSigningPayload
        do {
            claim = try SimpleSigningPayload(parsing: payload)
        } catch {
            form = .failed(.claimMalformed, "the payload is not a simple-signing document: \(error)")
            subject = .notPerformed(.earlierFailure, "there is no claim to read")
            return
        }
        let known = [SimpleSigningPayload.cosignType, SimpleSigningPayload.atomicType]
        form =
            known.contains { $0.hasSameBytes(as: claim.type) }
            ? .passed(claim.type) : .failed(.claimType, "the payload's type is \"\(claim.type)\"")
        subject =
            claim.manifestDigest.hasSameBytes(as: "\(image)")
            ? .passed("\(image)")
            : .failed(.claimDigest, "the payload names \(claim.manifestDigest), not \(image)")
    }
}
