package import Cryptography
internal import OCI
package import StrictJSON

/// An in-toto statement that is about to be signed.
package struct StatementDraft: Sendable {
    /// `_type`.
    package var type: String
    /// What the statement is about.
    package var subjects: [Subject]
    /// What kind of statement it is.
    package var predicateType: String
    /// What it says.
    package var predicate: JSONValue

    /// One artifact that a statement is about.
    package struct Subject: Hashable, Sendable {
        /// Its name; nil where none is given.
        package var name: String?
        /// Its digest.
        package var digest: Digest
        /// cosign 3 signs an image's annotations here.
        package var annotations: [String: String]

        /// A subject.
        package init(name: String? = nil, digest: Digest, annotations: [String: String] = [:]) {
            self.name = name
            self.digest = digest
            self.annotations = annotations
        }

        fileprivate var json: JSONValue {
            var object = JSONObject()
            if let name { object["name"] = JSONValue(name) }
            object["digest"] = .object(JSONObject([(digest.algorithm.rawValue, JSONValue(digest.hex))]))
            if !annotations.isEmpty { object["annotations"] = WrittenDescriptor.sorted(annotations) }
            return .object(object)
        }
    }

    /// in-toto's first version, which `cosign attest` still writes.
    package static let v01 = "https://in-toto.io/Statement/v0.1"
    /// in-toto's second version.
    package static let v1 = "https://in-toto.io/Statement/v1"
    /// The predicate type of cosign 3's signatures.
    package static let cosignSign = "https://sigstore.dev/cosign/sign/v1"

    /// A statement.
    package init(type: String = v1, subjects: [Subject], predicateType: String, predicate: JSONValue) {
        self.type = type
        self.subjects = subjects
        self.predicateType = predicateType
        self.predicate = predicate
    }

    /// What `cosign sign` of version 3 signs: the digest and the annotations, and no reference.
    package static func signature(of digest: Digest, annotations: [String: String]) -> StatementDraft {
        let subject = Subject(digest: digest, annotations: annotations)
        return StatementDraft(subjects: [subject], predicateType: cosignSign, predicate: [:])
    }

    /// The statement as it is signed.
    package var bytes: [UInt8] {
        let list = JSONValue.array(subjects.map(\.json))
        let names: [(String, JSONValue)] =
            type == Self.v01
            ? [("predicateType", JSONValue(predicateType)), ("subject", list), ("predicate", predicate)]
            : [("subject", list), ("predicateType", JSONValue(predicateType)), ("predicate", predicate)]
        return GoJSON.encode(.object(JSONObject([("_type", JSONValue(type))] + names)))
    }
}
