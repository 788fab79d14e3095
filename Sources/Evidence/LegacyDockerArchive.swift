internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// What `docker save` wrote before it knew `manifest.json` (Docker 1.9 and older): a folder a layer, with `VERSION`,
/// `json` and `layer.tar`; `json` names the layer below as `parent`, and `repositories` names the uppermost layers
/// (docker, "Image Specification v1.0.0").
///
/// The `json` of its uppermost layer describes an image, so that its digest stands for the image. It names no diffIDs:
/// nothing but the names of folders binds layers to it, and a warning says so.
struct LegacyDockerArchive: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "docker-archive" : "docker-folder" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let relative = relative(path) else { return false }
        let parts = MemberPath.components(Array(relative))
        return relative.elementsEqual("repositories".utf8)
            || parts.count == 2 && Self.files.contains { parts[1].elementsEqual($0.utf8) }
    }

    private static let files = ["VERSION", "json", "layer.tar"]

    /// Members are found by the paths that the format gives, not by digests.
    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    /// Folders in which a layer's folder lies, but for those whose `manifest.json` says it better, or whose configurations
    /// do where that was lost.
    static func find(in scan: EvidenceScan) -> [LegacyDockerArchive] {
        var roots: Set<[UInt8]> = []
        for member in scan.members {
            let parts = MemberPath.split(member.path)
            guard parts.name.elementsEqual("json".utf8), !parts.folder.isEmpty,
                case let folder = MemberPath.split(parts.folder), !roots.contains(folder.folder),
                let bytes = member.measurement?.retained, LegacyLayer.id(in: bytes, isNamedBy: folder.name)
            else { continue }
            roots.insert(folder.folder)
        }
        guard !roots.isEmpty else { return [] }
        roots.subtract(DockerArchive.find(in: scan).map(\.root))
        if scan.isCut {
            roots.subtract(
                scan.members.lazy.map(\.path).filter(DockerRemains.isConfiguration).map { MemberPath.split($0).folder }
            )
        }
        return roots.sorted { $0.lexicographicallyPrecedes($1) }.map { LegacyDockerArchive(root: $0) }
    }

    func read(_ graph: inout GraphReader) throws {
        try graph.readLegacyDocker()
    }
}

/// One layer of such an archive.
struct LegacyLayer {
    /// Its `json`.
    let member: EvidenceMember
    let bytes: [UInt8]
    /// The layer below.
    let parent: String?

    /// More layers than one image has; docker accepts 127.
    static let maximumDepth = 1_000

    /// Whether a document states the name of its folder as its `id`.
    static func id(in bytes: [UInt8], isNamedBy folder: ArraySlice<UInt8>) -> Bool {
        (try? JSONValue(parsing: bytes))?["id"]?.string.map { $0.utf8.elementsEqual(folder) } ?? false
    }
}

extension GraphReader {
    /// Reads an archive of docker's first form.
    mutating func readLegacyDocker() throws {
        // Layers that several images share lie behind links.
        followsLinks = true
        noteMembers()
        let layers = try legacyLayers()
        let (repositories, names) = try legacyNames()
        let parents = Set(layers.values.compactMap { $0.parent.map { JSONString($0) } })
        let uppermost = Set(layers.keys).subtracting(parents).union(names.keys).sorted { left, right in
            left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
        if uppermost.count > DockerImage.maximumCount {
            let message = "\(uppermost.count) images; those beyond \(DockerImage.maximumCount) were not read"
            draft.warn(.limitBytes, store.root, message)
        }
        if uppermost.isEmpty {
            draft.warn(.malformed, store.root, "every layer names another as its parent: no image begins anywhere")
        }
        // Before any is noted as what lies below another.
        for id in uppermost.prefix(DockerImage.maximumCount) {
            if let top = layers[id] { _ = note(legacyDocument: top, as: .savedImage) }
        }
        for (position, id) in uppermost.prefix(DockerImage.maximumCount).enumerated() {
            guard let top = layers[id] else {
                draft.warn(
                    .missing,
                    MemberPath.joined(store.root, "repositories"),
                    "a name leads to no layer of the archive"
                )
                continue
            }
            let (image, configuration) = try readLegacyImage(id, top, layers)
            noteEntry(repositories, image, top, configuration, at: position)
            for name in names[id] ?? [] { note(name, of: image, MemberPath.joined(store.root, "repositories")) }
        }
    }

    /// The layers by their names.
    private mutating func legacyLayers() throws -> [JSONString: LegacyLayer] {
        var layers: [JSONString: LegacyLayer] = [:]
        for member in store.sortedOthers {
            let parts = MemberPath.split(member.path)
            guard parts.name.elementsEqual("json".utf8), !parts.folder.isEmpty, let measurement = member.measurement,
                let bytes = try bytes(of: member, limit: limits.documentBytes)
            else { continue }
            let folder = MemberPath.split(parts.folder).name
            guard let json = try? JSONValue(parsing: bytes), let id = json["id"]?.string else {
                draft.warn(
                    .notJSON,
                    member.path,
                    measurement.digest,
                    "the description of a layer is not JSON with an id"
                )
                continue
            }
            guard id.utf8.elementsEqual(folder) else {
                draft.warn(
                    .ambiguous,
                    member.path,
                    measurement.digest,
                    "the layer calls itself otherwise than its folder"
                )
                continue
            }
            checkVersion(parts.folder)
            layers[JSONString(id)] = LegacyLayer(member: member, bytes: bytes, parent: json["parent"]?.string)
        }
        return layers
    }

    private mutating func checkVersion(_ folder: [UInt8]) {
        guard let version = store.member(MemberPath.joined(folder, "VERSION"))?.measurement,
            ![Digest(hashing: Array("1.0".utf8)), Digest(hashing: Array("1.0\n".utf8))].contains(version.digest)
        else { return }
        draft.warn(.version, MemberPath.joined(folder, "VERSION"), "the layer does not state version 1.0")
    }

    /// The names that `repositories` gives, by the layers that they lead to; and the digest of the document.
    private mutating func legacyNames() throws -> (document: Digest?, names: [JSONString: [String]]) {
        guard let member = store.other("repositories"), let digest = member.measurement?.digest,
            let bytes = try bytes(of: member, limit: limits.documentBytes)
        else { return (nil, [:]) }
        guard let repositories = (try? JSONValue(parsing: bytes))?.object else {
            draft.warn(.notJSON, member.path, digest, "docker's list of names is not a JSON object")
            return (nil, [:])
        }
        draft.add(content: bytes, of: digest)
        let record = ArtifactRecord(
            digest: digest,
            size: Int64(bytes.count),
            mediaType: "application/json",
            role: .blob
        )
        draft.add(record)
        draft.add(location(of: digest, member))
        var names: [JSONString: [String]] = [:]
        for repository in repositories.members {
            for tag in repository.value.object?.members ?? [] {
                guard let id = tag.value.string else {
                    draft.warn(.malformed, member.path, digest, "a tag names no layer")
                    continue
                }
                names[JSONString(id), default: []].append("\(repository.name.text):\(tag.name.text)")
            }
        }
        return (digest, names)
    }

    private mutating func noteEntry(
        _ repositories: Digest?,
        _ image: Digest,
        _ top: LegacyLayer,
        _ configuration: ImageConfiguration?,
        at position: Int
    ) {
        guard let repositories else { return }
        let platform = [configuration?.os, configuration?.architecture].compactMap(\.self).joined(separator: "/")
        var record = RelationshipRecord(
            sourceID: ImportDraft.unknownSource,
            origin: repositories,
            kind: .entry,
            position: position,
            target: image,
            mediaType: MediaType.dockerConfiguration.text,
            size: Int64(top.bytes.count),
            outcome: .matched
        )
        record.platform = platform.isEmpty ? nil : platform
        draft.add(record)
    }

    /// Reads an image from its uppermost layer down; answers the digest that stands for it, and what
    /// describes it.
    private mutating func readLegacyImage(
        _ id: JSONString,
        _ top: LegacyLayer,
        _ layers: [JSONString: LegacyLayer]
    ) throws -> (digest: Digest, configuration: ImageConfiguration?) {
        let digest = note(legacyDocument: top, as: .savedImage)
        var configuration: ImageConfiguration?
        do throws(OCIError) {
            let read = try ImageConfiguration(parsing: top.bytes)
            claim(read, digest, about: digest)
            configuration = read
        } catch {
            warn(error, top.member.path, digest)
        }
        let chain = legacyChain(id, top, layers, digest)
        for (position, layer) in chain.reversed().enumerated() {
            if position < chain.count - 1 { _ = note(legacyDocument: layer, as: .configuration) }
            let path = MemberPath.joined(MemberPath.split(layer.member.path).folder, "layer.tar")
            guard let member = member(following: path), let measurement = member.measurement else {
                draft.warn(.missing, path, digest, "a layer is not in the archive")
                continue
            }
            var record = dockerLayer(measurement, of: digest, at: position)
            compareLayer(&record, member, configuration, position)
            note(layer: measurement, member)
            draft.add(record)
        }
        let message = "this form has no diffIDs: nothing but the names of folders says which layers an image has"
        draft.warn(.diffIDAbsent, top.member.path, digest, message)
        return (digest, configuration)
    }

    /// The layers of an image, the uppermost first.
    private mutating func legacyChain(
        _ id: JSONString,
        _ top: LegacyLayer,
        _ layers: [JSONString: LegacyLayer],
        _ image: Digest
    ) -> [LegacyLayer] {
        var chain = [top]
        var seen: Set<JSONString> = [id]
        var next = top.parent
        while let parent = next.map({ JSONString($0) }) {
            guard let layer = layers[parent] else {
                draft.warn(.missing, chain[chain.count - 1].member.path, image, "the layer below is not in the archive")
                break
            }
            guard seen.insert(parent).inserted else {
                draft.warn(.malformed, layer.member.path, image, "the layers lead in a circle")
                break
            }
            guard chain.count < LegacyLayer.maximumDepth else {
                let message = "more than \(chain.count) layers; those below were not read"
                draft.warn(.limitDepth, layer.member.path, image, message)
                break
            }
            chain.append(layer)
            next = layer.parent
        }
        return chain
    }

    private mutating func note(legacyDocument layer: LegacyLayer, as role: ArtifactRole) -> Digest {
        let digest = Digest(hashing: layer.bytes)
        draft.add(content: layer.bytes, of: digest)
        let type = MediaType.dockerConfiguration.text
        draft.add(ArtifactRecord(digest: digest, size: Int64(layer.bytes.count), mediaType: type, role: role))
        draft.add(location(of: digest, layer.member))
        return digest
    }
}
