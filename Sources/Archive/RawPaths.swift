/// Paths of extended headers that are not ASCII, as they stand there, until the reader of the members comes to them.
///
/// libarchive composes the letters of such paths (Unicode's form C), and so gives other bytes.
struct RawPaths {
    private var paths: [Int64: [UInt8]] = [:]

    /// More than lie in the bytes that are read ahead, unless every header is almost nothing but a path.
    private static let limit = 10_000

    /// Keeps a path, unless it is ASCII, by where the first header of its member begins.
    mutating func keep(_ path: [UInt8]?, at start: Int64?) {
        guard let path, let start, path.contains(where: { $0 >= 0x80 }), paths.count < Self.limit else { return }
        paths[start] = path
    }

    /// The path of a member, told once.
    mutating func take(at start: Int64) -> [UInt8]? {
        paths.removeValue(forKey: start)
    }
}
