/// What reading a repository accepts at most; what is beyond is told by a warning.
package struct GitLimits: Hashable, Sendable {
    /// Bytes of one commit or tag; GitHub refuses commits of more than a few MiB.
    package var objectBytes = 16 << 20
    /// Objects of one pack.
    package var packObjects = 50_000_000
    /// Commits and tags of one repository.
    package var objects = 5_000_000
    /// Bytes that all objects of one pack may expand to, whatever their type.
    package var expandedBytes: Int64 = 16 << 30
    /// Deltas upon one another; git makes 50, and 4095 when told to.
    package var deltaDepth = 4095
    /// Bytes of commits kept as bases of deltas while one pack is read.
    package var cachedBytes = 256 << 20
    /// References.
    package var references = 2_000_000
    /// Symbolic references in a row.
    package var symbolicDepth = 5
    /// Bytes of `packed-refs`.
    package var packedReferenceBytes = 256 << 20
    /// Warnings of one kind that are told one by one.
    package var warningsPerCode = 100

    /// Limits above what honest repositories need.
    package static let standard = GitLimits()

    package init() {}
}
