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
    /// A layer that is no tar archive, although its media type says so.
    case layerFormat = "layer.format"
    /// Not every file of a layer could be read.
    case layerEntries = "layer.entries"
    /// Bytes follow the compressed stream of a layer.
    case layerTrailingBytes = "layer.trailing-bytes"
    /// A layer has frames that zstd steps over (RFC 8878, section 3.1.2), whatever they hold.
    case layerSkippedFrames = "layer.skipped-frames"
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
    /// A tag of a registry's storage that names a manifest which its repository does not list.
    case linkUnlisted = "link.unlisted"
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
    /// Archives that cannot be read a second time, to see what is in them.
    case archiveUnopened = "archive.unopened"
    /// A header of a tar archive does not hold; a container runtime stops there.
    case tarHeaderChecksum = "tar.header-checksum"
    /// A checksum that holds when octets are taken as signed.
    case tarSignedChecksum = "tar.signed-checksum"
    /// A number of a tar header is none.
    case tarMalformedNumber = "tar.malformed-number"
    /// A size of a tar header that is below zero or too large to count.
    case tarSizeOutOfRange = "tar.size-out-of-range"
    /// A link with content: some tools read the next header in it.
    case tarLinkWithSize = "tar.link-with-size"
    /// A folder with content: some tools read the next header in it.
    case tarDirectoryWithSize = "tar.directory-with-size"
    /// A file whose path ends like a folder's.
    case tarDirectoryAsFile = "tar.directory-as-file"
    /// Members after one block of zeros, where some tools stop.
    case tarSingleZeroBlock = "tar.single-zero-block"
    /// A member behind the end of the archive.
    case tarMemberAfterEnd = "tar.member-after-end"
    /// A global extended header that names a path, link or size, which some tools heed.
    case tarGlobalPath = "tar.pax-global"
    /// Two extended headers before one member, of which tools heed different ones.
    case tarTwoExtendedHeaders = "tar.two-extended-headers"
    /// An extended header that does not have the form of one.
    case tarMalformedExtendedHeader = "tar.pax-malformed"
    /// A zero octet in a name of an extended header, where some tools end the name.
    case tarZeroInExtendedHeader = "tar.pax-nul"
    /// An extended header or long name of more than is read.
    case tarExtendedHeaderTooLarge = "tar.pax-too-large"
    /// A size in an extended header that differs from the header's for no reason.
    case tarExtendedSize = "tar.pax-size"
    /// A member with holes.
    case tarSparse = "tar.sparse"
    /// Two paths that some file systems do not tell apart.
    case tarNameCollision = "tar.name-collision"
    /// A member whose path leads through a symbolic link of its own layer.
    case tarThroughLink = "tar.through-link"
    /// A path that leads out of the archive.
    case tarPathOutside = "tar.path-outside"
    /// A hard link to what lies outside the archive.
    case tarLinkOutside = "tar.link-outside"
    /// A member below something that is no folder.
    case tarBelowFile = "tar.below-file"
    /// A path that occurs twice in a layer; the last one counts.
    case tarRepeatedPath = "tar.repeated-path"
    /// More oddities than are listed.
    case limitOddities = "limit.oddities"
    /// A signature whose storage does not tell what it signs.
    case signatureUnattached = "signature.unattached"
    /// An annotation that says something else of a signature than what was signed.
    case annotationMismatch = "annotation.mismatch"
    /// A signature whose payload cannot be read.
    case signaturePayload = "signature.payload"
    /// A certificate or log entry of a signature that cannot be read.
    case signatureMaterial = "signature.material"
    /// A signature in a format that is not read yet.
    case signatureUnsupported = "signature.unsupported"
    /// A statement that cannot be read.
    case statementMalformed = "statement.malformed"
    /// A statement whose type is not one that in-toto gives.
    case statementType = "statement.type"
    /// A document or payload larger than its limit.
    case limitBytes = "limit.bytes"
    /// A stream that expands to more than its limit.
    case limitExpanded = "limit.expanded-bytes"
    /// A graph deeper than its limit.
    case limitDepth = "limit.depth"
    /// More files or members than the limit.
    case limitMembers = "limit.members"
    /// More descriptors in a document than the limit.
    case limitDescriptors = "limit.descriptors"
    /// A path longer than the limit.
    case limitPath = "limit.path-bytes"
    /// A descriptor says where its content could be had; nothing is ever fetched.
    case descriptorAddress = "descriptor.urls"
    /// An index that lists nothing.
    case indexEmpty = "index.empty"
    /// More signatures than the limit.
    case limitSignatures = "limit.signatures"
    /// More files in a layer than the limit.
    case limitLayerEntries = "limit.layer-entries"
    /// Holes of sparse files beyond the limit.
    case limitHoles = "limit.hole-bytes"
    /// More claims than the limit.
    case limitClaims = "limit.claims"

    /// Archives deeper in one another than the limit.
    case limitArchiveNesting = "limit.archive-nesting"
    /// More archives in one folder or archive than the limit.
    case limitArchives = "limit.archives"

    /// Whether something was lost.
    var severity: WarningSeverity {
        switch self {
        case .digestMismatch, .sizeMismatch, .diffIDMismatch, .diffIDCount, .dataMismatch, .ambiguous, .duplicateName,
            .linkMismatch, .linkUnlisted, .layerChecksum, .annotationMismatch,
            .malformedDigest, .tarLinkWithSize, .tarDirectoryWithSize, .tarSingleZeroBlock, .tarMemberAfterEnd,
            .tarGlobalPath, .tarTwoExtendedHeaders, .tarZeroInExtendedHeader, .tarExtendedSize:
            .contradicted
        case .memberNotAFile, .memberDuplicate, .layerTrailingBytes, .layerSkippedFrames, .layerCompression,
            .layerForeign, .mediaType,
            .diffIDAbsent, .layerMembers,
            .noMarker, .version, .referenceAmbiguous, .archiveHeader, .archiveTrailingBytes,
            .descriptorAddress, .indexEmpty, .statementType, .tarSignedChecksum, .tarDirectoryAsFile, .tarSparse,
            .tarNameCollision, .tarThroughLink, .tarPathOutside, .tarLinkOutside, .tarBelowFile, .tarRepeatedPath:
            .recovered
        case .missing, .blobNotAFile, .blobUnreadable, .layerTruncated, .layerDamaged, .notJSON, .malformed,
            .malformedDescriptor, .noIndex, .linkMalformed, .documentUnknown, .archiveTruncated, .archiveDamaged,
            .signatureUnattached,
            .signaturePayload, .signatureMaterial, .signatureUnsupported, .statementMalformed, .limitBytes,
            .limitExpanded, .limitDepth, .limitSignatures, .tarHeaderChecksum, .tarMalformedNumber, .tarSizeOutOfRange,
            .limitMembers, .limitDescriptors, .limitPath, .tarMalformedExtendedHeader, .tarExtendedHeaderTooLarge,
            .limitOddities, .layerEntries, .layerFormat, .limitLayerEntries, .limitHoles,
            .limitClaims, .limitArchiveNesting, .limitArchives, .archiveUnopened:
            .incomplete
        }
    }
}
