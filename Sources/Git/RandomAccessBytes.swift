/// The bytes of one file of a repository, wherever they lie; read from any offset.
package protocol RandomAccessBytes {
    /// How many there are.
    var count: Int64 { get }
    /// Fills a buffer from an offset on; answers how many bytes were there, 0 at the end or when they cannot be read.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension RandomAccessBytes {
    /// Some bytes, fewer when the file ends before.
    func bytes(at offset: Int64, count wanted: Int) -> [UInt8] {
        guard wanted > 0, offset >= 0, offset < count else { return [] }
        let room = Int(min(Int64(wanted), count - offset))
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            while filled < room {
                let slice = UnsafeMutableRawBufferPointer(rebasing: raw[filled...])
                let read = read(at: offset + Int64(filled), into: slice)
                guard read > 0 else { break }
                filled += read
            }
        }
    }

    /// Everything; nil when it is more than the limit, or when not all of it can be read.
    func all(limit: Int) -> [UInt8]? {
        guard count <= Int64(limit) else { return nil }
        let bytes = bytes(at: 0, count: Int(count))
        return Int64(bytes.count) == count ? bytes : nil
    }
}

/// Bytes that are in memory already.
package struct MemoryBytes: RandomAccessBytes {
    private let content: [UInt8]

    package init(_ content: [UInt8]) {
        self.content = content
    }

    package var count: Int64 { Int64(content.count) }

    package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        let start = Int(offset)
        let length = min(buffer.count, content.count - start)
        content.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + length]))
        }
        return length
    }
}
