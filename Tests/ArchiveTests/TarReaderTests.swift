import Archive
import TestSupport
import Testing

@Suite("Tar archives are read member by member")
struct TarReaderTests {
    private static let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }

    private static var archive: TarBytes {
        var tar = TarBytes()
        tar.addDirectory("blobs/")
        tar.add("blobs/a", Self.content)
        tar.addLink("blobs/link", to: "/etc/passwd")
        tar.addFIFO("blobs/pipe")
        tar.add("../outside", Array("x".utf8))
        return tar
    }

    private func members(_ reader: TarReader) throws -> [(TarMember, [UInt8])] {
        var members: [(TarMember, [UInt8])] = []
        while let member = try reader.next() {
            members.append((member, member.kind == .file ? try reader.content.all() : []))
        }
        return members
    }

    @Test("Kinds, raw paths, sizes and content")
    func reads() throws {
        let reader = try TarReader(MemoryChunks(Self.archive.finished), nil, limit: .max)
        let members = try members(reader)
        #expect(members.map(\.0.kind) == [.directory, .file, .symbolicLink, .special, .file])
        #expect(members.map { String(decoding: $0.0.path, as: UTF8.self) }.last == "../outside")
        #expect(members[1].1 == Self.content)
        #expect(members[1].0.size == 10_000)
        #expect(members[1].0.offset == 1024)
        #expect(!reader.lacksEndMark)
    }

    @Test("Compressed archives", arguments: Compression.allCases)
    func compressed(compression: Compression) throws {
        let bytes = Self.archive.finished
        let stream = compression == .gzip ? StoredCompression.gzip(bytes) : StoredCompression.zstd(bytes)
        let members = try members(TarReader(MemoryChunks(stream), compression, limit: .max))
        #expect(members.count == 5)
        #expect(members[1].1 == Self.content)
    }

    @Test("A name that is not UTF-8 keeps its bytes")
    func rawNames() throws {
        var bytes = Self.archive.finished
        // The first member's name; its checksum is adapted to the changed byte.
        let change = 0xFF - Int(bytes[0])
        bytes[0] = 0xFF
        let sum = bytes[148..<154].reduce(0) { $0 * 8 + Int($1 - UInt8(ascii: "0")) } + change
        let digits = Array(String(sum, radix: 8).utf8)
        bytes.replaceSubrange(148..<154, with: [UInt8](repeating: UInt8(ascii: "0"), count: 6 - digits.count) + digits)
        let reader = try TarReader(MemoryChunks(bytes), nil, limit: .max)
        #expect(try reader.next()?.path == [0xFF] + Array("lobs/".utf8))
    }

    @Test("A name in an extended header that is not ASCII")
    func extendedNames() throws {
        var tar = TarBytes()
        tar.addExtendedHeader("path", Array("来歴/é".utf8))
        tar.add("short", [1])
        let reader = try TarReader(MemoryChunks(tar.finished), nil, limit: .max)
        let member = try #require(try reader.next())
        #expect(member.path == Array("来歴/é".utf8))
        #expect(member.oddity == nil)
    }

    @Test("A name in an extended header that is not UTF-8 keeps its bytes, and is called odd")
    func strayNames() throws {
        var tar = TarBytes()
        tar.addExtendedHeader("path", [0x61, 0xFF])
        tar.add("short", [1])
        let reader = try TarReader(MemoryChunks(tar.finished), nil, limit: .max)
        let member = try #require(try reader.next())
        #expect(member.path == [0x61, 0xFF])
        #expect(member.oddity != nil)
    }

    @Test("A hard link names its target")
    func hardLink() throws {
        var tar = TarBytes()
        tar.add("a", [1])
        tar.addHardLink("b", to: "a")
        let members = try members(TarReader(MemoryChunks(tar.finished), nil, limit: .max))
        #expect(members.map(\.0.kind) == [.file, .hardLink])
        #expect(members[1].0.linkTarget == Array("a".utf8))
    }

    @Test("An archive that is cut short gives what it has, then says so")
    func truncated() throws {
        let bytes = Array(Self.archive.bytes.prefix(5000))
        let reader = try TarReader(MemoryChunks(bytes), nil, limit: .max)
        #expect(try reader.next()?.kind == .directory)
        #expect(try reader.next()?.kind == .file)
        #expect(throws: ArchiveError.truncated(offset: 5000)) { try reader.content.all() }
    }

    @Test("An archive that is cut between two members is noticed by the missing end")
    func noEndMark() throws {
        let reader = try TarReader(MemoryChunks(Self.archive.bytes), nil, limit: .max)
        #expect(try members(reader).count == 5)
        #expect(reader.lacksEndMark)
    }

    @Test("A damaged header in the middle is counted, and the rest is read")
    func damagedHeader() throws {
        var bytes = Self.archive.finished
        let link = 1024 + 10_240
        bytes[link + 148] = UInt8(ascii: "7")
        let reader = try TarReader(MemoryChunks(bytes), nil, limit: .max)
        #expect(try members(reader).map(\.0.kind) == [.directory, .file, .special, .file])
        #expect(reader.skippedHeaders == 1)
    }

    @Test("Bytes that are no archive are refused")
    func notAnArchive() throws {
        #expect {
            _ = try TarReader(MemoryChunks([UInt8](repeating: 0x41, count: 4096)), nil, limit: .max).next()
        } throws: {
            if case .damaged = $0 as? ArchiveError { true } else { false }
        }
    }

    @Test("Member data stops at the limit")
    func limit() throws {
        let reader = try TarReader(MemoryChunks(Self.archive.finished), nil, limit: 5000)
        _ = try reader.next()
        _ = try reader.next()
        #expect(throws: ArchiveError.tooLarge(limit: 5000)) { try reader.content.all() }
    }
}
