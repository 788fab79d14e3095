internal import Cryptography
internal import StrictJSON

/// What metadata says of another file: a version, and maybe a length and digests (TUF specification §4.4, §4.5).
struct ListedFile: Hashable, Sendable {
    let version: Int64
    let length: Int64?
    let digests: [Digest]?

    init(_ fields: MetadataFields) throws(TUFError) {
        version = try fields.version()
        length = try fields.optionalLength()
        digests = try fields.optionalDigests()
    }

    /// The `meta` member of a timestamp or snapshot.
    static func all(_ metadata: SignedMetadata) throws(TUFError) -> [JSONString: ListedFile] {
        let meta = try metadata.fields.fields("meta")
        var result: [JSONString: ListedFile] = [:]
        for member in meta.object.members {
            let name = member.name.text
            result[member.name] = try ListedFile(
                MetadataFields(member.value, file: metadata.file, path: meta.place(name))
            )
        }
        return result
    }

    /// Compares length and digests, before the bytes are parsed.
    ///
    /// Beside a digest the length of metadata is an upper bound (§5.5.1, §5.6.1); alone it is exact.
    func verify(_ file: RepositoryFile) throws(TUFError) {
        if let length {
            let found = Int64(file.bytes.count)
            guard found == length || (found < length && digests != nil) else {
                throw .wrongLength(file: file.name, expected: length, found: found)
            }
        }
        try Self.verify(digests ?? [], of: file)
    }

    /// Every digest that is listed must be the file's.
    static func verify(_ digests: [Digest], of file: RepositoryFile) throws(TUFError) {
        for expected in digests {
            let found = Digest(hashing: file.bytes, expected.algorithm)
            guard found == expected else { throw .wrongDigest(file: file.name, expected: expected, found: found) }
        }
    }
}
