import Archive
import TestSupport
import Testing

@Suite("Tar archives that tools read differently")
struct TarHeaderObserverTests {
    private func observe(_ bytes: [UInt8], chunk: Int = .max, comparesNames: Bool = false) -> TarHeaderObserver {
        var observer = TarHeaderObserver(comparesNames: comparesNames)
        bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let end = start + min(chunk, buffer.count - start)
                observer.consume(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
                start = end
            }
        }
        observer.finish()
        return observer
    }

    private func codes(_ bytes: [UInt8], comparesNames: Bool = false) -> [TarOddityCode] {
        let whole = observe(bytes, comparesNames: comparesNames)
        // However the bytes come in pieces, the same is found.
        for size in [1, 511, 513] {
            #expect(observe(bytes, chunk: size, comparesNames: comparesNames).oddities == whole.oddities)
        }
        return whole.oddities.map(\.code)
    }

    @Test("An honest archive has no oddity")
    func honest() {
        var tar = TarBytes()
        tar.addDirectory("etc/")
        tar.add("etc/motd", Array("hello".utf8))
        tar.addLink("etc/link", to: "motd")
        tar.addHardLink("etc/hard", to: "etc/motd")
        tar.addExtendedHeader("path", Array(repeating: UInt8(ascii: "x"), count: 300))
        tar.add("short", [UInt8](repeating: 1, count: 1000))
        #expect(codes(tar.finished, comparesNames: true) == [])
        #expect(codes([]) == [])
        // Zeros up to a record's end, as tar writes.
        #expect(codes(tar.finished + [UInt8](repeating: 0, count: 8192)) == [])
    }

    /// A member that is only seen by readers that take a link's size for nothing.
    private static let smuggled: [UInt8] = {
        var hidden = TarBytes()
        hidden.add("smuggled", [])
        return hidden.bytes
    }()

    @Test("A link or folder with content")
    func contentWhereNoneIs() throws {
        var link = TarBytes()
        link.addHeader("link", type: "2", size: 512, target: "x")
        link.append(Self.smuggled)
        let found = observe(link.finished)
        #expect(found.oddities.map(\.code) == [.linkWithSize])
        #expect(found.oddities.map(\.path) == [Array("link".utf8)])
        #expect(found.oddities.map(\.offset) == [0])
        var folder = TarBytes()
        folder.add("before", [1])
        folder.addHeader("folder/", type: "5", size: 512)
        folder.append([UInt8](repeating: 7, count: 512))
        folder.add("after", [1])
        #expect(codes(folder.finished) == [.directoryWithSize, .headerChecksum])
        #expect(observe(folder.finished).oddities.map(\.offset) == [1024, 1536])
        var file = TarBytes()
        file.add("folder/", [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(codes(file.finished) == [.directoryAsFile])
    }

    @Test("Checksums")
    func checksums() {
        var tar = TarBytes()
        tar.add("first", [1])
        tar.addHeader("broken", type: "0", size: 0) { $0[0] ^= 1 }
        tar.add("after", [1])
        let found = observe(tar.finished)
        #expect(found.oddities.map(\.code) == [.headerChecksum])
        #expect(found.oddities.map(\.offset) == [1024])
        var signed = TarBytes()
        signed.addHeader("na\u{EF}ve", type: "0", size: 0, checksum: .signed)
        #expect(codes(signed.finished) == [.signedChecksum])
    }

    @Test("The end of an archive, and what lies behind it")
    func ends() {
        var tar = TarBytes()
        tar.add("first", [1])
        #expect(codes(tar.bytes) == [.noEndMark])
        #expect(codes(tar.bytes + [UInt8](repeating: 0, count: 512)) == [.noEndMark])
        #expect(codes(Array(tar.bytes.dropLast(100))) == [.truncated])
        #expect(codes(Array(tar.bytes.prefix(100))) == [.truncated])
        var single = tar
        single.append([UInt8](repeating: 0, count: 512))
        single.add("hidden", [1])
        #expect(codes(single.finished) == [.singleZeroBlock])
        #expect(observe(single.finished).oddities.map(\.path) == [Array("hidden".utf8)])
        var behind = TarBytes()
        behind.add("behind", [1])
        let after = observe(tar.finished + behind.finished)
        #expect(after.oddities.map(\.code) == [.memberAfterEnd, .trailingData])
        #expect(after.oddities.first?.path == Array("behind".utf8))
        #expect(after.trailingBytes == 2048)
        let odd = observe(tar.finished + [1, 2, 3])
        #expect(odd.oddities.map(\.code) == [.trailingData])
        #expect(odd.oddities.map(\.offset) == [2048])
        #expect(odd.trailingBytes == 3)
    }

    @Test("What lies behind the end is handed on whole")
    func trailing() {
        final class Collected: @unchecked Sendable { var bytes: [UInt8] = [] }
        let collected = Collected()
        var observer = TarHeaderObserver()
        observer.onTrailing = { collected.bytes += $0 }
        var tar = TarBytes()
        tar.add("a", [1])
        (tar.finished + [9, 8, 7]).withUnsafeBytes { observer.consume($0) }
        observer.finish()
        #expect(collected.bytes == [9, 8, 7])
    }

    @Test("Extended headers")
    func extended() {
        func codes(_ add: (inout TarBytes) -> Void) -> [TarOddityCode] {
            var tar = TarBytes()
            add(&tar)
            tar.add("file", [1])
            return self.codes(tar.finished)
        }
        #expect(codes { $0.addExtendedHeader("path", Array("a".utf8)) } == [])
        #expect(codes { $0.addExtendedHeader("path", Array("safe\0../../evil".utf8)) } == [.zeroInExtendedHeader])
        #expect(codes { $0.addExtendedHeader("size", Array("-512".utf8)) } == [.sizeOutOfRange])
        #expect(codes { $0.addExtendedHeader("size", Array("99999999999999999999".utf8)) } == [.sizeOutOfRange])
        #expect(codes { $0.addExtendedHeader("GNU.sparse.major", Array("1".utf8)) } == [.sparse])
        #expect(
            codes {
                $0.addExtendedHeader("path", Array("a".utf8))
                $0.addExtendedHeader("path", Array("b".utf8))
            } == [.twoExtendedHeaders]
        )
        #expect(codes { $0.addRecords("g", Array("24 path=../../../evil/x\n".utf8)) } == [.globalPath])
        #expect(codes { $0.addRecords("g", Array("13 comment=x\n".utf8)) } == [])
        for lie in [
            "99 path=a\n", "0 path=a\n", "10 path=a\nx", "8 path=a\n", "path=a\n", "x path=a\n", "6 =a\n\n", "-1 p=a\n",
        ] {
            #expect(codes { $0.addRecords("x", Array(lie.utf8)) } == [.malformedExtendedHeader], "\(lie)")
        }
        let large = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        #expect(codes { $0.addExtendedHeader("path", large) } == [.extendedHeaderTooLarge])
        #expect(codes { $0.addRecords("L", large + [0]) } == [.extendedHeaderTooLarge])
        #expect(codes { $0.addRecords("L", Array("long name\0".utf8)) } == [])
    }

    @Test("A size in an extended header is the file's, whatever stands between (CVE-2025-62518)")
    func sizes() {
        // The header says nothing, the extended header 512: the block behind is content, not a header.
        var tar = TarBytes()
        tar.addExtendedHeader("size", Array("512".utf8))
        tar.addHeader("outer", type: "0", size: 0)
        tar.append(Self.smuggled)
        tar.add("after", [1])
        let found = observe(tar.finished)
        #expect(found.oddities.map(\.code) == [.extendedSize])
        // A long name between the two has its own size.
        var between = TarBytes()
        between.addExtendedHeader("size", Array("512".utf8))
        between.addRecords("L", Array("longname\0".utf8))
        between.addHeader("outer", type: "0", size: 0)
        between.append(Self.smuggled)
        let second = observe(between.finished)
        #expect(second.oddities.map(\.code) == [.extendedSize])
        // Files of more than eleven octal digits have no other way, and nothing is told of them.
        var huge = TarBytes()
        huge.addExtendedHeader("size", Array("8589934592".utf8))
        huge.addHeader("huge", type: "0", size: 0)
        #expect(codes(huge.bytes) == [.truncated])
    }

    @Test("Numbers that are none, below zero, or too large")
    func numbers() {
        func codes(_ edit: @escaping (inout [UInt8]) -> Void) -> [TarOddityCode] {
            var tar = TarBytes()
            tar.addHeader("odd", type: "0", size: 0, edit: edit, isResummed: true)
            return self.codes(tar.finished)
        }
        #expect(
            codes { $0.replaceSubrange(124..<136, with: [0xFF] + [UInt8](repeating: 0xFE, count: 11)) } == [
                .sizeOutOfRange
            ]
        )
        #expect(
            codes { $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0xFF, count: 11)) } == [
                .sizeOutOfRange
            ]
        )
        #expect(codes { $0.replaceSubrange(124..<136, with: Array("0000000009x\0".utf8)) } == [.malformedNumber])
        #expect(codes { $0.replaceSubrange(100..<108, with: Array("-000644\0".utf8)) } == [.malformedNumber])
        // Base 256 as GNU writes it, and a time before 1970.
        #expect(codes { $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0, count: 11)) } == [])
        #expect(codes { $0.replaceSubrange(136..<148, with: [UInt8](repeating: 0xFF, count: 12)) } == [])
        // The largest size there is reaches to the end.
        let largest: [UInt8] = [0x80, 0, 0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 7)
        #expect(codes { $0.replaceSubrange(124..<136, with: largest) } == [.truncated])
    }

    @Test("GNU's older map of holes may go on for blocks")
    func holes() {
        var tar = TarBytes()
        tar.addHeader("holes", type: "S", size: 512, edit: { $0[482] = 1 }, isResummed: true)
        var more = [UInt8](repeating: 0, count: 512)
        more[504] = 1
        tar.append(more)
        tar.append([UInt8](repeating: 0, count: 512))
        tar.append([UInt8](repeating: 5, count: 512))
        tar.add("after", [1])
        #expect(codes(tar.finished) == [.sparse])
    }

    @Test("Names that some file systems do not tell apart")
    func collisions() {
        func codes(_ first: String, _ second: String) -> [TarOddityCode] {
            var tar = TarBytes()
            tar.addExtendedHeader("path", Array(first.utf8))
            tar.add("x", [1])
            tar.addExtendedHeader("path", Array(second.utf8))
            tar.add("y", [1])
            return self.codes(tar.finished, comparesNames: true)
        }
        #expect(codes("README", "readme") == [.nameCollision])
        #expect(codes("caf\u{E9}", "cafe\u{301}") == [.nameCollision])
        #expect(codes("a", "b") == [])
        // The very same path is not this oddity, and a folder's slash makes no other path.
        #expect(codes("a", "a") == [])
        #expect(codes("./a", "a") == [])
        var tar = TarBytes()
        tar.add("README", [1])
        tar.add("readme", [1])
        #expect(self.codes(tar.finished) == [])
    }

    @Test("Of very many oddities the first are kept, and the rest counted")
    func limit() {
        var tar = TarBytes()
        for _ in 0..<1500 { tar.addHeader("link", type: "2", size: 512, target: "x") }
        let found = observe(tar.finished)
        #expect((found.oddities.count, found.omitted) == (1000, 500))
    }

    @Test("Nothing that bytes can be ends the walk in a trap")
    func mutations() {
        var tar = TarBytes()
        tar.addExtendedHeader("path", Array("a".utf8))
        tar.add("file", [UInt8](repeating: 3, count: 700))
        tar.addRecords("L", Array("longname\0".utf8))
        tar.addLink("link", to: "x")
        var mutator = Mutator(seed: 4)
        for _ in 0..<2000 { _ = observe(mutator.mutate(tar.finished), chunk: 300, comparesNames: true) }
    }
}
