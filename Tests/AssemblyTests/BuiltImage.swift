import Archive
import Cryptography
import FoundationEssentials
import OCI
import StrictJSON
import TestSupport

@testable import Assembly

/// A context, a Dockerfile, and what was built from them.
struct BuildCase {
    let folder: TemporaryDirectory
    var request: BuildRequest
    var events: [String] = []

    /// A context with files; a path that ends with a slash is a folder.
    init(_ dockerfile: String, files: [String: String] = [:]) throws {
        folder = try TemporaryDirectory()
        for (path, text) in files.sorted(by: { $0.key < $1.key }) { try folder.write(text, to: "context/\(path)") }
        if files.isEmpty { try folder.write("", to: "context/.empty") }
        let input = BuildRequest.DockerfileInput(
            bytes: Array(dockerfile.utf8),
            name: "Dockerfile",
            context: folder.path("context")
        )
        request = BuildRequest(.dockerfile(input))
        request.temporaryFolder = folder.path
        request.platforms = [try ImagePlatform("linux/amd64")]
    }

    var layout: String { folder.path("layout") }

    mutating func ignore(_ text: String) {
        guard case .dockerfile(var input) = request.input else { return }
        input.ignore = (Array(text.utf8), ".dockerignore")
        request.input = .dockerfile(input)
    }

    func build() throws -> BuiltImage {
        try BuiltImage(folder: folder, layout: layout, result: ImageBuilder(request).build(to: [.layout(layout)]))
    }

    /// The error of a build that must fail.
    func error() -> AssemblyError? {
        do {
            _ = try build()
            return nil
        } catch {
            return error as? AssemblyError
        }
    }
}

/// An image in a layout, read back.
struct BuiltImage {
    /// Keeps the layout where it is.
    let folder: TemporaryDirectory
    let layout: String
    let result: ImageBuilder.Result

    var digest: Digest { result.descriptor.digest }

    func blob(_ digest: Digest) throws -> [UInt8] {
        try SharedData.bytes(at: "\(layout)/blobs/sha256/\(digest.hex)")
    }

    func configuration() throws -> JSONValue {
        try JSONValue(parsing: try blob(result.images[0].configuration.digest))
    }

    func run() throws -> JSONValue? { try configuration()["config"] }

    func history() throws -> [String] {
        try configuration()["history"]?.array?.compactMap { $0["created_by"]?.string } ?? []
    }

    /// The members of every layer, as `path mode owner:group kind`.
    func layers() throws -> [[String]] {
        try result.images[0].layers.map { try Self.members(try blob($0.digest)) }
    }

    /// The text of a file in the top layer that has it.
    func text(_ path: String) throws -> String? {
        for layer in result.images[0].layers.reversed() {
            var found: String?
            try Self.read(try blob(layer.digest)) { member, _, bytes in
                if member == path { found = String(decoding: bytes, as: UTF8.self) }
            }
            if let found { return found }
        }
        return nil
    }

    static func read(
        _ layer: [UInt8],
        _ body: (String, (TarMember, TarAttributes), [UInt8]) -> Void
    ) throws {
        let compression = layer.withUnsafeBytes { Compression(announcedBy: $0) }
        let reader = try TarReader(BytesChunks(layer), compression, limit: .max)
        while let member = try reader.next() {
            let attributes = try require(reader.attributes)
            var bytes: [UInt8] = []
            if member.kind == .file {
                let content = reader.content
                while let chunk = try content.next() { bytes += chunk }
            }
            body(String(decoding: member.path, as: UTF8.self), (member, attributes), bytes)
        }
    }

    static func members(_ layer: [UInt8]) throws -> [String] {
        var members: [String] = []
        try read(layer) { path, member, _ in
            let mode = String(member.1.mode, radix: 8)
            let link = member.0.linkTarget.map { " > " + String(decoding: $0, as: UTF8.self) } ?? ""
            members.append("\(path) \(mode) \(member.1.owner):\(member.1.group)\(link)")
        }
        return members
    }

    private struct Missing: Error {}

    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }
}

/// Bytes in memory as a source.
final class BytesChunks: ChunkSource {
    private let bytes: UnsafeMutableRawBufferPointer
    private var isTaken = false

    init(_ bytes: [UInt8]) {
        self.bytes = .allocate(byteCount: bytes.count, alignment: 1)
        self.bytes.copyBytes(from: bytes)
    }

    deinit {
        bytes.deallocate()
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard !isTaken, !bytes.isEmpty else { return nil }
        isTaken = true
        return UnsafeRawBufferPointer(bytes)
    }
}
