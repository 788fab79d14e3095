/// Some bytes out of the middle of a source.
package final class SlicedChunks: ChunkSource {
    private let source: any ChunkSource
    private var skipped: Int64
    private var left: Int64

    /// A part of a source.
    ///
    /// - Parameters:
    ///   - source: Where the bytes come from.
    ///   - skipped: How many are passed over first.
    ///   - count: How many follow at most.
    package init(_ source: any ChunkSource, skipping skipped: Int64 = 0, count: Int64 = .max) {
        self.source = source
        self.skipped = max(0, skipped)
        left = max(0, count)
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while left > 0, let chunk = try source.next() {
            let passed = Int(min(skipped, Int64(chunk.count)))
            skipped -= Int64(passed)
            let taken = Int(min(left, Int64(chunk.count - passed)))
            guard taken > 0 else { continue }
            left -= Int64(taken)
            return UnsafeRawBufferPointer(rebasing: chunk[passed..<passed + taken])
        }
        return nil
    }
}
