internal import Archive
internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// What `docker save` writes, and kaniko in its manner: `manifest.json` lists images, each with its configuration, its
/// layers and its names (docker, `image/tarexport`).
///
/// There is no manifest, so the digest of the configuration stands for the image, as it does for docker.
struct DockerArchive: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "docker-archive" : "docker-folder" }

    func owns(_ path: [UInt8]) -> Bool { relative(path) != nil }

    /// Members are found by the paths that `manifest.json` gives, not by digests.
    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    /// Folders whose `manifest.json` is a list.
    static func find(in scan: EvidenceScan) -> [DockerArchive] {
        scan.members.compactMap { member in
            let parts = MemberPath.split(member.path)
            guard parts.name.elementsEqual("manifest.json".utf8),
                member.measurement?.retained?.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
                    == UInt8(ascii: "[")
            else { return nil }
            return DockerArchive(root: parts.folder)
        }
    }

    func read(_ graph: inout GraphReader) throws {
        try graph.readDockerManifest()
    }
}

/// One image of docker's `manifest.json`.
struct DockerImage {
    /// Where the configuration lies.
    let configuration: String
    /// Where the layers lie, the lowest first.
    let layers: [String]
    /// The names.
    let names: [String]

    init?(_ json: JSONValue) {
        guard let configuration = json["Config"]?.string, let layers = json["Layers"]?.array else { return nil }
        self.configuration = configuration
        self.layers = layers.compactMap(\.string)
        guard self.layers.count == layers.count else { return nil }
        names = (json["RepoTags"]?.array ?? []).compactMap(\.string)
    }

    /// The annotation under which its names are noted.
    static let nameKey = "docker RepoTags"
    /// More images than one archive holds.
    static let maximumCount = 10_000
}

extension GraphReader {
    /// The images of `manifest.json`, each with its place; a warning for what is none.
    private mutating func dockerImages() throws -> (member: EvidenceMember, images: [(Int, DockerImage)])? {
        guard let member = store.other("manifest.json"), let digest = member.measurement?.digest,
            let bytes = try bytes(of: member, limit: limits.documentBytes)
        else { return nil }
        let list: [JSONValue]
        do {
            guard let array = try JSONValue(parsing: bytes).array else { return nil }
            list = array
        } catch {
            draft.warn(.notJSON, member.path, digest, "docker's list of images is not JSON: \(error)")
            return nil
        }
        draft.add(content: bytes, of: digest)
        draft.add(
            ArtifactRecord(digest: digest, size: Int64(bytes.count), mediaType: "application/json", role: .blob)
        )
        draft.add(location(of: digest, member))
        var images: [(Int, DockerImage)] = []
        for (position, json) in list.prefix(DockerImage.maximumCount).enumerated() {
            if let image = DockerImage(json) {
                images.append((position, image))
            } else {
                draft.warn(.malformed, member.path, digest, "entry \(position) names no configuration and layers")
            }
        }
        if list.isEmpty { draft.warn(.malformed, member.path, digest, "docker's list names no image") }
        if list.count > DockerImage.maximumCount {
            draft.warn(.limitBytes, member.path, digest, "\(list.count) images; those beyond 10000 were not read")
        }
        return (member, images)
    }

    /// Reads an archive of docker's.
    mutating func readDockerManifest() throws {
        // Layers that several images share lie behind links (docker, `image/tarexport/save.go`).
        followsLinks = true
        noteMembers()
        guard let (member, images) = try dockerImages(), let origin = member.measurement?.digest else { return }
        for (position, image) in images {
            guard let found = try readConfiguration(of: image, at: position, origin, member.path) else { continue }
            readLayers(of: image, found.configuration, found.digest, member.path)
            for name in image.names { note(name, of: found.digest, member.path) }
        }
    }

    mutating func note(_ name: String, of image: Digest, _ path: [UInt8]) {
        let record = ReferenceRecord(
            name: name,
            digest: image,
            sourceID: ImportDraft.unknownSource,
            key: DockerImage.nameKey
        )
        if draft.add(record) {
            draft.warn(.referenceAmbiguous, path, image, "a name is given to more than one digest")
        }
    }

    private mutating func readConfiguration(
        of image: DockerImage,
        at position: Int,
        _ origin: Digest,
        _ path: [UInt8]
    ) throws -> (digest: Digest, configuration: ImageConfiguration?)? {
        let place = MemberPath.joined(store.root, image.configuration)
        guard let member = member(at: image.configuration), let measurement = member.measurement else {
            draft.warn(.missing, place, "the configuration of image \(position) is not in the archive")
            return nil
        }
        let digest = measurement.digest
        if let named = Self.digest(named: image.configuration), named != digest {
            draft.warn(.digestMismatch, member.path, named, "the bytes have the digest \(digest)")
        }
        draft.add(
            ArtifactRecord(
                digest: digest,
                size: measurement.size,
                mediaType: MediaType.dockerConfiguration.text,
                role: .savedImage
            )
        )
        draft.add(location(of: digest, member))
        var record = RelationshipRecord(
            sourceID: ImportDraft.unknownSource,
            origin: origin,
            kind: .entry,
            position: position,
            target: digest,
            mediaType: MediaType.dockerConfiguration.text,
            size: measurement.size,
            outcome: .matched
        )
        guard let bytes = try bytes(of: member, limit: limits.documentBytes) else { return (digest, nil) }
        draft.add(content: bytes, of: digest)
        var configuration: ImageConfiguration?
        do throws(OCIError) {
            let read = try ImageConfiguration(parsing: bytes)
            claim(read, digest, about: digest)
            record.platform = [read.os, read.architecture].compactMap(\.self).joined(separator: "/")
            configuration = read
        } catch {
            warn(error, member.path, digest)
        }
        draft.add(record)
        return (digest, configuration)
    }

    private mutating func readLayers(
        of image: DockerImage,
        _ configuration: ImageConfiguration?,
        _ digest: Digest,
        _ path: [UInt8]
    ) {
        for (position, layer) in image.layers.enumerated() {
            guard let member = member(at: layer), let measurement = member.measurement else {
                draft.warn(.missing, MemberPath.joined(store.root, layer), digest, "a layer is not in the archive")
                continue
            }
            var record = dockerLayer(measurement, of: digest, at: position)
            compareLayer(&record, member, configuration, position)
            note(layer: measurement, member)
            draft.add(record)
        }
        guard let configuration, configuration.diffIDs.count != image.layers.count else { return }
        draft.warn(
            configuration.diffIDs.isEmpty ? .diffIDAbsent : .diffIDCount,
            path,
            digest,
            "\(image.layers.count) layers, and the configuration names \(configuration.diffIDs.count)"
        )
    }

    /// That a layer lies at a position of an image.
    func dockerLayer(_ measurement: Measurement, of image: Digest, at position: Int) -> RelationshipRecord {
        RelationshipRecord(
            sourceID: ImportDraft.unknownSource,
            origin: image,
            kind: .layer,
            position: position,
            target: measurement.digest,
            mediaType: measurement.dockerLayerType,
            size: measurement.size,
            outcome: .matched
        )
    }

    /// Notes a layer that docker's list names, or that is called as docker calls them.
    mutating func note(layer measurement: Measurement, _ member: EvidenceMember) {
        draft.add(location(of: measurement.digest, member))
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: measurement.dockerLayerType,
                role: .layer,
                diffID: measurement.diffID
            )
        )
    }

    // MARK: - Members by path

    /// More links than any archive leads through.
    private static let maximumLinks = 8

    /// The member at a path below the root; symbolic links are followed among the members, and nowhere else.
    private func member(at path: String) -> EvidenceMember? {
        member(following: MemberPath.joined(store.root, path))
    }

    /// The member at a whole path, or at the end of the links that begin there.
    func member(following start: [UInt8]) -> EvidenceMember? {
        var path = start
        for _ in 0...Self.maximumLinks {
            guard let resolved = Self.resolved(path), let member = store.member(resolved) else { return nil }
            guard let target = member.linkTarget else { return member }
            guard target.first != UInt8(ascii: "/") else { return nil }
            path = MemberPath.split(resolved).folder + [UInt8(ascii: "/")] + target
        }
        return nil
    }

    /// The path without `..`; nil for one that leads out.
    private static func resolved(_ path: [UInt8]) -> [UInt8]? {
        var parts: [ArraySlice<UInt8>] = []
        for component in MemberPath.components(path) {
            if component.elementsEqual("..".utf8) {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(component)
            }
        }
        return Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }

    /// The digest that a configuration's path names: `<hex>.json`, kaniko's `sha256:<hex>`, `blobs/sha256/<hex>`.
    static func digest(named path: String) -> Digest? {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".json") { name = String(name.dropLast(5)) }
        return try? Digest(parsing: name.hasPrefix("sha256:") ? name : "sha256:\(name)")
    }

    // MARK: - Layouts of docker's

    /// Notes the names that docker's `manifest.json` gives to the images of a layout that it wrote.
    mutating func compareDockerNames() throws {
        guard let (member, images) = try dockerImages() else { return }
        for (_, image) in images {
            guard let configuration = Self.digest(named: image.configuration) else { continue }
            let manifests = draft.manifestsByConfiguration[configuration] ?? []
            if manifests.isEmpty {
                draft.warn(
                    .ambiguous,
                    member.path,
                    configuration,
                    "manifest.json names an image that index.json does not lead to"
                )
            }
            for manifest in manifests.sorted() {
                for name in image.names { note(name, of: manifest, member.path) }
            }
        }
    }
}

extension Measurement {
    /// The media type of these bytes as a layer in an archive of docker's.
    var dockerLayerType: String {
        let isCompressed = if case .plain = expansion { false } else { true }
        return "application/vnd.docker.image.rootfs.diff.tar" + (isCompressed ? ".gzip" : "")
    }
}
