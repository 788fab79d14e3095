import Archive
import Foundation
import TestSupport
import Testing

@Suite("gzip files are expanded, and their trailers compared")
struct GunzipChunksTests {
    private static let text = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7 * ($0 % 13)) }

    /// What the machine's own gzip makes of the text.
    private static let deflated: [UInt8] = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
        process.arguments = ["-nc9"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        guard (try? process.run()) != nil else { return [] }
        DispatchQueue.global().async {
            input.fileHandleForWriting.write(Data(text))
            try? input.fileHandleForWriting.close()
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(bytes)
    }()

    private func expand(
        _ bytes: [UInt8],
        chunkSize: Int = 4096
    ) throws(ArchiveError) -> (text: [UInt8], source: GunzipChunks) {
        let source = GunzipChunks(MemoryChunks(bytes, chunkSize: chunkSize), limit: 1 << 24)
        return (try source.all(), source)
    }

    @Test("What gzip deflated comes out again, however the bytes arrive", arguments: [1, 7, 4096, 1 << 20])
    func deflated(chunkSize: Int) throws {
        let (text, source) = try expand(Self.deflated, chunkSize: chunkSize)
        #expect(!Self.deflated.isEmpty && Self.deflated.count < Self.text.count)
        #expect(text == Self.text)
        #expect(source.consumed == Int64(Self.deflated.count))
        #expect(source.oddities == ExpansionOddities(members: 1, wrongChecksums: 0))
    }

    @Test("Members that follow one another are one text, and counted", arguments: [1, 3, 100, 4096, 1 << 20])
    func members(chunkSize: Int) throws {
        let stored = StoredCompression.gzip(Array("stored".utf8))
        let (text, source) = try expand(Self.deflated + stored + Self.deflated, chunkSize: chunkSize)
        #expect(text == Self.text + Array("stored".utf8) + Self.text)
        #expect(source.oddities.members == 3)
        #expect(source.oddities.wrongChecksums == 0)
        #expect(source.consumed == Int64(2 * Self.deflated.count + stored.count))
    }

    @Test("A wrong checksum and a wrong length are told, and the bytes come out", arguments: [8, 4])
    func trailers(fromEnd: Int) throws {
        for original in [Self.deflated, StoredCompression.gzip(Self.text)] {
            var bytes = original
            bytes[bytes.count - fromEnd] ^= 1
            let (text, source) = try expand(bytes)
            #expect(text == Self.text)
            #expect(source.oddities == ExpansionOddities(members: 1, wrongChecksums: 1))
            #expect(source.consumed == Int64(bytes.count))
        }
    }

    @Test("Bytes behind the end are left over, and counted", arguments: [1, 5, 4096, 1 << 20], [1, 2, 600])
    func trailing(chunkSize: Int, count: Int) throws {
        let behind = [UInt8](repeating: 0x1F, count: count)
        let (text, source) = try expand(Self.deflated + behind, chunkSize: chunkSize)
        #expect(text == Self.text)
        #expect(source.consumed == Int64(Self.deflated.count))
        #expect(source.oddities.members == 1)
    }

    @Test("A second member that is cut short or damaged is an error")
    func brokenSecond() {
        #expect(throws: ArchiveError.truncated(offset: Int64(2 * Self.deflated.count - 20))) {
            try expand(Self.deflated + Self.deflated.dropLast(20))
        }
        let offset = Int64(Self.deflated.count + 10)
        #expect(throws: ArchiveError.damaged(offset: offset, reason: "unsupported gzip method")) {
            try expand(Self.deflated + [0x1F, 0x8B, 0x07, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    @Test("A thread that draws ahead gives the same bytes, and the same error", arguments: [3, 4096, 1 << 20])
    func piped(chunkSize: Int) throws {
        let source = GunzipChunks(MemoryChunks(Self.deflated, chunkSize: chunkSize), limit: 1 << 24)
        #expect(try PipedChunks(source).all() == Self.text)
        let cut = GunzipChunks(MemoryChunks(Self.deflated.dropLast(20), chunkSize: chunkSize), limit: 1 << 24)
        let piped = PipedChunks(cut)
        #expect(throws: ArchiveError.truncated(offset: Int64(Self.deflated.count - 20))) { try piped.all() }
        #expect(try piped.next() == nil)
    }

    @Test("A thread that draws ahead ends when nobody wants the rest")
    func stopped() throws {
        let source = MemoryChunks([UInt8](repeating: 7, count: 64 << 20), chunkSize: 1 << 20)
        let piped = PipedChunks(source)
        #expect(try piped.next()?.first == 7)
        piped.stop()
        // Drawn by another thread before, by this one now.
        #expect(try source.next() != nil)
    }
}
