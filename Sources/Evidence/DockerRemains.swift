internal import CaseIndex
internal import Cryptography
internal import OCI

/// Layers and configurations of an archive of docker's that was not read to its `manifest.json`: docker writes that last.
///
/// They are known by their names. A configuration stands for its image as ever, and its diffIDs tell which of the layers
/// are its own; what the image was called is lost.
struct DockerRemains: Arrangement {
    let root: [UInt8] = []
    /// The layers and configurations.
    let paths: Set<[UInt8]>

    init(_ members: [EvidenceMember]) {
        paths = Set(members.lazy.map(\.path).filter { Self.isLayer($0) || Self.isConfiguration($0) })
    }

    func kind(inArchive: Bool) -> String { inArchive ? "docker-archive" : "docker-folder" }

    func owns(_ path: [UInt8]) -> Bool { paths.contains(path) }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        try graph.readDockerRemains()
    }

    /// `<id>/layer.tar` of docker, `<hex>.tar` of containers/image, `<hex>.tar.gz` of kaniko.
    static func isLayer(_ path: [UInt8]) -> Bool {
        let parts = MemberPath.split(path)
        if parts.name.elementsEqual("layer.tar".utf8) { return !parts.folder.isEmpty }
        return [".tar", ".tar.gz"].contains { isHex(parts.name, followedBy: $0) }
    }

    /// `<hex>.json` of docker, `sha256:<hex>` of kaniko.
    static func isConfiguration(_ path: [UInt8]) -> Bool {
        let name = MemberPath.split(path).name
        let prefix = "sha256:".utf8
        return isHex(name, followedBy: ".json") || name.starts(with: prefix) && isHex(name.dropFirst(prefix.count))
    }

    /// Whether a name is that of a digest or of an image of docker's, with an ending.
    static func isHex(_ name: ArraySlice<UInt8>, followedBy ending: String = "") -> Bool {
        guard name.count == digits + ending.utf8.count, name.dropFirst(digits).elementsEqual(ending.utf8)
        else { return false }
        return name.prefix(digits).allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
    }

    /// Hexadecimal digits of a SHA-256.
    private static let digits = 64
}

/// A folder or archive of which a part was not read, and in the rest of which nothing was recognised: its digest and what
/// kept the rest from being read are noted, so that it does not pass as evidence that holds nothing.
struct UnknownRemains: Arrangement {
    let root: [UInt8] = []

    func kind(inArchive: Bool) -> String { inArchive ? "incomplete-archive" : "incomplete-folder" }

    func owns(_ path: [UInt8]) -> Bool { false }

    func digest(named path: [UInt8]) -> Digest? { nil }

    func place(of digest: Digest) -> String { "\(digest)" }

    func read(_ graph: inout GraphReader) throws {
        graph.noteOthers()
    }
}

extension GraphReader {
    /// Reads what is left of an archive of docker's without its list.
    mutating func readDockerRemains() throws {
        // Layers that several images share lie behind links.
        followsLinks = true
        noteMembers()
        var layers: [Digest: EvidenceMember] = [:]
        for member in store.sortedOthers where DockerRemains.isLayer(member.path) {
            guard let measurement = member.measurement else { continue }
            note(layer: measurement, member)
            if let diffID = measurement.expansion.digest { layers[diffID] = member }
        }
        for member in store.sortedOthers where DockerRemains.isConfiguration(member.path) {
            try readConfiguration(member, layers)
        }
        // What is odd about layers that no configuration names; about the others it was said.
        for member in store.sortedOthers where DockerRemains.isLayer(member.path) {
            guard let measurement = member.measurement else { continue }
            var record = dockerLayer(measurement, of: measurement.digest, at: 0)
            compareLayer(&record, member, nil, 0)
        }
    }

    private mutating func readConfiguration(_ member: EvidenceMember, _ layers: [Digest: EvidenceMember]) throws {
        guard let digest = member.measurement?.digest, member.measurement?.looksLikeDocument == true,
            let bytes = try bytes(of: member, limit: limits.documentBytes),
            let configuration = try? ImageConfiguration(parsing: bytes), !configuration.diffIDs.isEmpty
        else { return }
        if let named = Self.digest(named: ImportDraft.shown(Array(MemberPath.split(member.path).name))), named != digest
        {
            draft.warn(.digestMismatch, member.path, named, "the bytes have the digest \(digest)")
        }
        draft.add(content: bytes, of: digest)
        draft.add(
            ArtifactRecord(
                digest: digest,
                size: Int64(bytes.count),
                mediaType: MediaType.dockerConfiguration.text,
                role: .savedImage
            )
        )
        draft.add(location(of: digest, member))
        claim(configuration, digest, about: digest)
        for (position, diffID) in configuration.diffIDs.enumerated() {
            guard let diffID = try? diffID.get() else { continue }
            compare(layers[diffID], diffID, position, configuration, digest, member.path)
        }
    }

    private mutating func compare(
        _ layer: EvidenceMember?,
        _ diffID: Digest,
        _ position: Int,
        _ configuration: ImageConfiguration,
        _ image: Digest,
        _ path: [UInt8]
    ) {
        guard let layer, let measurement = layer.measurement else {
            draft.warn(.missing, path, image, "layer \(position), \(diffID), is not in what was read")
            return
        }
        var record = dockerLayer(measurement, of: image, at: position)
        compareLayer(&record, layer, configuration, position)
        draft.add(record)
    }
}
