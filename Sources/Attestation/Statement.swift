internal import Cryptography
public import StrictJSON

/// An in-toto statement (Statement v0.1 and v1): what a predicate is said of.
public struct Statement: Hashable, Sendable {
    /// The `_type`.
    public let type: String
    /// What the predicate is said of.
    public let subjects: [ResourceDescriptor]
    /// What kind of predicate it is.
    public let predicateType: String
    /// The predicate; `null` when it is absent.
    public let predicate: JSONValue
    /// The whole statement.
    public let json: JSONValue

    /// The `_type` of version 0.1.
    public static let typeV01 = "https://in-toto.io/Statement/v0.1"
    /// The `_type` of version 1.
    public static let typeV1 = "https://in-toto.io/Statement/v1"
    /// As many subjects as sigstore-go accepts.
    public static let maximumSubjects = 1024
    /// As many digests of one subject as sigstore-go accepts.
    public static let maximumDigests = 32

    /// Reads a statement.
    ///
    /// - Throws: ``AttestationError``.
    public init(parsing bytes: [UInt8]) throws(AttestationError) {
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        guard let type = json["_type"]?.string else { throw .malformed(member: "_type") }
        guard type.hasSameBytes(as: Self.typeV01) || type.hasSameBytes(as: Self.typeV1)
        else { throw .unknownStatementType(type) }
        guard let predicateType = json["predicateType"]?.string, !predicateType.isEmpty
        else { throw .malformed(member: "predicateType") }
        guard let list = json["subject"]?.array else { throw .malformed(member: "subject") }
        guard list.count <= Self.maximumSubjects else { throw .tooMany(member: "subject", limit: Self.maximumSubjects) }
        var subjects: [ResourceDescriptor] = []
        for entry in list { subjects.append(try ResourceDescriptor(entry)) }
        self.type = type
        self.predicateType = predicateType
        self.subjects = subjects
        predicate = json["predicate"] ?? .null
    }
}

/// One subject of a statement: a name and digests.
public struct ResourceDescriptor: Hashable, Sendable {
    /// The name, when there is one.
    public let name: String?
    /// Algorithm and digest as written, in order.
    public let digests: [NamedDigest]
    /// The annotations, an object when there are any (cosign 3 puts its annotations here).
    public let annotations: JSONObject?

    /// A digest as a statement writes it.
    public struct NamedDigest: Hashable, Sendable {
        /// The algorithm's name.
        public let algorithm: String
        /// The digest in hexadecimal digits.
        public let value: String
    }

    init(_ json: JSONValue) throws(AttestationError) {
        guard json.object != nil else { throw .malformed(member: "subject") }
        name = json["name"]?.string
        var digests: [NamedDigest] = []
        if let set = json["digest"], !set.isNull {
            guard let members = set.object?.members else { throw .malformed(member: "subject.digest") }
            guard members.count <= Statement.maximumDigests
            else { throw .tooMany(member: "subject.digest", limit: Statement.maximumDigests) }
            for member in members {
                guard let value = member.value.string else { throw .malformed(member: "subject.digest") }
                digests.append(NamedDigest(algorithm: member.name.text, value: value))
            }
        }
        self.digests = digests
        guard case let value = json["annotations"], value == nil || value?.isNull == true || value?.object != nil
        else { throw .malformed(member: "subject.annotations") }
        annotations = value?.object
    }

    /// Whether the subject names this digest: the same algorithm and the same digits.
    public func names(algorithm: String, hex: String) -> Bool {
        digests.contains { $0.algorithm.hasSameBytes(as: algorithm) && $0.value.hasSameBytes(as: hex) }
    }
}
