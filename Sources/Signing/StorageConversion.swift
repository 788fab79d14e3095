package import Cryptography
internal import OCI
internal import StrictJSON

/// Moves signatures from one storage to the other; what is signed never changes.
package struct StorageConversion: Sendable {
    /// To which storage.
    package var target: Target
    /// Whether the old storage is taken away.
    package var removesOld: Bool

    /// The two storages of signatures in layers.
    package enum Target: String, Sendable, CaseIterable {
        /// Manifests that refer to the image (OCI 1.1).
        case referrer = "oci-1-1"
        /// Manifests named `sha256-….sig` and `.att`.
        case legacy
    }

    /// What was done for one image.
    package struct Outcome: Sendable {
        /// The image.
        package let image: Digest
        /// Manifests whose layers are now in the other storage.
        package internal(set) var converted = 0
        /// Bundles: they sign other bytes than simple signatures, so that there is nothing to convert them to.
        package internal(set) var bundles = 0
    }

    /// A conversion.
    package init(to target: Target, removesOld: Bool) {
        self.target = target
        self.removesOld = removesOld
    }

    /// Converts everything that speaks of an image itself.
    ///
    /// - Throws: ``LayoutError``.
    package func convert(_ image: WrittenDescriptor, in layout: inout LayoutFolder) throws(LayoutError) -> Outcome {
        let attached = try Attachments(of: [image], in: layout)
        var outcome = Outcome(image: image.digest)
        outcome.bundles = attached.referrers.count { $0.artifactType.utf8.starts(with: Self.bundleType.utf8) }
        switch target {
        case .legacy:
            for referrer in attached.referrers where referrer.subject.digest == image.digest {
                guard
                    let names = Self.names.first(where: { $0.artifactType.text.hasSameBytes(as: referrer.artifactType) }
                    )
                else { continue }
                let layers = try layout.document(referrer.descriptor)["layers"]?.array ?? []
                _ = try layout.store(layers: layers, of: image, as: .legacy, names)
                outcome.converted += 1
                if removesOld { try remove(referrer, of: image, from: &layout) }
            }
        case .referrer:
            for named in attached.named {
                guard let names = Self.names.first(where: { $0.holds(named) }) else { continue }
                let layers = try layout.document(named.entry)["layers"]?.array ?? []
                _ = try layout.store(layers: layers, of: image, as: .referrer(writesArtifactType: true), names)
                outcome.converted += 1
                if removesOld {
                    layout.entries.removeAll { $0.digest == named.entry.digest }
                    layout.discard(named.entry.digest)
                }
            }
        }
        return outcome
    }

    private static let names = [AttachmentNames.signatures, .attestations]
    private static let bundleType = "application/vnd.dev.sigstore.bundle"

    private func remove(
        _ referrer: Attachments.Referrer,
        of image: WrittenDescriptor,
        from layout: inout LayoutFolder
    ) throws(LayoutError) {
        try layout.updateReferrers(of: image.digest) { referrers in
            referrers.removeAll { $0["digest"]?.string == referrer.descriptor.digest.description }
        }
        layout.entries.removeAll { $0.digest == referrer.descriptor.digest }
        layout.discard(referrer.descriptor.digest)
    }
}

extension AttachmentNames {
    /// Whether an entry is of this kind, by its name or by what `cosign save` calls it.
    fileprivate func holds(_ named: Attachments.Named) -> Bool {
        named.entry.referenceName?.utf8.suffix(4).elementsEqual(".\(suffix)".utf8) ?? (named.entry.kind == kind)
    }
}
