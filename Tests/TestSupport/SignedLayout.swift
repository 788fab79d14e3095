package import Cryptography
package import OCI
package import Signing

/// A layout with one image that the job signed, and the instance that signed it.
package struct SignedLayout: Sendable {
    /// Signs.
    package var sigstore: VirtualSigstore
    /// What will be written.
    package var layout: LayoutContents
    /// The image's manifest or index.
    package var image: WrittenDescriptor
    /// The image's manifest, with its configuration and two layers; of an index the first.
    package let manifest: WrittenDescriptor
    /// The image's configuration.
    package let configuration: Digest
    /// The image's layers.
    package let layers: [Digest]

    /// How the signature is stored.
    package enum Storage: Hashable, Sendable, CaseIterable {
        /// `sha256-….sig` and `kind`.
        case legacy
        /// `sha256-….att` and `kind`: an attestation.
        case legacyAttestation
        /// An OCI 1.1 referrer that states its artifact type.
        case referrer
        /// An OCI 1.1 referrer whose artifact type follows from its configuration.
        case referrerWithoutType
        /// A Sigstore bundle as a referrer.
        case bundle
        /// The same, which nothing lists: what `cosign save` leaves behind.
        case orphanBundle
    }

    /// A layout without a signature.
    ///
    /// - Parameter isIndex: Whether the image is an index for two platforms.
    /// - Throws: When OpenSSL fails.
    package init(isIndex: Bool = false) throws {
        sigstore = try VirtualSigstore()
        layout = LayoutContents()
        let lower = [TarWriter.Member(path: "etc/motd", bytes: Array("hello\n".utf8))]
        let upper = [TarWriter.Member(path: "app/start", bytes: Array("#!/bin/sh\n".utf8), mode: 0o755)]
        var small = SmallImage(layers: [lower, upper], created: sigstore.time, command: ["/app/start"])
        manifest = small.add(to: &layout)
        image = manifest
        if isIndex {
            let first = small
            small.platform.architecture = "arm64"
            image = layout.addIndex(of: [first, small])
        }
        layers = [lower, upper].map { Digest(hashing: StoredGzip.encode(TarWriter.archive($0))) }
        configuration = Digest(hashing: small.configuration)
        layout.list(image, name: "app:1.4.0", kind: isIndex ? .imageIndex : .image)
    }

    /// A layout with a signature of the image.
    package init(isIndex: Bool = false, storage: Storage) throws {
        try self.init(isIndex: isIndex)
        try sign(image.digest, storage: storage)
    }

    /// Signs a digest and stores the signature at the image.
    package mutating func sign(_ digest: Digest, storage: Storage) throws {
        switch storage {
        case .legacy:
            layout.store(signatures: [try sigstore.signedImage(digest).layer], of: image, as: .legacy)
        case .legacyAttestation:
            layout.store(attestations: [try sigstore.attestedImage(digest).layer], of: image, as: .legacy)
        case .referrer, .referrerWithoutType:
            let storage = SignatureStorage.referrer(writesArtifactType: storage == .referrer)
            layout.store(signatures: [try sigstore.signedImage(digest).layer], of: image, as: storage)
        case .bundle, .orphanBundle:
            let statement = StatementDraft.signature(
                of: digest,
                annotations: VirtualSigstore.job.annotations(tag: "1.4.0")
            )
            let bundle = try sigstore.attested(statement: statement.bytes).bundle
            layout.store(
                bundle: bundle,
                predicateType: statement.predicateType,
                of: image,
                created: sigstore.time
            )
            if storage == .orphanBundle { forgetReferrers() }
        }
    }

    /// Flips the lowest bit of the last byte of a blob, which keeps its old name.
    package mutating func flip(_ digest: Digest) {
        layout.blobs[digest]?.withUnsafeMutableBufferPointer { $0[$0.count - 1] ^= 1 }
    }

    /// Writes the layout.
    ///
    /// - Returns: Its path.
    package func write(to directory: TemporaryDirectory) throws -> String {
        try LayoutWriter.write(layout, to: directory.path("layout"))
        return directory.path("layout")
    }

    /// Takes the index of referrers away, as a blob and as an entry.
    private mutating func forgetReferrers() {
        guard let place = layout.entries.firstIndex(where: { $0.mediaType == .imageIndex && $0.digest != image.digest })
        else { return }
        layout.blobs[layout.entries[place].digest] = nil
        layout.entries.remove(at: place)
    }
}
