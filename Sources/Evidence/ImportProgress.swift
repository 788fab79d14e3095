/// How far an import has come.
package struct ImportProgress: Hashable, Sendable {
    /// Bytes of evidence read so far.
    package let bytesRead: Int64
    /// Bytes of evidence altogether.
    package let totalBytes: Int64
}
