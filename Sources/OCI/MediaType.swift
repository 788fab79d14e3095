internal import Cryptography

/// A media type as documents write it; compared byte by byte.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let text: String

    /// Wraps a media type.
    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: MediaType, right: MediaType) -> Bool {
        left.text.utf8.count == right.text.utf8.count && left.text.hasSameBytes(as: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    package var description: String {
        text
    }
}

// MARK: - Known ones

extension MediaType {
    /// OCI image-spec.
    package static let imageManifest = MediaType("application/vnd.oci.image.manifest.v1+json")
    /// OCI image-spec.
    package static let imageIndex = MediaType("application/vnd.oci.image.index.v1+json")
    /// OCI image-spec.
    package static let imageConfiguration = MediaType("application/vnd.oci.image.config.v1+json")
    /// OCI image-spec 1.1: the two bytes `{}`.
    package static let empty = MediaType("application/vnd.oci.empty.v1+json")
    /// Docker image manifest, schema 2.
    package static let dockerManifest = MediaType("application/vnd.docker.distribution.manifest.v2+json")
    /// Docker manifest list.
    package static let dockerManifestList = MediaType("application/vnd.docker.distribution.manifest.list.v2+json")
    /// Docker image configuration.
    package static let dockerConfiguration = MediaType("application/vnd.docker.container.image.v1+json")
    /// OCI image-spec: a layer, not compressed.
    package static let layer = MediaType("application/vnd.oci.image.layer.v1.tar")
    /// OCI image-spec: a layer, gzip.
    package static let layerGzip = MediaType("application/vnd.oci.image.layer.v1.tar+gzip")
    /// OCI image-spec: a layer, zstd.
    package static let layerZstd = MediaType("application/vnd.oci.image.layer.v1.tar+zstd")
    /// cosign's payload (sigstore "simple signing").
    package static let simpleSigning = MediaType("application/vnd.dev.cosign.simplesigning.v1+json")
    /// A DSSE envelope.
    package static let dsseEnvelope = MediaType("application/vnd.dsse.envelope.v1+json")
    /// An in-toto statement that nobody signed (BuildKit).
    package static let inToto = MediaType("application/vnd.in-toto+json")

    /// The artifact type of signatures of the Notary Project.
    package static let notarySignature = MediaType("application/vnd.cncf.notary.signature")
    /// An envelope of the Notary Project as JSON Web Signature.
    package static let notaryJWS = MediaType("application/jose+json")
    /// An envelope of the Notary Project as COSE_Sign1.
    package static let notaryCOSE = MediaType("application/cose")

    /// Whether this is an envelope that the Notary Project uses; others use these types too.
    package var isNotaryEnvelope: Bool {
        self == .notaryJWS || self == .notaryCOSE
    }

    /// Whether this is an index: a list of manifests.
    package var isIndex: Bool {
        self == .imageIndex || self == .dockerManifestList
    }

    /// Whether this is a manifest of one image or artifact.
    package var isManifest: Bool {
        self == .imageManifest || self == .dockerManifest
    }

    /// Whether this is an image configuration.
    package var isImageConfiguration: Bool {
        self == .imageConfiguration || self == .dockerConfiguration
    }

    /// Whether this is a Sigstore bundle of any version.
    package var isSigstoreBundle: Bool {
        hasPrefix("application/vnd.dev.sigstore.bundle")
    }

    /// Whether this is a file system layer, in whatever compression.
    package var isLayer: Bool {
        hasPrefix("application/vnd.oci.image.layer.") || hasPrefix("application/vnd.docker.image.rootfs.")
    }

    /// Whether this is a layer that images name but need not carry.
    package var isForeignLayer: Bool {
        hasPrefix("application/vnd.oci.image.layer.nondistributable.")
            || hasPrefix("application/vnd.docker.image.rootfs.foreign.")
    }

    private func hasPrefix(_ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }
}
