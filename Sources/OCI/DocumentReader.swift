internal import Cryptography
package import StrictJSON

/// Reads members of one JSON object, and refuses names that other readers would take for known ones.
struct DocumentReader {
    let object: JSONObject
    let pointer: String

    /// Reads the whole document.
    static func document(_ bytes: [UInt8], limits: JSONLimits) throws(OCIError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: bytes, limits: limits)
        } catch {
            throw .notJSON(error)
        }
    }

    /// A reader of an object.
    ///
    /// - Parameters:
    ///   - value: What should be an object.
    ///   - pointer: Where it stands.
    ///   - known: The names that have a meaning here.
    /// - Throws: ``OCIError``.
    init(_ value: JSONValue?, at pointer: String, known: KnownNames) throws(OCIError) {
        guard let object = value?.object else { throw .wrongType(pointer: pointer, expected: "object") }
        self.object = object
        self.pointer = pointer
        for member in object.members where known.isImitated(by: member.name) {
            throw .ambiguous(pointer: "\(pointer)/\(member.name.text)")
        }
    }

    /// The value of a member; `null` counts as absent.
    subscript(name: String) -> JSONValue? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    func optionalString(_ name: String) throws(OCIError) -> String? {
        guard let value = self[name] else { return nil }
        guard let string = value.string else { throw wrongType(name, "string") }
        return string
    }

    func array(_ name: String, limit: Int) throws(OCIError) -> [JSONValue] {
        guard let value = self[name] else { return [] }
        guard let array = value.array else { throw wrongType(name, "array") }
        guard array.count <= limit
        else { throw .tooMany(pointer: "\(pointer)/\(name)", count: array.count, limit: limit) }
        return array
    }

    /// A map of strings, in the order of the document.
    func annotations(_ name: String = "annotations") throws(OCIError) -> Annotations {
        guard let value = self[name] else { return Annotations([]) }
        guard let object = value.object else { throw wrongType(name, "object") }
        var pairs: [Annotations.Pair] = []
        for member in object.members {
            guard let text = member.value.string else { throw wrongType("\(name)/\(member.name.text)", "string") }
            pairs.append(Annotations.Pair(key: member.name.text, value: text))
        }
        return Annotations(pairs)
    }

    func digest(_ name: String) throws(OCIError) -> Digest {
        guard let text = try optionalString(name) else { throw wrongType(name, "string") }
        return try Self.digest(text, at: "\(pointer)/\(name)")
    }

    static func digest(_ text: String, at pointer: String) throws(OCIError) -> Digest {
        do throws(DigestError) {
            return try Digest(parsing: text)
        } catch {
            throw .malformedDigest(pointer: pointer, error)
        }
    }

    /// A size in bytes.
    func size(_ name: String) throws(OCIError) -> Int64 {
        guard let value = self[name] else { throw wrongType(name, "integer") }
        guard case .number = value else { throw wrongType(name, "integer") }
        guard let size = value.int64, size >= 0 else { throw .sizeOutOfRange(pointer: "\(pointer)/\(name)") }
        return size
    }

    func wrongType(_ name: String, _ expected: String) -> OCIError {
        .wrongType(pointer: "\(pointer)/\(name)", expected: expected)
    }
}

/// Annotations (OCI image-spec, "Annotations"): unique keys, in the order of the document.
package struct Annotations: Hashable, Sendable {
    /// One key with its value.
    package struct Pair: Hashable, Sendable {
        /// The key.
        package let key: String
        /// The value.
        package let value: String

        /// A pair.
        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// All of them.
    package let pairs: [Pair]

    /// Wraps pairs whose keys differ.
    package init(_ pairs: [Pair]) {
        self.pairs = pairs
    }

    /// The value of a key; keys are compared byte by byte.
    package subscript(key: String) -> String? {
        pairs.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The annotations as a JSON object.
    package var json: JSONValue {
        .object(JSONObject(pairs.map { ($0.key, JSONValue($0.value)) }))
    }
}
