internal import Cryptography
package import StrictJSON

/// What is signed: the descriptor of an artifact ("Payload").
package struct NotaryPayload: Hashable, Sendable {
    /// The artifact's media type.
    package let mediaType: String
    /// Its digest as it stands there.
    package let digest: String
    /// Its size in bytes.
    package let size: Int64
    /// What the signer added, name by name.
    package let annotations: [(key: String, value: String)]
    /// The whole document.
    package let json: JSONValue

    /// Reads the payload document.
    ///
    /// - Throws: ``NotaryError``.
    package init(parsing bytes: [UInt8]) throws(NotaryError) {
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .malformed("the payload is not JSON: \(error)")
        }
        guard let target = json["targetArtifact"]?.object else { throw .malformed("the payload names no artifact") }
        guard let mediaType = target["mediaType"]?.string, let digest = target["digest"]?.string,
            let size = target["size"]?.int64, size >= 0
        else { throw .malformed("the artifact lacks media type, digest or size") }
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        guard let stated = target["annotations"], !stated.isNull else {
            annotations = []
            return
        }
        guard let members = stated.object?.members, members.allSatisfy({ $0.value.string != nil }) else {
            throw .malformed("the artifact's annotations are not texts")
        }
        annotations = members.map { ($0.name.text, $0.value.string ?? "") }
    }

    package static func == (left: NotaryPayload, right: NotaryPayload) -> Bool {
        left.json == right.json
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(json)
    }
}
