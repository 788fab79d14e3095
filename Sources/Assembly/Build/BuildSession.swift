internal import Archive
internal import Cryptography
internal import Glibc
internal import OCI

/// What all stages of one build share.
final class BuildSession {
    let request: BuildRequest
    let blobs: BlobFolder
    let report: (BuildEvent) -> Void
    private let scratch: String
    private var spool: ContentSpool?
    private var rootCount = 0

    init(_ request: BuildRequest, blobs: BlobFolder, report: @escaping (BuildEvent) -> Void) throws(AssemblyError) {
        (self.request, self.blobs, self.report) = (request, blobs, report)
        var template = Array("\(request.temporaryFolder)/raireki-build-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil
        else { throw AssemblyError(.cannotWrite(path: request.temporaryFolder, code: errno)) }
        scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes all temporary files.
    func close() {
        FileWriting.removeTree(scratch)
    }

    /// Where contents of archives are kept.
    func contentSpool() throws(AssemblyError) -> ContentSpool {
        if let spool { return spool }
        let new = try ContentSpool(in: scratch)
        spool = new
        return new
    }

    /// A new, empty, private folder.
    func newFolder() throws(AssemblyError) -> String {
        rootCount += 1
        let path = "\(scratch)/root\(rootCount)"
        guard mkdir(path, 0o700) == 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        return path
    }

    /// The Dockerfile and its context, when there is one.
    var dockerfileInput: BuildRequest.DockerfileInput? {
        if case .dockerfile(let input) = request.input { input } else { nil }
    }

    var layerMediaType: MediaType {
        switch request.compression {
        case .none: .layer
        case .gzip: .layerGzip
        case .zstd: .layerZstd
        }
    }

    /// Writes a layer.
    func write(_ changes: LayerChanges) throws -> LayerWriter.Layer {
        let writer = LayerWriter(
            blobs: blobs,
            compression: request.compression,
            workers: request.workers,
            latest: request.created.seconds
        )
        do {
            return try writer.write(changes)
        } catch let error as ArchiveError {
            throw AssemblyError(.compressor(error))
        }
    }
}
