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

extension LayoutContents {
    /// Stores signatures of an image: one manifest, one layer each.
    ///
    /// - Returns: The descriptor of the manifest.
    @discardableResult
    package mutating func store(
        signatures: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage
    ) -> WrittenDescriptor {
        store(signatures, of: image, as: storage, ("sig", .signatures, MediaType.cosignSignature))
    }

    /// Stores attestations of an image: one manifest, one layer each.
    ///
    /// - Returns: The descriptor of the manifest.
    @discardableResult
    package mutating func store(
        attestations: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage
    ) -> WrittenDescriptor {
        store(attestations, of: image, as: storage, ("att", .attestations, MediaType.cosignAttestation))
    }

    private mutating func store(
        _ layers: [SignatureLayer],
        of image: WrittenDescriptor,
        as storage: SignatureStorage,
        _ names: (suffix: String, kind: Kind, artifactType: MediaType)
    ) -> WrittenDescriptor {
        let descriptors = layers.map { layer in
            var descriptor = add(layer.blob, mediaType: layer.mediaType)
            for annotation in layer.annotations { descriptor.annotations[annotation.name] = annotation.value }
            return descriptor
        }
        var configuration = add(
            Self.signatureConfiguration(descriptors.map(\.digest)),
            mediaType: MediaType.imageConfiguration
        )
        guard case .referrer(let writesArtifactType) = storage else {
            let manifest = ManifestDraft(configuration: configuration, layers: descriptors)
            let stored = add(manifest.bytes, mediaType: MediaType.imageManifest)
            list(stored, name: "sha256-\(image.digest.hex).\(names.suffix)", kind: names.kind)
            return stored
        }
        configuration.mediaType = names.artifactType
        var manifest = ManifestDraft(configuration: configuration, layers: descriptors)
        manifest.subject = image
        if writesArtifactType { manifest.artifactType = names.artifactType }
        return refer(manifest, to: image, as: names.artifactType)
    }

    /// The configuration that cosign gives a manifest of signatures.
    private static func signatureConfiguration(_ layers: [Digest]) -> [UInt8] {
        let epoch: JSONValue = "0001-01-01T00:00:00Z"
        let configuration: JSONValue = [
            "architecture": "", "created": epoch, "history": .array(layers.map { _ in ["created": epoch] }), "os": "",
            "rootfs": ["type": "layers", "diff_ids": .array(layers.map { JSONValue($0.description) })],
            "config": [:],
        ]
        return GoJSON.encode(configuration)
    }
}

// MARK: - Referrers

extension LayoutContents {
    /// Stores a bundle as a referrer of an image, as cosign 3 does.
    ///
    /// - Parameters:
    ///   - bundle: The bundle.
    ///   - predicateType: Of the statement in it, for the annotation; nil for a message signature.
    ///   - image: What it is about.
    ///   - created: For the annotation that says so.
    /// - Returns: The descriptor of the manifest.
    @discardableResult
    package mutating func store(
        bundle: BundleDraft,
        predicateType: String?,
        of image: WrittenDescriptor,
        created: Timestamp
    ) -> WrittenDescriptor {
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
        return refer(manifest, to: image, as: type)
    }

    /// Stores a manifest and enters it in the index of the image's referrers (OCI distribution-spec, "Referrers tag
    /// schema"), which is written anew, sorted by digest.
    private mutating func refer(
        _ manifest: ManifestDraft,
        to image: WrittenDescriptor,
        as artifactType: MediaType
    ) -> WrittenDescriptor {
        let stored = add(manifest.bytes, mediaType: MediaType.imageManifest)
        let name = "sha256-\(image.digest.hex)"
        var listed = stored
        listed.artifactType = artifactType
        listed.annotations = manifest.annotations
        referrers[image.digest, default: []].append(listed)
        let sorted = (referrers[image.digest] ?? []).sorted { $0.digest < $1.digest }
        if let place = entries.firstIndex(where: { $0.annotations["org.opencontainers.image.ref.name"] == name }) {
            blobs[entries[place].digest] = nil
            entries.remove(at: place)
        }
        list(add(WrittenDescriptor.index(of: sorted), mediaType: MediaType.imageIndex), name: name)
        return stored
    }
}
