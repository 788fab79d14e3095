internal import Cryptography
internal import OCI
internal import StrictJSON

/// What is to be listed in `index.json`.
struct IndexEntry {
    /// The descriptor of a manifest or index.
    var descriptor: WrittenDescriptor
    /// The name it is listed under; nil for none.
    var name: ImageReference?
}

/// `index.json` of a layout; members that have no meaning here stay as they are.
struct IndexDocument {
    private var object: JSONObject

    static let tag = "org.opencontainers.image.ref.name"
    static let fullName = "io.containerd.image.name"
    /// Larger than any index that a person made.
    private static let limit: Int64 = 64 << 20

    /// The index of a layout that is new.
    init() {
        object = Self.empty
    }

    private static let empty = JSONObject([
        ("schemaVersion", 2), ("mediaType", JSONValue(MediaType.imageIndex.text)), ("manifests", []),
    ])

    /// Reads the index of a layout, if it has one.
    init(layout path: String) throws {
        guard let folder = OpenFolder(userPath: path), let status = folder.status(Array("index.json".utf8)) else {
            object = Self.empty
            return
        }
        let file = StoredFile(root: folder, path: [Array("index.json".utf8)], status: status)
        let bytes = try file.bytes(limit: Self.limit)
        guard let document = try? JSONValue(parsing: bytes), let object = document.object,
            object["manifests"] == nil || object["manifests"]?.array != nil
        else { throw AssemblyError(.malformedLayout(path: path, reason: "index.json is not an index")) }
        self.object = object
    }

    /// The index as it is stored.
    var bytes: [UInt8] { GoJSON.encode(.object(object)) }

    private static func annotation(_ entry: JSONValue, _ key: String) -> String? {
        entry["annotations"]?[key]?.string
    }

    /// The index with further entries.
    ///
    /// A name goes from the entry that had it to the new one; the other stays, without a name.
    func adding(_ entries: [IndexEntry]) throws(AssemblyError) -> IndexDocument {
        var manifests = object["manifests"]?.array ?? []
        for entry in entries {
            manifests = try Self.adding(entry, to: manifests)
        }
        var copy = self
        copy.object["manifests"] = .array(manifests)
        return copy
    }

    private static func adding(_ entry: IndexEntry, to manifests: [JSONValue]) throws(AssemblyError) -> [JSONValue] {
        var descriptor = entry.descriptor
        var result: [JSONValue] = []
        if let name = entry.name {
            descriptor.annotations[tag] = name.tag
            descriptor.annotations[fullName] = name.text
        }
        for other in manifests {
            let isSame = other["digest"]?.string == descriptor.digest.description
            guard let name = entry.name, annotation(other, tag) == name.tag else {
                // The same image without a name says nothing that the new entry does not say.
                if !isSame || other["annotations"] != nil { result.append(other) }
                continue
            }
            if let full = annotation(other, fullName), full != name.text {
                throw AssemblyError(.nameTaken(name: name.tag, by: full))
            }
            if !isSame { result.append(withoutName(other)) }
        }
        return result + [descriptor.json]
    }

    private static func withoutName(_ entry: JSONValue) -> JSONValue {
        guard var object = entry.object, var annotations = object["annotations"]?.object else { return entry }
        annotations[tag] = nil
        annotations[fullName] = nil
        object["annotations"] = annotations.members.isEmpty ? nil : .object(annotations)
        return .object(object)
    }
}
