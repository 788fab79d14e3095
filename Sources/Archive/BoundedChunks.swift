/// A source that gives the first bytes of another, up to a limit, and says there which limit it was.
package final class BoundedChunks: ChunkSource {
    private let source: any ChunkSource
    private let grant: (Int) -> Int
    private let limit: Int64
    private let sharedLimit: Int64
    private var failure: ArchiveError?
    /// Bytes given so far.
    package private(set) var given: Int64 = 0

    /// A limited source.
    ///
    /// - Parameters:
    ///   - source: Where the bytes come from.
    ///   - limit: How many are given; more are ``ArchiveError/tooLarge(limit:)``.
    ///   - shared: What several sources may give together, and how many of the next bytes that still allows; more are
    ///     ``ArchiveError/sharedLimit(limit:)``.
    package init(_ source: any ChunkSource, limit: Int64, shared: (limit: Int64, grant: (Int) -> Int)? = nil) {
        self.source = source
        self.limit = limit
        sharedLimit = shared?.limit ?? .max
        grant = shared?.grant ?? { $0 }
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        if let failure { throw failure }
        guard let chunk = try source.next() else { return nil }
        let own = Int(min(Int64(chunk.count), limit - given))
        let granted = own > 0 ? grant(own) : 0
        given += Int64(granted)
        if granted < chunk.count {
            let failure: ArchiveError = granted < own ? .sharedLimit(limit: sharedLimit) : .tooLarge(limit: limit)
            self.failure = failure
            guard granted > 0 else { throw failure }
        }
        return UnsafeRawBufferPointer(rebasing: chunk[..<granted])
    }
}
