package import Cryptography

/// A repository in one file (git, gitformat-bundle, versions 2 and 3).
package enum BundleFile {
    private static let marks = ["# v2 git bundle\n", "# v3 git bundle\n"]
    /// The header has a line for each reference.
    private static let maximumHeaderBytes = 256 << 20

    /// Whether a file begins as bundles do.
    package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        marks.contains { bytes.starts(with: $0.utf8) }
    }

    /// Reads a bundle.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL has no memory.
    package static func read(
        _ source: any RandomAccessBytes,
        limits: GitLimits = .standard
    ) throws(CryptographyError) -> RepositoryContents {
        var repository = Repository(limits)
        var lines = HeaderLines(source, limit: maximumHeaderBytes)
        var format = ObjectFormat.sha1
        guard let mark = lines.next(), begins(mark + [0x0A]) else {
            repository.warn(.bundleDamaged, [], "not a bundle")
            return repository.contents(format)
        }
        var hasEnded = false
        while let line = lines.next() {
            if line.isEmpty {
                hasEnded = true
                break
            }
            switch line.first {
            case UInt8(ascii: "@"):
                if let stated = capability(line.dropFirst(), &repository) { format = stated }
            case UInt8(ascii: "-"):
                let name = line.dropFirst().prefix { $0 != 0x20 }
                repository.warn(
                    .bundlePrerequisite,
                    [],
                    "\(String(decoding: name, as: UTF8.self)) is to be there already"
                )
            default:
                let name = line.prefix { $0 != 0x20 }
                guard let target = ObjectName(hex: name), name.count < line.count else {
                    repository.warn(.bundleDamaged, [], "a line of the header names no object")
                    continue
                }
                repository.add(Array(line.dropFirst(name.count + 1)), target)
            }
        }
        guard hasEnded else {
            repository.warn(.bundleDamaged, [], "the header has no end")
            return repository.contents(format)
        }
        do {
            try repository.readPack(source, from: lines.position, format, [], index: nil)
        } catch let error as CryptographyError {
            throw error
        } catch {
            repository.warn(.unreadable, [], "\(error)")
        }
        return repository.contents(format)
    }

    /// The object format that a capability states; others are told and not followed, an address least of all.
    private static func capability(_ line: ArraySlice<UInt8>, _ repository: inout Repository) -> ObjectFormat? {
        let text = String(decoding: line, as: UTF8.self)
        for format in ObjectFormat.allCases where line.elementsEqual("object-format=\(format.rawValue)".utf8) {
            return format
        }
        if !line.starts(with: "filter=".utf8) {
            repository.warn(.bundleCapability, [], "\"\(text)\" is not known and was not followed")
        }
        return nil
    }
}

/// The lines of a bundle's header.
private struct HeaderLines {
    private let source: any RandomAccessBytes
    private let limit: Int64
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0
    /// Where the next line begins.
    private(set) var position: Int64 = 0

    private static let windowBytes = 1 << 16

    init(_ source: any RandomAccessBytes, limit: Int) {
        self.source = source
        self.limit = Int64(limit)
    }

    /// The next line without its end; nil at the end, at the limit, or for a line that is longer than a window.
    mutating func next() -> [UInt8]? {
        guard position < limit else { return nil }
        if let line = line() { return line }
        window = source.bytes(at: position, count: Self.windowBytes)
        windowStart = position
        return line()
    }

    private mutating func line() -> [UInt8]? {
        let start = Int(position - windowStart)
        guard start < window.count, let end = window[start...].firstIndex(of: 0x0A) else { return nil }
        position = windowStart + Int64(end) + 1
        return Array(window[start..<end])
    }
}
