package import Cryptography
internal import OCI
internal import StrictJSON

/// A layout that takes blobs over from another one.
package protocol LayoutTaking: LayoutEditing where Failure == LayoutError {
    /// Takes a blob over, when what it belongs to is written.
    mutating func take(_ digest: Digest, size: Int, from other: LayoutFolder)
}

extension LayoutFolder: LayoutTaking {
    package mutating func take(_ digest: Digest, size: Int, from other: LayoutFolder) {
        copied[digest] = (other.folder, Int64(size))
    }
}

/// What a copy came to.
package struct CopiedImage: Sendable {
    /// The image.
    package let image: Digest
    /// Manifests of signatures and attestations under cosign's names.
    package let named: Int
    /// Manifests that refer to the image.
    package let referrers: Int
    /// Blobs that the source does not have.
    package let missing: [Digest]
}

extension LayoutTaking {
    /// Takes an image over with everything that speaks of it.
    ///
    /// - Parameters:
    ///   - image: The image, or an index.
    ///   - source: Where it lies.
    /// - Returns: What was taken.
    /// - Throws: ``LayoutError``; ``LayoutError/nameTaken(_:other:)`` when the name is another image's here.
    package mutating func copy(
        _ image: WrittenDescriptor,
        from source: LayoutFolder
    ) throws(LayoutError) -> CopiedImage {
        var missing: [Digest] = []
        try takeParts(of: image, from: source, &missing)
        if !entries.contains(where: { $0.digest == image.digest && $0.referenceName == image.referenceName }) {
            if let name = image.referenceName,
                let other = entries.first(where: { $0.referenceName?.hasSameBytes(as: name) == true })
            {
                throw .nameTaken(name, other: other.digest)
            }
            entries.append(image)
        }
        let attached = try Attachments(of: source.family(of: image, onlyPresent: true), in: source)
        for named in attached.named { try take(named, from: source, &missing) }
        for referrer in attached.referrers {
            try takeParts(of: referrer.descriptor, from: source, &missing)
            try refer(referrer.descriptor, to: referrer.subject, as: MediaType(referrer.artifactType))
        }
        return CopiedImage(
            image: image.digest,
            named: attached.named.count,
            referrers: attached.referrers.count,
            missing: missing
        )
    }

    private mutating func takeParts(
        of image: WrittenDescriptor,
        from source: LayoutFolder,
        _ missing: inout [Digest]
    ) throws(LayoutError) {
        for part in try source.parts(of: image) {
            if source.has(part.digest) {
                take(part.digest, size: part.size, from: source)
            } else {
                missing.append(part.digest)
            }
        }
    }

    /// Takes a manifest under one of cosign's names; what has the name here already keeps its layers.
    private mutating func take(
        _ named: Attachments.Named,
        from source: LayoutFolder,
        _ missing: inout [Digest]
    ) throws(LayoutError) {
        guard !entries.contains(where: { $0.digest == named.entry.digest }) else { return }
        try takeParts(of: named.entry, from: source, &missing)
        let layers = try source.document(named.entry)["layers"]?.array ?? []
        let isThere = entries.contains { $0.referenceName != nil && $0.referenceName == named.entry.referenceName }
        for attachment in [AttachmentNames.signatures, .attestations] where isThere {
            guard named.entry.referenceName?.hasSameBytes(as: attachment.tag(of: named.image)) == true else { continue }
            let image = try source.image(.digest(named.image))
            _ = try store(layers: layers, of: image, as: .legacy, attachment)
            return
        }
        entries.append(named.entry)
    }
}
