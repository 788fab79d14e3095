package import Cryptography
package import OCI
internal import StrictJSON

/// How signatures that lie in layers are tied to their image.
package enum SignatureStorage: Hashable, Sendable {
    /// A manifest named `sha256-….sig` or `.att`, with the `kind` that `cosign save` writes.
    case legacy
    /// A manifest whose `subject` is the image (OCI 1.1), and an index of referrers named `sha256-…`.
    ///
    /// Older writers leave `artifactType` out of the manifest: it follows then from the configuration's media type.
    case referrer(writesArtifactType: Bool)
}

extension LayoutEditing {
    /// Stores signatures of an image, one layer each; those that lie beside the image already stay.
    ///
    /// - Returns: The descriptor of the manifest.
    /// - Throws: The layout's failure: what lies beside the image cannot be read.
    @discardableResult
    package mutating func store(
        signatures: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage
    ) throws(Failure) -> WrittenDescriptor {
        try store(signatures, of: image, as: storage, .signatures)
    }

    /// Stores attestations of an image, one layer each; those that lie beside the image already stay.
    ///
    /// - Returns: The descriptor of the manifest.
    /// - Throws: The layout's failure: what lies beside the image cannot be read.
    @discardableResult
    package mutating func store(
        attestations: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage
    ) throws(Failure) -> WrittenDescriptor {
        try store(attestations, of: image, as: storage, .attestations)
    }

    private mutating func store(
        _ layers: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage,
        _ attachment: AttachmentNames
    ) throws(Failure) -> WrittenDescriptor {
        let descriptors = layers.map { layer in
            var descriptor = add(layer.blob, mediaType: layer.mediaType)
            for annotation in layer.annotations { descriptor.annotations[annotation.name] = annotation.value }
            return descriptor.json
        }
        return try store(layers: descriptors, of: image, as: storage, attachment)
    }

    /// Stores layers whose blobs are there.
    mutating func store(
        layers: [JSONValue],
        of image: WrittenDescriptor,
        as storage: SignatureStorage,
        _ attachment: AttachmentNames
    ) throws(Failure) -> WrittenDescriptor {
        switch storage {
        case .legacy:
            let name = attachment.tag(of: image.digest)
            let place = entries.firstIndex { $0.referenceName?.hasSameBytes(as: name) == true }
            var manifest = JSONObject()
            if let place { manifest = try document(entries[place]) }
            let kept = (manifest["layers"]?.array ?? []).filter { !layers.contains($0) }
            let fresh = signatureManifest(layers: kept + layers, mediaType: .imageConfiguration)
            for member in fresh.members { manifest[member.name.text] = member.value }
            let stored = add(GoJSON.encode(.object(manifest)), mediaType: MediaType.imageManifest)
            relist(stored, at: place, name: name, kind: attachment.kind)
            return stored
        case .referrer(let writesArtifactType):
            var manifest = signatureManifest(layers: layers, mediaType: attachment.artifactType)
            manifest["subject"] = image.plain.json
            if writesArtifactType { manifest["artifactType"] = JSONValue(attachment.artifactType.text) }
            let stored = add(GoJSON.encode(.object(manifest)), mediaType: MediaType.imageManifest)
            return try refer(stored, to: image, as: attachment.artifactType)
        }
    }

    /// A manifest of signatures, with the configuration that cosign gives it.
    private mutating func signatureManifest(layers: [JSONValue], mediaType: MediaType) -> JSONObject {
        let epoch: JSONValue = "0001-01-01T00:00:00Z"
        let content: JSONValue = [
            "architecture": "", "created": epoch, "history": .array(layers.map { _ in ["created": epoch] }), "os": "",
            "rootfs": ["type": "layers", "diff_ids": .array(layers.map { $0["digest"] ?? .null })],
            "config": [:],
        ]
        let configuration = add(GoJSON.encode(content), mediaType: mediaType)
        return JSONObject([
            ("schemaVersion", 2), ("mediaType", JSONValue(MediaType.imageManifest.text)),
            ("config", configuration.json), ("layers", .array(layers)),
        ])
    }
}

/// How signatures and attestations are told apart when they lie beside an image.
package struct AttachmentNames: Sendable {
    /// After the digest in cosign's tag.
    package let suffix: String
    /// In `index.json`, as `cosign save` writes it.
    package let kind: LayoutEntryKind
    /// As a referrer.
    package let artifactType: MediaType

    /// Signatures.
    package static let signatures = Self(suffix: "sig", kind: .signatures, artifactType: .cosignSignature)
    /// Attestations.
    package static let attestations = Self(suffix: "att", kind: .attestations, artifactType: .cosignAttestation)

    /// cosign's tag for an image.
    package func tag(of image: Digest) -> String {
        "\(image.algorithm.rawValue)-\(image.hex).\(suffix)"
    }
}

// MARK: - Referrers

extension LayoutEditing {
    /// Stores a bundle as a referrer of an image, as cosign 3 does.
    ///
    /// - Parameters:
    ///   - bundle: The bundle.
    ///   - predicateType: Of the statement in it, for the annotation; nil for a message signature.
    ///   - image: What it is about.
    ///   - created: For the annotation that says so.
    /// - Returns: The descriptor of the manifest.
    /// - Throws: The layout's failure: its list of referrers cannot be read.
    @discardableResult
    package mutating func store(
        bundle: BundleDraft,
        predicateType: String?,
        of image: WrittenDescriptor,
        created: Timestamp
    ) throws(Failure) -> WrittenDescriptor {
        let type = MediaType(bundle.version.writtenMediaType)
        var configuration = add(Array("{}".utf8), mediaType: MediaType.empty)
        configuration.artifactType = type
        var manifest = ManifestDraft(configuration: configuration, layers: [add(bundle.bytes, mediaType: type)])
        manifest.artifactType = type
        manifest.subject = image
        manifest.annotations = [
            "dev.sigstore.bundle.content": predicateType == nil ? "message-signature" : "dsse-envelope",
            "org.opencontainers.image.created": created.description,
        ]
        manifest.annotations["dev.sigstore.bundle.predicateType"] = predicateType
        var stored = add(manifest.bytes, mediaType: MediaType.imageManifest)
        stored.annotations = manifest.annotations
        return try refer(stored, to: image, as: type)
    }

    /// Enters a manifest in the index of an image's referrers (OCI distribution-spec, "Referrers tag schema"), which is
    /// written anew, sorted by digest.
    ///
    /// - Parameters:
    ///   - stored: The manifest, with its annotations.
    ///   - image: What it refers to.
    ///   - artifactType: What kind of artifact it is.
    /// - Returns: The descriptor of the manifest.
    /// - Throws: The layout's failure: its list of referrers cannot be read.
    @discardableResult
    mutating func refer(
        _ stored: WrittenDescriptor,
        to image: WrittenDescriptor,
        as artifactType: MediaType
    ) throws(Failure) -> WrittenDescriptor {
        var listed = stored
        listed.artifactType = artifactType
        try updateReferrers(of: image.digest) { referrers in
            referrers.removeAll { $0["digest"]?.string == stored.digest.description }
            referrers.append(listed.json)
        }
        return stored
    }

    /// Changes the list of an image's referrers; a list that is empty afterwards goes.
    mutating func updateReferrers(
        of image: Digest,
        _ change: (inout [JSONValue]) -> Void
    ) throws(Failure) {
        let name = "\(image.algorithm.rawValue)-\(image.hex.prefix(64))"
        let place = entries.firstIndex { $0.referenceName?.hasSameBytes(as: name) == true }
        var index = JSONObject([("schemaVersion", 2), ("mediaType", JSONValue(MediaType.imageIndex.text))])
        if let place { index = try document(entries[place]) }
        var referrers = index["manifests"]?.array ?? []
        change(&referrers)
        referrers.sort {
            ($0["digest"]?.string ?? "").utf8.lexicographicallyPrecedes(($1["digest"]?.string ?? "").utf8)
        }
        index["manifests"] = .array(referrers)
        relist(add(GoJSON.encode(.object(index)), mediaType: MediaType.imageIndex), at: place, name: name)
    }
}
