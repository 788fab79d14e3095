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

    @Test("Bytes after a zstd stream are left over, and counted", arguments: [1, 3, 5, 4096, 1 << 20])
    func trailingBytesOfZstd(chunkSize: Int) throws {
        let stream = StoredCompression.zstd(Self.text)
        let second = StoredCompression.zstd([1, 2, 3])
        for trailing in ["h", "hidden", "hidden and long enough"].map({ Array($0.utf8) }) {
            let source = MemoryChunks(stream + second + trailing, chunkSize: chunkSize)
            let expanded = try Compression.zstd.expanding(source, limit: 1 << 20)
            #expect(try expanded.all() == Self.text + [1, 2, 3])
            #expect(expanded.consumed == Int64(stream.count + second.count))
        }
    }

    @Test("Skippable frames are counted wherever they are, and hide nothing", arguments: [1, 3, 4096, 1 << 20])
    func skippableFrames(chunkSize: Int) throws {
        let stream = StoredCompression.zstd(Self.text)
        func skippable(_ count: Int) -> [UInt8] {
            [0x5A, 0x2A, 0x4D, 0x18, UInt8(count), 0, 0, 0] + [UInt8](repeating: 0x28, count: count)
        }
        let all = skippable(9) + stream + skippable(0) + skippable(100) + stream + skippable(1)
        #expect(all.withUnsafeBytes { Compression(announcedBy: $0) } == .zstd)
        let expanded = try Compression.zstd.expanding(MemoryChunks(all, chunkSize: chunkSize), limit: 1 << 20)
        #expect(try expanded.all() == Self.text + Self.text)
        #expect(expanded.consumed == Int64(all.count))
        #expect(expanded.oddities.skipped == SkippedFrames(frames: 4, bytes: 110))
    }

    @Test("A skippable frame that is cut short is left over")
    func cutSkippableFrame() throws {
        let stream = StoredCompression.zstd(Self.text)
        let source = MemoryChunks(stream + [0x50, 0x2A, 0x4D, 0x18, 9, 0, 0, 0, 1, 2])
        let expanded = try Compression.zstd.expanding(source, limit: 1 << 20)
        #expect(try expanded.all() == Self.text)
        #expect(expanded.consumed == Int64(stream.count))
        #expect(expanded.oddities.skipped == SkippedFrames())
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
