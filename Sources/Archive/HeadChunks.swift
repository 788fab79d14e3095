/// A source whose first chunk is long enough to tell by it what the bytes are.
package final class HeadChunks: ChunkSource {
    private let source: any ChunkSource
    private var gathered: [UInt8] = []
    private var storage: UnsafeMutableRawBufferPointer?
    private var head: UnsafeRawBufferPointer?
    private var hasGivenHead = false

    /// Reads ahead.
    ///
    /// - Parameters:
    ///   - source: Where the bytes come from.
    ///   - count: How many bytes ``head`` has at least, unless the source ends before.
    /// - Throws: ``ArchiveError``.
    package init(_ source: any ChunkSource, atLeast count: Int) throws(ArchiveError) {
        self.source = source
        guard let first = try source.next() else { return }
        guard first.count < count else {
            head = first
            return
        }
        gathered = Array(first)
        while gathered.count < count, let chunk = try source.next() { gathered += chunk }
        let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: gathered.count, alignment: 16)
        storage.copyBytes(from: gathered)
        self.storage = storage
        head = UnsafeRawBufferPointer(storage)
    }

    deinit {
        storage?.deallocate()
    }

    /// The bytes at the beginning, valid until ``next()`` is called the second time; nil when there are none.
    package var beginning: UnsafeRawBufferPointer? {
        hasGivenHead ? nil : head
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        if !hasGivenHead {
            hasGivenHead = true
            return head
        }
        return try source.next()
    }
}

/// A source that shows every chunk of another to somebody on the way.
package final class TappedChunks: ChunkSource {
    private let source: any ChunkSource
    private let tap: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
    /// The error that ended the bytes, whoever asked for them then.
    package private(set) var failure: ArchiveError?

    /// A source of what `source` gives; `tap` sees each chunk first, and may refuse it.
    package init(
        _ source: any ChunkSource,
        _ tap: @escaping (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
    ) {
        self.source = source
        self.tap = tap
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        if let failure { throw failure }
        do throws(ArchiveError) {
            guard let chunk = try source.next() else { return nil }
            try tap(chunk)
            return chunk
        } catch {
            failure = error
            throw error
        }
    }
}
