package import CaseIndex
package import Cryptography

extension CaseFixture {
    /// Stores a layer with these members under a name that stands for its digest; answers that.
    @discardableResult
    package func addLayer(_ name: String, _ members: [FileEntryRecord]) throws -> Digest {
        let digest = Self.digest("layer \(name)")
        try caseFile.write { writer in
            let open = try writer.begin(OpenImportRecord(path: "fixture", startedAt: Self.time, owner: "fixture"))
            let id = try writer.beginLayer(openImportID: open)
            try writer.append(members, toLayer: id, from: 0)
            try writer.complete(
                layerID: id,
                LayerRecord(
                    digest: digest,
                    size: 1,
                    expandedDigest: digest,
                    expandedSize: 1,
                    compression: nil,
                    entries: Int64(members.count),
                    entriesDigest: digest
                )
            )
            try writer.end(openImportID: open)
        }
        return digest
    }

    /// Stores an image of these layers, the lowest first, whose configuration is `configuration`; answers its digest.
    @discardableResult
    package func addImage(
        _ name: String,
        layers: [Digest],
        diffIDs: [Digest] = [],
        configuration: String = "{}"
    ) throws -> Digest {
        let image = Self.digest("image \(name)")
        let bytes = Array(configuration.utf8)
        try caseFile.write { writer in
            try writer.insert(ArtifactRecord(digest: image, size: 1, mediaType: nil, role: .imageManifest))
            try writer.insert(ReferenceRecord(name: name, digest: image, sourceID: sourceID, key: "name"))
            try writer.insert(content: bytes, digest: Digest(hashing: bytes))
            try insert(.configuration, image, Digest(hashing: bytes), at: 0, writer)
            for (position, layer) in layers.enumerated() {
                let diffID = diffIDs.indices.contains(position) ? diffIDs[position] : nil
                try insert(.layer, image, layer, at: position, diffID: diffID, writer)
            }
        }
        return image
    }

    private func insert(
        _ kind: RelationshipKind,
        _ origin: Digest,
        _ target: Digest,
        at position: Int,
        diffID: Digest? = nil,
        _ writer: CaseWriter
    ) throws {
        var record = RelationshipRecord(
            sourceID: sourceID,
            origin: origin,
            kind: kind,
            position: position,
            target: target,
            mediaType: nil,
            size: 1,
            outcome: .matched
        )
        record.observedDiffID = diffID
        try writer.insert(record)
    }
}

extension FileEntryRecord {
    /// A file whose content is this text.
    package static func file(_ path: String, _ text: String = "", mode: UInt32 = 0o644) -> FileEntryRecord {
        let bytes = Array(text.utf8)
        return FileEntryRecord(
            path: Array(path.utf8),
            kind: .file,
            mode: mode,
            content: FileContentRecord(digest: Digest(hashing: bytes).bytes, size: Int64(bytes.count))
        )
    }

    /// A folder.
    package static func folder(_ path: String) -> FileEntryRecord {
        FileEntryRecord(path: Array(path.utf8), kind: .directory, mode: 0o755)
    }

    /// A symbolic link, or another name of an earlier file.
    package static func link(_ path: String, to target: String, isHard: Bool = false) -> FileEntryRecord {
        FileEntryRecord(
            path: Array(path.utf8),
            kind: isHard ? .hardLink : .symbolicLink,
            mode: 0o777,
            link: Array(target.utf8)
        )
    }
}

extension CaseFixture {
    /// Stores an index that lists manifests, under a name; answers its digest.
    @discardableResult
    package func addIndex(_ name: String, of manifests: [Digest]) throws -> Digest {
        let index = Self.digest("index \(name)")
        try caseFile.write { writer in
            try writer.insert(ArtifactRecord(digest: index, size: 1, mediaType: nil, role: .imageIndex))
            try writer.insert(ReferenceRecord(name: name, digest: index, sourceID: sourceID, key: "name"))
            for (position, manifest) in manifests.enumerated() {
                try insert(.child, index, manifest, at: position, writer)
            }
        }
        return index
    }
}
