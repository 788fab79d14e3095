internal import Git

/// What import accepts at most.
///
/// Everything beyond is recorded as a warning that names the limit.
package struct ImportLimits: Hashable, Sendable {
    /// Bytes of a manifest, index or configuration.
    ///
    /// Registries refuse more than 4 MiB; ours leaves room for huge indexes.
    package var documentBytes: Int64 = 64 << 20
    /// Bytes of a simple-signing payload or a bundle.
    package var payloadBytes: Int64 = 16 << 20
    /// Bytes of an attestation envelope or an unsigned statement; cosign accepts as much.
    package var attestationBytes: Int64 = 128 << 20
    /// Bytes of one layer that are read once it is expanded; of one that is not compressed too.
    package var expandedLayerBytes: Int64 = 16 << 30
    /// Bytes that everything compressed in one piece of evidence may expand to.
    package var expandedBytes: Int64 = 256 << 30
    /// Members of a folder or archive.
    package var members = 2_000_000
    /// Archives inside one another.
    package var archiveNesting = 3
    /// Archives inside one folder or archive.
    package var archives = 1000
    /// Folders inside one another.
    package var folderDepth = 32
    /// Documents that lead from one to the next.
    package var graphDepth = 64
    /// Bytes of documents that are kept in memory while the evidence is read; more are read a second time.
    package var retainedBytes: Int64 = 256 << 20
    /// Descriptors of one document.
    package var descriptors = 1_000_000
    /// Bytes of a member's path; in layers longer ones are cut.
    package var pathBytes: Int64 = 64 << 10
    /// Bytes of an extended header or long name of a tar archive, as many as Go's reader takes.
    package var extendedHeaderBytes: Int64 = 1 << 20
    /// Signatures of one carrier.
    package var signaturesPerCarrier = 1000
    /// Signatures of one artifact; cosign examines as many.
    package var signaturesPerSubject = 1000
    /// Claims taken from one statement.
    package var claimsPerStatement = 2000
    /// Bytes of one claim's value.
    package var claimValueBytes = 64 << 10
    /// Members of one layer.
    package var layerEntries = 50_000_000
    /// Bytes of holes that are made up for the sparse files of one layer, so that their content can be hashed.
    package var holeBytes: Int64 = 4 << 30
    /// Whether the members of layers are read at all.
    package var listsFiles = true
    /// Bytes that all objects of one Git pack may expand to.
    package var gitExpandedBytes: Int64 = 16 << 30
    /// Files that are hashed at the same time; 0 stands for as many as there are processors.
    package var workers = 0

    /// Limits above what honest evidence needs.
    package static let standard = ImportLimits()
}

extension ImportLimits {
    /// For reading bytes again that were measured before: nothing is expanded or listed.
    static var plain: ImportLimits {
        var limits = ImportLimits()
        limits.expandedLayerBytes = 0
        limits.listsFiles = false
        return limits
    }

    /// The limits within a repository.
    var git: GitLimits {
        var limits = GitLimits.standard
        limits.expandedBytes = gitExpandedBytes
        return limits
    }
}
