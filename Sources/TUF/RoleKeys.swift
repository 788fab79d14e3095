internal import Cryptography
internal import StrictJSON

/// Who may sign for a role, and how many of them must.
package struct RoleKeys: Hashable, Sendable {
    /// The role.
    package let name: String
    /// The keys, each key id once; ids without a key are left out.
    package let keys: [TUFKey]
    /// How many distinct keys must have signed; 1 or more.
    package let threshold: Int64

    init(name: String, keys: [TUFKey], threshold: Int64) {
        self.name = name
        self.keys = keys
        self.threshold = threshold
    }

    /// Reads `keyids` and `threshold`.
    init(name: String, _ fields: MetadataFields, from known: [JSONString: TUFKey]) throws(TUFError) {
        let threshold = try fields.integer("threshold")
        guard threshold > 0 else {
            throw .invalidThreshold(file: fields.file, role: name, threshold: threshold)
        }
        var seen: Set<JSONString> = []
        var keys: [TUFKey] = []
        for identifier in try fields.strings("keyids") {
            guard seen.insert(JSONString(identifier)).inserted else {
                throw .repeatedKeyIdentifier(file: fields.file, role: name, keyID: identifier)
            }
            if let key = known[JSONString(identifier)] { keys.append(key) }
        }
        self.init(name: name, keys: keys, threshold: threshold)
    }

    /// The keys of a `keys` member, by id.
    static func keys(_ fields: MetadataFields) throws(TUFError) -> [JSONString: TUFKey] {
        var result: [JSONString: TUFKey] = [:]
        for member in fields.object.members {
            let name = member.name.text
            let key = try MetadataFields(member.value, file: fields.file, path: fields.place(name))
            result[member.name] = try TUFKey(identifier: name, key)
        }
        return result
    }

    /// Verifies the signatures of `metadata` that name one of these keys.
    func count(_ metadata: SignedMetadata) -> SignatureCount {
        var signers: [String] = []
        var rejected: [String] = []
        var materials: Set<[UInt8]> = []
        for signature in metadata.signatures where !signature.isEmpty {
            guard let key = keys.first(where: { $0.identifier.hasSameBytes(as: signature.keyID) }) else { continue }
            guard let bytes = signature.bytes, key.isValid(signature: bytes, for: metadata.message) else {
                rejected.append(signature.keyID)
                continue
            }
            if let material = key.verifier?.material, materials.insert(material).inserted {
                signers.append(signature.keyID)
            }
        }
        return SignatureCount(role: name, threshold: threshold, signers: signers, rejected: rejected)
    }

    /// Requires the threshold of distinct keys.
    ///
    /// - Throws: ``TUFError/thresholdNotReached(file:_:)``.
    func verify(_ metadata: SignedMetadata) throws(TUFError) -> SignatureCount {
        let count = count(metadata)
        guard count.isEnough else { throw .thresholdNotReached(file: metadata.file, count) }
        return count
    }
}

/// What the signatures of one file came to for one role.
package struct SignatureCount: Hashable, Sendable {
    /// Whose keys were asked for.
    package let role: String
    /// How many distinct keys must have signed.
    package let threshold: Int64
    /// The ids of the distinct keys whose signatures hold.
    package let signers: [String]
    /// The ids of the role's keys under whose names a signature stands that does not hold.
    package let rejected: [String]

    /// A count from its parts.
    package init(role: String, threshold: Int64, signers: [String], rejected: [String]) {
        self.role = role
        self.threshold = threshold
        self.signers = signers
        self.rejected = rejected
    }

    /// Whether the threshold is reached.
    package var isEnough: Bool {
        Int64(signers.count) >= threshold
    }
}
