internal import Archive
internal import Cryptography
internal import OCI

/// What all stages of one build share.
final class BuildSession {
    let request: BuildRequest
    let blobs: BlobFolder
    let report: (BuildEvent) -> Void
    private var spool: ContentSpool?
    private var rootCount = 0

    init(_ request: BuildRequest, blobs: BlobFolder, report: @escaping (BuildEvent) -> Void) {
        (self.request, self.blobs, self.report) = (request, blobs, report)
    }

    /// Where contents of archives are kept.
    func contentSpool() throws(AssemblyError) -> ContentSpool {
        if let spool { return spool }
        let new = try ContentSpool(in: blobs.path)
        spool = new
        return new
    }

    /// A new, empty, private folder.
    func newFolder() throws(AssemblyError) -> String {
        rootCount += 1
        return try blobs.newFolder("root\(rootCount)")
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
