/// Passes the bytes of a tar archive on and observes its headers.
package final class ObservedChunks: ChunkSource {
    private let source: any ChunkSource
    /// What sees them.
    package private(set) var observer: TarHeaderObserver

    package init(_ source: any ChunkSource, _ observer: TarHeaderObserver) {
        self.source = source
        self.observer = observer
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.next() else { return nil }
        observer.consume(chunk)
        return chunk
    }

    /// The path of a member as it stands in an extended header; see ``TarHeaderObserver/takeRawPath(at:)``.
    package func takeRawPath(at start: Int64) -> [UInt8]? {
        observer.takeRawPath(at: start)
    }

    /// Takes what the reader of the members left, and ends the observation.
    ///
    /// - Throws: ``ArchiveError`` when the source cannot be read to its end; what was seen stays.
    package func finish() throws(ArchiveError) {
        while let chunk = try source.next() { observer.consume(chunk) }
        observer.finish()
    }
}
