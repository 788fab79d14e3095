internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Filesystem
internal import Secrets
internal import StrictJSON

/// One secret with every place where it was seen.
struct SecretGroup {
    let rule: SecretRule
    /// SHA-256 of the value, in hexadecimal digits.
    let digest: String
    let masked: String
    var files: [(secret: FoundSecret, hit: FileHit)] = []
    var settings: [(pointer: String, image: FoundImage)] = []
}

/// Looks for secrets in the files of every layer of some images, and in their configurations.
struct SecretsRun {
    private let prepared = SecretScanner.Prepared()
    private let evidence: String?
    private var groups: [String: SecretGroup] = [:]
    /// Layers that could not be looked through, with the reason.
    private(set) var gaps: [String] = []
    private(set) var layers = 0
    private(set) var files = 0
    /// Files that are compressed or archives, and were looked through only as they are.
    private(set) var packed = 0
    /// Members of layers that lie behind.
    private var looked: Int64 = 0
    /// Secrets beyond the limit of one file.
    private(set) var omitted = 0

    init(evidence: String?) {
        self.evidence = evidence
    }

    /// What was found, by rule and value.
    var secrets: [SecretGroup] {
        groups.values.sorted {
            ($0.rule.weight.order, $0.rule.id, $0.digest) < ($1.rule.weight.order, $1.rule.id, $1.digest)
        }
    }

    /// Looks through the images.
    mutating func run(_ images: [PlatformManifest], _ reader: CaseReader, _ progress: @escaping (Int64) -> Void) throws
    {
        let search = FileSearch(reader)
        var seen: Set<Digest> = []
        for image in images {
            let stack = try ImageStack(of: image.digest, in: reader)
            if stack.layers.isEmpty { gaps.append("\(image.digest): its layers are not known") }
            for layer in stack.layers where seen.insert(layer.digest).inserted {
                guard let stored = layer.stored else {
                    gaps.append("layer \(layer.digest): its files are not in the case")
                    continue
                }
                if let failure = stored.failure { gaps.append("layer \(layer.digest): \(failure)") }
                let before = looked
                looked += stored.entries
                try scan(stored, reader, search) { progress(before + $0) }
            }
            try scanConfiguration(stack, reader, search)
        }
    }

    private mutating func scan(
        _ layer: LayerRecord,
        _ reader: CaseReader,
        _ search: FileSearch,
        _ progress: (Int64) -> Void
    ) throws {
        let receiver = SecretReceiver(prepared)
        let rereading = LayerRereading(
            layer,
            places: try BlobPlace.places(of: layer.digest, in: reader),
            evidence: evidence
        )
        do {
            try rereading.read { position in
                receiver.begin(position)
                progress(position)
                return receiver
            }
        } catch let error as RereadError {
            gaps.append("layer \(layer.digest): \(ErrorMessages.message(for: error).0)")
            return
        }
        layers += 1
        files += receiver.files
        packed += receiver.packed
        omitted += receiver.omitted
        for (position, secrets) in receiver.found {
            guard let entry = try reader.entry(ofLayer: layer.id, position: position),
                let hit = try search.describe(entry)
            else { continue }
            for secret in secrets { add(secret) { $0.files.append((secret, hit)) } }
        }
    }

    private mutating func scanConfiguration(
        _ stack: ImageStack,
        _ reader: CaseReader,
        _ search: FileSearch
    ) throws {
        guard let digest = stack.configuration, let bytes = try reader.content(digest),
            let document = try? JSONValue(parsing: bytes)
        else {
            gaps.append("\(stack.image): its configuration is not in the case")
            return
        }
        let image = try search.describe(stack.image)
        for (pointer, text) in ConfigurationTexts.all(document) {
            for secret in SecretScanner.scan(Array(text.utf8), prepared) {
                add(secret) { $0.settings.append((pointer, image)) }
            }
        }
    }

    private mutating func add(_ secret: FoundSecret, _ note: (inout SecretGroup) -> Void) {
        guard let rule = SecretRules.all.first(where: { $0.id == secret.rule }) else { return }
        let key = "\(secret.rule) \(secret.digest)"
        var group = groups[key] ?? SecretGroup(rule: rule, digest: secret.digest, masked: secret.masked)
        note(&group)
        groups[key] = group
    }

    // MARK: - Findings

    /// What the case is to hold, image by image.
    func findings(about image: Digest) -> [FindingRecord] {
        secrets.flatMap { group in
            let files = group.files.flatMap { file in
                file.hit.images.filter { $0.image.digest == image }.map { occurrence in
                    finding(group, image, SecretsPage.place(file.hit, occurrence), "fileEntry:\(file.hit.entry.id)")
                }
            }
            let settings = group.settings.filter { $0.image.digest == image }.map { setting in
                finding(
                    group,
                    image,
                    "in the configuration at \(ErrorMessages.shown(setting.pointer))",
                    "artifact:\(image)"
                )
            }
            return files + settings
        }
    }

    private func finding(_ group: SecretGroup, _ image: Digest, _ place: String, _ record: String) -> FindingRecord {
        FindingRecord(
            rule: FindingStage.secretPrefix + group.rule.id,
            severity: group.rule.weight == .secret ? .error : .warning,
            subject: image,
            message: "\(group.rule.description): \(ErrorMessages.shown(group.masked)) \(place)",
            records: JSONValue.array([JSONValue(record)]).canonical
        )
    }
}

extension SecretRule.Weight {
    /// Secrets before leads.
    fileprivate var order: Int { self == .secret ? 0 : 1 }
}

/// Takes the files of one layer, one after the other.
private final class SecretReceiver: ContentReceiver {
    private let scanner: SecretScanner
    private var position: Int64 = 0
    private var beginning: [UInt8] = []
    private(set) var files = 0
    private(set) var packed = 0
    private(set) var omitted = 0
    private(set) var found: [(position: Int64, secrets: [FoundSecret])] = []

    init(_ prepared: SecretScanner.Prepared) {
        scanner = SecretScanner(prepared)
    }

    func begin(_ position: Int64) {
        self.position = position
        beginning = []
        scanner.reset()
    }

    func receive(_ chunk: UnsafeRawBufferPointer) {
        if beginning.count < PackedFile.longestMark { beginning += chunk.prefix(PackedFile.longestMark) }
        scanner.receive(chunk)
    }

    func end() {
        scanner.end()
        files += 1
        if PackedFile.isOne(beginningWith: beginning) { packed += 1 }
        omitted += scanner.omitted
        if !scanner.found.isEmpty { found.append((position, scanner.found)) }
    }
}

/// Files whose content cannot be read as it stands.
enum PackedFile {
    /// What they begin with: gzip (RFC 1952), zip (APPNOTE 4.3.7), Zstandard (RFC 8878), xz (format 1.1.0), bzip2.
    private static let marks: [[UInt8]] = [
        [0x1F, 0x8B, 0x08], [0x50, 0x4B, 0x03, 0x04], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
        [0x42, 0x5A, 0x68],
    ]
    /// Bytes that tell every kind.
    static let longestMark = 6

    static func isOne(beginningWith bytes: [UInt8]) -> Bool {
        marks.contains { bytes.starts(with: $0) }
    }
}

/// The texts of an image configuration: environment, labels, commands, history.
enum ConfigurationTexts {
    /// Every string with its JSON pointer (RFC 6901), names of members in front of labels' values.
    static func all(_ document: JSONValue) -> [(pointer: String, text: String)] {
        var texts: [(String, String)] = []
        var pending: [(String, JSONValue)] = [("", document)]
        while let (pointer, value) = pending.popLast() {
            switch value {
            case .string(let string): texts.append((pointer, string.text))
            case .array(let elements):
                for (index, element) in elements.enumerated().reversed() {
                    pending.append(("\(pointer)/\(index)", element))
                }
            case .object(let object):
                for member in object.members.reversed() where !(pointer.isEmpty && member.name.text == "rootfs") {
                    let name = member.name.text.replacing("~", with: "~0").replacing("/", with: "~1")
                    pending.append(("\(pointer)/\(name)", member.value))
                }
            case .null, .bool, .number: continue
            }
        }
        return texts
    }
}
