package import Cryptography
internal import GRDB

/// One piece of evidence as it was handed over.
package struct SourceRecord: Hashable, Sendable {
    /// The number by which other records cite it; 0 before it is stored.
    package var id: Int64
    /// What it is, for example `oci-layout` or `oci-archive`.
    package var kind: String
    /// The path it was imported from, for people; opened again only by commands that read the evidence a second time.
    package var path: String
    /// The digest of the whole: of the file for an archive, of the sorted list of its members for a folder.
    package var digest: Digest
    /// When the import began.
    package var importedAt: Timestamp
    /// False until everything in it has been read.
    package var isComplete: Bool

    package init(
        id: Int64 = 0,
        kind: String,
        path: String,
        digest: Digest,
        importedAt: Timestamp,
        isComplete: Bool
    ) {
        self.id = id
        self.kind = kind
        self.path = path
        self.digest = digest
        self.importedAt = importedAt
        self.isComplete = isComplete
    }
}

/// What an artifact is in the graph it was found in.
package enum ArtifactRole: String, Hashable, Sendable, CaseIterable {
    /// An image index (OCI image-spec) or a Docker manifest list.
    case imageIndex = "image-index"
    /// An image manifest.
    case imageManifest = "image-manifest"
    /// An image without a manifest, as `docker save` writes it: its configuration stands for it.
    case savedImage = "saved-image"
    /// An image configuration.
    case configuration
    /// A file system layer.
    case layer
    /// A manifest that carries signatures or attestations of another artifact.
    case signatureManifest = "signature-manifest"
    /// A BuildKit attestation manifest: statements without a signature.
    case attestationManifest = "attestation-manifest"
    /// A manifest of any other artifact, for example an SBOM.
    case artifactManifest = "artifact-manifest"
    /// An index of referrers under a fallback tag (OCI distribution-spec, "Referrers Tag Schema").
    case referrersIndex = "referrers-index"
    /// A signed payload, envelope or bundle.
    case payload
    /// Anything else.
    case blob

    /// Which of several roles of the same bytes is kept: the lower.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}

/// One digest with what was observed of its bytes.
package struct ArtifactRecord: Hashable, Sendable {
    /// The digest of the bytes that were read.
    package var digest: Digest
    /// Bytes.
    package var size: Int64
    /// The media type by which it was reached or that it declares, if any.
    package var mediaType: String?
    /// What it is.
    package var role: ArtifactRole
    /// For a layer: the digest of its uncompressed bytes (OCI image-spec, "Layer DiffID").
    package var diffID: Digest?

    package init(digest: Digest, size: Int64, mediaType: String?, role: ArtifactRole, diffID: Digest? = nil) {
        self.digest = digest
        self.size = size
        self.mediaType = mediaType
        self.role = role
        self.diffID = diffID
    }

    /// Takes over what another observation of the same bytes says.
    ///
    /// One digest may be a configuration in a layout and an image of its own in an archive. Whatever comes first, the same
    /// is kept: the role that stands first in ``ArtifactRole``, so that no image is lost, and of several media types or
    /// diffIDs the one that sorts first.
    package mutating func merge(_ other: ArtifactRecord) {
        if other.role.rank < role.rank { role = other.role }
        mediaType = Self.first(mediaType, other.mediaType) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        diffID = Self.first(diffID, other.diffID, by: <)
    }

    private static func first<Value>(_ one: Value?, _ other: Value?, by precedes: (Value, Value) -> Bool) -> Value? {
        guard let one, let other else { return one ?? other }
        return precedes(other, one) ? other : one
    }
}

/// Where an artifact's bytes lie.
package struct LocationRecord: Hashable, Sendable {
    /// The artifact.
    package var digest: Digest
    /// The evidence it lies in.
    package var sourceID: Int64
    /// The member's path below the root of the evidence, escaped for people.
    package var path: String
    /// The offset of its bytes in an archive that is not compressed.
    package var offset: Int64?

    package init(digest: Digest, sourceID: Int64, path: String, offset: Int64? = nil) {
        self.digest = digest
        self.sourceID = sourceID
        self.path = path
        self.offset = offset
    }
}

/// A name that evidence gives to a digest: a tag or a whole reference.
package struct ReferenceRecord: Hashable, Sendable {
    /// The name.
    package var name: String
    /// What it names.
    package var digest: Digest
    /// The evidence that says so.
    package var sourceID: Int64
    /// The annotation or file it was read from, for example `org.opencontainers.image.ref.name`.
    package var key: String

    package init(name: String, digest: Digest, sourceID: Int64, key: String) {
        self.name = name
        self.digest = digest
        self.sourceID = sourceID
        self.key = key
    }
}

/// How one artifact names another.
package enum RelationshipKind: String, Hashable, Sendable, CaseIterable {
    /// `index.json` of a layout names a manifest; the origin is the digest of `index.json`.
    case entry
    /// An index lists a manifest.
    case child
    /// A manifest names its configuration.
    case configuration
    /// A manifest names a layer (or a signature manifest its payload).
    case layer
    /// A manifest names its subject (OCI image-spec 1.1, `subject`).
    case subject
}

/// Whether the bytes found are those that the descriptor names.
package enum DescriptorOutcome: String, Hashable, Sendable, CaseIterable {
    /// Digest and size agree.
    case matched
    /// Nothing lies at the digest's place.
    case missing
    /// Other bytes lie there.
    case digestMismatch = "digest-mismatch"
    /// The digest agrees, the size does not.
    case sizeMismatch = "size-mismatch"
    /// The layer's uncompressed bytes are not those that the configuration names.
    case diffIDMismatch = "diffid-mismatch"
    /// The bytes could not be read to the end.
    case unreadable
    /// The descriptor itself is not well formed.
    case malformed
}

/// What content addressing says: one descriptor, and how its bytes compare with it.
package struct RelationshipRecord: Hashable, Sendable {
    /// The evidence in which it was seen.
    package var sourceID: Int64
    /// The artifact that holds the descriptor.
    package var origin: Digest
    /// What the descriptor is for.
    package var kind: RelationshipKind
    /// Its place among descriptors of the same kind.
    package var position: Int
    /// The digest it names.
    package var target: Digest
    /// The media type it states.
    package var mediaType: String?
    /// The size it states.
    package var size: Int64?
    /// The platform it states, as `os/architecture[/variant]`.
    package var platform: String?
    /// How the bytes compare.
    package var outcome: DescriptorOutcome
    /// The digest of the bytes at its place, when they differ.
    package var observedDigest: Digest?
    /// The size of the bytes at its place, when it differs.
    package var observedSize: Int64?
    /// For a layer: the diffID that the configuration states.
    package var claimedDiffID: Digest?
    /// For a layer: the diffID that was computed.
    package var observedDiffID: Digest?

    package init(
        sourceID: Int64,
        origin: Digest,
        kind: RelationshipKind,
        position: Int,
        target: Digest,
        mediaType: String?,
        size: Int64?,
        outcome: DescriptorOutcome
    ) {
        self.sourceID = sourceID
        self.origin = origin
        self.kind = kind
        self.position = position
        self.target = target
        self.mediaType = mediaType
        self.size = size
        self.outcome = outcome
    }
}

/// Whether something was lost.
package enum WarningSeverity: String, Hashable, Sendable, CaseIterable {
    /// The evidence is odd; nothing was lost.
    case recovered
    /// Something could not be read.
    case incomplete
    /// The evidence contradicts itself: bytes are not what a descriptor names.
    case contradicted
}

/// Something about the evidence that import noticed.
package struct WarningRecord: Hashable, Sendable {
    /// The evidence.
    package var sourceID: Int64
    /// The member it concerns, escaped for people.
    package var path: String
    /// A stable word for what it is, for example `blob.digest-mismatch`.
    package var code: String
    /// Whether something was lost.
    package var severity: WarningSeverity
    /// The artifact it concerns, if one is known.
    package var digest: Digest?
    /// One sentence, escaped for people.
    package var message: String

    package init(
        sourceID: Int64,
        path: String,
        code: String,
        severity: WarningSeverity,
        digest: Digest? = nil,
        message: String
    ) {
        self.sourceID = sourceID
        self.path = path
        self.code = code
        self.severity = severity
        self.digest = digest
        self.message = message
    }
}
