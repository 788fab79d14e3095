internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Foundation
internal import Glibc
internal import Report
internal import StrictJSON

/// One file that is to be taken out of the evidence.
struct ExtractionPlan {
    let image: Digest
    let path: [UInt8]
    let layer: LayerRecord
    /// Which member of the layer has the content.
    let position: Int64
    /// What the content must be.
    let content: FileContentRecord
    let places: [BlobPlace]

    /// What the custody log notes.
    var facts: [(String, JSONValue)] {
        [
            ("image", JSONValue("\(image)")), ("path", JSONValue(FileLine.shown(path))),
            ("layer", JSONValue("\(layer.digest)")), ("position", JSONValue(position)),
            ("sha256", JSONValue(Hexadecimal.encode(content.digest))), ("size", JSONValue(content.size)),
        ]
    }

    /// What was done, for people.
    var sentence: String {
        "\(FileLine.shown(path)): SHA-256 \(Hexadecimal.encode(content.digest)) checked, layer digest checked"
    }

    /// Reads the file and writes it, once everything that was read has the digests that it must have.
    ///
    /// - Returns: The evidence that it came from.
    func extract(to target: ExtractionTarget, evidence: String?, _ write: ([UInt8]) -> Void) throws -> SourceRecord {
        let receiver = try TemporaryContent(beside: target)
        let rereading = LayerRereading(layer, places: places, evidence: evidence)
        let source = try rereading.read { $0 == position ? receiver : nil }
        guard receiver.hasEnded, receiver.digest == content.digest, receiver.size == content.size else {
            throw ExtractionError.otherContent(path: FileLine.shown(path))
        }
        switch target {
        case .standardOutput: try receiver.forEachChunk(write)
        case .file(let path, let replaces): try receiver.publish(as: path, replacing: replaces)
        }
        return source
    }
}

/// Where the content goes.
enum ExtractionTarget: Equatable {
    case standardOutput
    case file(String, replaces: Bool)

    init(_ path: String, replaces: Bool, isTerminal: Bool) throws {
        if path == "-" {
            guard !isTerminal else { throw ExtractionError.terminal }
            self = .standardOutput
            return
        }
        var status = stat()
        if lstat(path, &status) == 0 {
            guard replaces, status.st_mode & S_IFMT == S_IFREG else { throw ExtractionError.exists(path) }
        }
        self = .file(path, replaces: replaces)
    }
}

/// The content until it is known to be right: in a file without a name, so that nothing is left behind.
final class TemporaryContent: ContentReceiver {
    private let descriptor: Int32
    private let path: String
    private var hasher: DigestHasher
    private(set) var size: Int64 = 0
    private(set) var hasEnded = false
    private(set) var digest: [UInt8] = []
    private var isPublished = false

    init(beside target: ExtractionTarget) throws {
        let folder: String
        switch target {
        case .standardOutput: folder = NSTemporaryDirectory()
        case .file(let path, _):
            folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "./"
        }
        var template = Array((folder + ".raireki-extract-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else {
            throw CommandError.cannotWrite(path: folder, reason: OutputFile.systemReason(errno))
        }
        hasher = try DigestHasher(.sha256)
    }

    deinit {
        close(descriptor)
        if !isPublished { unlink(path) }
    }

    func receive(_ chunk: UnsafeRawBufferPointer) throws {
        hasher.update(chunk)
        size += Int64(chunk.count)
        var rest = chunk[...]
        while !rest.isEmpty {
            let bytes = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw CommandError.cannotWrite(path: path, reason: OutputFile.systemReason(errno))
            }
        }
    }

    func end() throws {
        digest = hasher.finish().bytes
        hasEnded = true
    }

    /// Gives the content its name; a file that has appeared there meanwhile is left alone unless it is to be replaced.
    func publish(as target: String, replacing: Bool) throws {
        fchmod(descriptor, 0o600)
        fsync(descriptor)
        guard replacing || link(path, target) == 0 else { throw ExtractionError.exists(target) }
        if replacing {
            guard rename(path, target) == 0 else {
                throw CommandError.cannotWrite(path: target, reason: OutputFile.systemReason(errno))
            }
            isPublished = true
        }
    }

    /// Reads the content back.
    func forEachChunk(_ body: ([UInt8]) -> Void) throws {
        lseek(descriptor, 0, SEEK_SET)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw CommandError.cannotRead(path: path, reason: OutputFile.systemReason(errno)) }
            if count == 0 { return }
            body(Array(buffer[..<count]))
        }
    }
}
