import Archive
import TestSupport
import Testing

@Suite("Compressed streams are expanded within limits")
struct ExpandedChunksTests {
    private static let text = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }

    private static func compress(_ bytes: [UInt8], _ compression: Compression) -> [UInt8] {
        switch compression {
        case .gzip: StoredCompression.gzip(bytes)
        case .zstd: StoredCompression.zstd(bytes)
        }
    }

    @Test("The bytes come out again", arguments: Compression.allCases, [1, 4096, 1 << 20])
    func expands(compression: Compression, chunkSize: Int) throws {
        let stream = Self.compress(Self.text, compression)
        #expect(stream.withUnsafeBytes { Compression(announcedBy: $0) } == compression)
        let expanded = try compression.expanding(MemoryChunks(stream, chunkSize: chunkSize), limit: 1 << 20)
        #expect(try expanded.all() == Self.text)
        #expect(expanded.consumed == Int64(stream.count))
        #expect(expanded.produced == Int64(Self.text.count))
    }

    @Test("A stream of nothing is accepted", arguments: Compression.allCases)
    func empty(compression: Compression) throws {
        let stream = Self.compress([], compression)
        let expanded = try compression.expanding(MemoryChunks(stream), limit: 0)
        #expect(try expanded.all().isEmpty)
    }

    @Test("Only one layer of compression is taken off", arguments: Compression.allCases)
    func nested(compression: Compression) throws {
        let inner = Self.compress(Self.text, compression)
        let expanded = try compression.expanding(
            MemoryChunks(Self.compress(inner, compression)),
            limit: 1 << 20
        )
        #expect(try expanded.all() == inner)
    }

    @Test("Bytes after a gzip stream are left over, and counted")
    func trailingBytes() throws {
        let stream = StoredCompression.gzip(Self.text)
        let source = MemoryChunks(stream + Array("hidden".utf8))
        let expanded = try Compression.gzip.expanding(source, limit: 1 << 20)
        #expect(try expanded.all() == Self.text)
        #expect(expanded.consumed == Int64(stream.count))
    }

    @Test("A stream that is cut short is said to be", arguments: Compression.allCases)
    func truncated(compression: Compression) throws {
        let stream = Array(Self.compress(Self.text, compression).dropLast(1000))
        let expanded = try compression.expanding(MemoryChunks(stream), limit: 1 << 20)
        #expect(throws: ArchiveError.truncated(offset: Int64(stream.count))) { try expanded.all() }
    }

    @Test("A stream that is cut in its first block is not taken for an empty one", arguments: Compression.allCases)
    func truncatedAtOnce(compression: Compression) throws {
        let stream = Array(Self.compress(Self.text, compression).prefix(100))
        #expect(throws: ArchiveError.truncated(offset: 100)) {
            try compression.expanding(MemoryChunks(stream), limit: 1 << 20).forEachChunk { _ in }
        }
    }

    @Test("A bomb stops at the limit")
    func bomb() throws {
        let stream = StoredCompression.zstdZeros(blocks: 8000)
        let expanded = try ExpandedChunks(MemoryChunks(stream), .zstd, limit: 1 << 20)
        #expect(throws: ArchiveError.tooLarge(limit: 1 << 20)) { try expanded.forEachChunk { _ in } }
        #expect(expanded.produced <= 2 << 20)
    }

    @Test("An error of the source comes through")
    func sourceError() throws {
        let source = MemoryChunks(
            Array(StoredCompression.gzip(Self.text).prefix(70_000)),
            thenThrowing: .unreadableInput(code: 5)
        )
        #expect(throws: ArchiveError.unreadableInput(code: 5)) {
            try Compression.gzip.expanding(source, limit: 1 << 20).forEachChunk { _ in }
        }
    }
}
