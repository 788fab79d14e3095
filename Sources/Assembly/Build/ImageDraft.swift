internal import Cryptography
internal import OCI
internal import StrictJSON

/// An image that is being put together: its configuration and its layers.
struct ImageDraft {
    /// Members of the base image's configuration that have no meaning here.
    private var others = JSONObject()
    /// How a container of it runs (OCI image-spec, config.md, "config").
    var run = JSONObject()
    private(set) var history: [JSONValue] = []
    private(set) var diffIDs: [Digest] = []
    private(set) var layers: [WrittenDescriptor] = []
    private let platform: ImagePlatform
    private let created: String

    /// The search path that programs get where no image says another.
    static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    private static let comment = "buildkit.dockerfile.v0"

    /// An image with nothing in it, as BuildKit begins one.
    init(scratchFor platform: ImagePlatform, created: String) {
        (self.platform, self.created) = (platform, created)
        environment = [("PATH", Self.defaultPath)]
        workingDirectory = "/"
    }

    /// An image that begins as another is.
    init(_ base: BaseImage, platform: ImagePlatform, created: String) {
        (self.platform, self.created) = (platform, created)
        others = base.configuration
        run = base.configuration["config"]?.object ?? JSONObject()
        history = base.configuration["history"]?.array ?? []
        (layers, diffIDs) = (base.layers, base.diffIDs)
    }

    // MARK: - Members of "config"

    /// The words of a list; nil when there is none.
    func words(_ name: String) -> [String]? {
        run[name]?.array?.compactMap(\.string)
    }

    mutating func setWords(_ name: String, _ words: [String]?) {
        run[name] = words.map { .array($0.map { JSONValue($0) }) }
    }

    /// Variables in their order.
    var environment: [(name: String, value: String)] {
        get {
            (words("Env") ?? []).map { line in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }
        }
        set { setWords("Env", newValue.map { "\($0.name)=\($0.value)" }) }
    }

    mutating func setVariable(_ name: String, _ value: String) {
        var variables = environment
        if let place = variables.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
            variables[place].value = value
        } else {
            variables.append((name, value))
        }
        environment = variables
    }

    var workingDirectory: String {
        get { run["WorkingDir"]?.string ?? "/" }
        set { run["WorkingDir"] = JSONValue(newValue) }
    }

    var user: String {
        get { run["User"]?.string ?? "" }
        set { run["User"] = JSONValue(newValue) }
    }

    /// The program that runs lines of the Dockerfile.
    var shell: [String] { words("Shell") ?? ["/bin/sh", "-c"] }

    /// Puts a key into a map, whose keys stay in order.
    mutating func set(_ name: String, _ key: String, _ value: JSONValue) {
        var object = run[name]?.object ?? JSONObject()
        object[key] = value
        let sorted = object.members.sorted { $0.name < $1.name }
        run[name] = .object(JSONObject(sorted.map { ($0.name.text, $0.value) }))
    }

    mutating func setAuthor(_ author: String) {
        others["author"] = JSONValue(author)
    }

    // MARK: - History and layers

    /// Adds a step that made no layer.
    mutating func addStep(_ text: String) {
        addHistory(text, isEmpty: true)
    }

    /// Adds a step that makes a layer; the layer is nil where nobody will ask for it.
    mutating func addLayer(_ layer: LayerWriter.Layer?, _ mediaType: MediaType, _ text: String) {
        addHistory("\(text) # buildkit", isEmpty: false)
        guard let layer else { return }
        diffIDs.append(layer.diffID)
        layers.append(layer.blob.descriptor(mediaType))
    }

    /// Adds a step that could have made a layer and changed nothing.
    mutating func addUnchanged(_ text: String) {
        addHistory("\(text) # buildkit", isEmpty: true)
    }

    private mutating func addHistory(_ text: String, isEmpty: Bool) {
        var step = JSONObject([
            ("created", JSONValue(created)), ("created_by", JSONValue(text)), ("comment", JSONValue(Self.comment)),
        ])
        if isEmpty { step["empty_layer"] = true }
        history.append(.object(step))
    }

    // MARK: - The document

    private static let order = [
        "User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal",
        "ArgsEscaped", "Healthcheck", "OnBuild", "Shell",
    ]

    /// The image configuration as it is stored: members sorted, as BuildKit writes them.
    var configuration: [UInt8] {
        var object = others
        object["architecture"] = JSONValue(platform.architecture)
        object["os"] = JSONValue(platform.os)
        object["variant"] = platform.variant.map { JSONValue($0) }
        object["created"] = JSONValue(created)
        object["history"] = .array(history)
        object["rootfs"] = [
            "type": "layers", "diff_ids": .array(diffIDs.map { JSONValue($0.description) }),
        ]
        let known = Self.order.compactMap { name in run[name].map { (name, $0) } }
        let unknown = run.members.filter { !Self.order.contains($0.name.text) }.map { ($0.name.text, $0.value) }
        object["config"] = .object(JSONObject(known + unknown))
        let members = object.members.sorted { $0.name < $1.name }
        return GoJSON.encode(.object(JSONObject(members.map { ($0.name.text, $0.value) })))
    }
}
