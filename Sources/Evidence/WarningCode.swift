internal import CaseIndex

/// The stable words of warnings, each with what it says about the evidence.
enum WarningCode: String, Hashable, Sendable, CaseIterable {
    /// A blob's bytes are not those that a descriptor or its name gives.
    case digestMismatch = "blob.digest-mismatch"
    /// A blob that a descriptor names is not there.
    case missing = "blob.missing"
    /// A blob has another size than a descriptor states.
    case sizeMismatch = "blob.size-mismatch"
    /// A symbolic link, FIFO or device lies where a blob should.
    case blobNotAFile = "blob.not-a-file"
    /// A blob could not be read to its end.
    case blobUnreadable = "blob.unreadable"
    /// A symbolic link, FIFO or device elsewhere.
    case memberNotAFile = "member.not-a-file"
    /// A member that occurs twice; the last one counts.
    case memberDuplicate = "member.duplicate"
    /// A layer's uncompressed bytes are not those that the configuration names.
    case diffIDMismatch = "layer.diffid-mismatch"
    /// The configuration names another number of layers than the manifest.
    case diffIDCount = "layer.diffid-count"
    /// The configuration names no layers at all, as those of artifacts do.
    case diffIDAbsent = "layer.diffid-absent"
    /// A compressed layer ends too early.
    case layerTruncated = "layer.truncated"
    /// A compressed layer cannot be expanded.
    case layerDamaged = "layer.damaged"
    /// The trailer of a gzip member states another checksum or length than its bytes have (RFC 1952, section 2.3.1).
    case layerChecksum = "layer.checksum"
    /// A layer is made of several gzip members.
    case layerMembers = "layer.members"
    /// Not every file of a layer could be read.
    case layerEntries = "layer.entries"
    /// Bytes follow the compressed stream of a layer.
    case layerTrailingBytes = "layer.trailing-bytes"
    /// A layer is compressed in another way than its media type says.
    case layerCompression = "layer.compression"
    /// A layer that images need not carry is not there.
    case layerForeign = "layer.foreign"
    /// A manifest, index or configuration that is not JSON.
    case notJSON = "manifest.not-json"
    /// A member name that occurs twice in one object.
    case duplicateName = "json.duplicate-name"
    /// A document with two readings.
    case ambiguous = "manifest.ambiguous"
    /// A document whose members are not what the specification says.
    case malformed = "manifest.malformed"
    /// A document that states another media type than the descriptor that names it.
    case mediaType = "manifest.media-type"
    /// A descriptor whose digest is not well formed.
    case malformedDigest = "descriptor.malformed-digest"
    /// A descriptor that is not well formed otherwise.
    case malformedDescriptor = "descriptor.malformed"
    /// The data embedded in a descriptor are not what its digest names.
    case dataMismatch = "descriptor.data-mismatch"
    /// A layout without `index.json`.
    case noIndex = "layout.no-index"
    /// A layout without `oci-layout`.
    case noMarker = "layout.no-marker"
    /// A layout of an unknown version.
    case version = "layout.version"
    /// A link of a registry's storage that names no digest.
    case linkMalformed = "link.malformed"
    /// A link of a registry's storage that names another digest than its place.
    case linkMismatch = "link.mismatch"
    /// A document in a file of signatures that is nothing known.
    case documentUnknown = "document.unknown"
    /// One name for two digests.
    case referenceAmbiguous = "reference.ambiguous"
    /// An archive ends too early.
    case archiveTruncated = "archive.truncated"
    /// An archive cannot be read further, or parts of it were skipped.
    case archiveDamaged = "archive.damaged"
    /// A member's header is odd; what could be read of it was taken.
    case archiveHeader = "archive.header"
    /// An archive goes on after its end.
    case archiveTrailingBytes = "archive.trailing-bytes"
    /// A signature whose storage does not tell what it signs.
    case signatureUnattached = "signature.unattached"
    /// A signature whose payload cannot be read.
    case signaturePayload = "signature.payload"
    /// A certificate or log entry of a signature that cannot be read.
    case signatureMaterial = "signature.material"
    /// A signature in a format that is not read yet.
    case signatureUnsupported = "signature.unsupported"
    /// A statement that cannot be read.
    case statementMalformed = "statement.malformed"
    /// A document or payload larger than its limit.
    case limitBytes = "limit.bytes"
    /// A stream that expands to more than its limit.
    case limitExpanded = "limit.expanded-bytes"
    /// A graph deeper than its limit.
    case limitDepth = "limit.depth"
    /// More signatures than the limit.
    case limitSignatures = "limit.signatures"
    /// More files in a layer than the limit.
    case limitLayerEntries = "limit.layer-entries"
    /// Holes of sparse files beyond the limit.
    case limitHoles = "limit.hole-bytes"
    /// A path longer than the limit.
    case limitPath = "limit.path-bytes"
    /// More claims than the limit.
    case limitClaims = "limit.claims"

    /// Whether something was lost.
    var severity: WarningSeverity {
        switch self {
        case .digestMismatch, .sizeMismatch, .diffIDMismatch, .diffIDCount, .dataMismatch, .ambiguous, .duplicateName,
            .linkMismatch, .layerChecksum,
            .malformedDigest:
            .contradicted
        case .memberNotAFile, .memberDuplicate, .layerTrailingBytes, .layerCompression, .layerForeign, .mediaType,
            .diffIDAbsent, .layerMembers,
            .noMarker, .version, .referenceAmbiguous, .archiveHeader, .archiveTrailingBytes, .limitClaims:
            .recovered
        case .missing, .blobNotAFile, .blobUnreadable, .layerTruncated, .layerDamaged, .notJSON, .malformed,
            .malformedDescriptor, .noIndex, .linkMalformed, .documentUnknown, .archiveTruncated, .archiveDamaged,
            .signatureUnattached,
            .signaturePayload, .signatureMaterial, .signatureUnsupported, .statementMalformed, .limitBytes,
            .limitExpanded, .limitDepth, .limitSignatures, .layerEntries, .limitLayerEntries, .limitHoles, .limitPath:
            .incomplete
        }
    }
}
