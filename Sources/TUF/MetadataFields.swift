internal import Cryptography
internal import StrictJSON

/// An object of a metadata file, read with the place in each error.
struct MetadataFields {
    let file: String
    let path: String
    let object: JSONObject

    init(_ value: JSONValue?, file: String, path: String) throws(TUFError) {
        guard let object = value?.object else { throw .malformed(file: file, path: path, expected: "an object") }
        self.file = file
        self.path = path
        self.object = object
    }

    func malformed(_ name: String, _ expected: String) -> TUFError {
        .malformed(file: file, path: place(name), expected: expected)
    }

    func place(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    func fields(_ name: String) throws(TUFError) -> MetadataFields {
        try MetadataFields(object[name], file: file, path: place(name))
    }

    func optionalFields(_ name: String) throws(TUFError) -> MetadataFields? {
        guard object[name] != nil else { return nil }
        return try fields(name)
    }

    func string(_ name: String) throws(TUFError) -> String {
        guard let text = object[name]?.string else { throw malformed(name, "a string") }
        return text
    }

    func integer(_ name: String) throws(TUFError) -> Int64 {
        guard let value = object[name]?.int64 else { throw malformed(name, "an integer") }
        return value
    }

    /// A version: 1 or more.
    func version(_ name: String = "version") throws(TUFError) -> Int64 {
        guard let value = object[name]?.int64, value > 0 else { throw malformed(name, "an integer above 0") }
        return value
    }

    func optionalLength(_ name: String = "length") throws(TUFError) -> Int64? {
        guard object[name] != nil else { return nil }
        guard let value = object[name]?.int64, value >= 0 else { throw malformed(name, "an integer not below 0") }
        return value
    }

    func optionalBool(_ name: String) throws(TUFError) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let bool = value.bool else { throw malformed(name, "true or false") }
        return bool
    }

    func time(_ name: String) throws(TUFError) -> Timestamp {
        guard let time = Timestamp(rfc3339: try string(name)) else { throw malformed(name, "a time (RFC 3339)") }
        return time
    }

    func array(_ name: String) throws(TUFError) -> [JSONValue] {
        guard let elements = object[name]?.array else { throw malformed(name, "an array") }
        return elements
    }

    func strings(_ name: String) throws(TUFError) -> [String] {
        var result: [String] = []
        for (index, element) in try array(name).enumerated() {
            guard let text = element.string else { throw malformed("\(name)[\(index)]", "a string") }
            result.append(text)
        }
        return result
    }

    /// The digests of `hashes` whose algorithm is known; at least one must be, when the member is there.
    func optionalDigests(_ name: String = "hashes") throws(TUFError) -> [Digest]? {
        guard let hashes = try optionalFields(name) else { return nil }
        var digests: [Digest] = []
        for member in hashes.object.members {
            guard let algorithm = DigestAlgorithm(rawValue: member.name.text) else { continue }
            guard let hex = member.value.string, let bytes = Hexadecimal.decode(hex),
                let digest = Digest(algorithm, bytes)
            else { throw hashes.malformed(member.name.text, "a digest in lower-case hexadecimal") }
            digests.append(digest)
        }
        guard !digests.isEmpty else { throw malformed(name, "a sha256, sha384 or sha512 digest") }
        return digests
    }
}
