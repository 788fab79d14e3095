internal import Cryptography
internal import StrictJSON

/// The targets that one role answers for, and the roles to which it delegates (TUF specification §4.5).
struct TargetsMetadata {
    let file: String
    let delegations: [Delegation]
    private let targets: MetadataFields

    init(_ metadata: SignedMetadata) throws(TUFError) {
        file = metadata.file
        targets = try metadata.fields.fields("targets")
        guard let fields = try metadata.fields.optionalFields("delegations") else {
            delegations = []
            return
        }
        let keys = try RoleKeys.keys(try fields.fields("keys"))
        var delegations: [Delegation] = []
        for (index, value) in try fields.array("roles").enumerated() {
            let role = try MetadataFields(value, file: file, path: fields.place("roles[\(index)]"))
            delegations.append(try Delegation(role, keys))
        }
        self.delegations = delegations
    }

    /// What is listed of a target; nil when it is not listed.
    func target(_ name: TargetName) throws(TUFError) -> ListedTarget? {
        guard targets.object[name.text] != nil else { return nil }
        return try ListedTarget(try targets.fields(name.text))
    }
}

/// What metadata says of a target: both members are needed.
struct ListedTarget: Hashable, Sendable {
    let length: Int64
    let digests: [Digest]

    init(_ fields: MetadataFields) throws(TUFError) {
        guard let length = try fields.optionalLength() else { throw fields.malformed("length", "an integer") }
        guard let digests = try fields.optionalDigests() else { throw fields.malformed("hashes", "an object") }
        self.length = length
        self.digests = digests
    }

    func verify(_ file: RepositoryFile) throws(TUFError) {
        let found = Int64(file.bytes.count)
        guard found == length else { throw .wrongLength(file: file.name, expected: length, found: found) }
        try ListedFile.verify(digests, of: file)
    }
}
