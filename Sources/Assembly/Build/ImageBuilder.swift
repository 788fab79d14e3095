internal import Archive
internal import Cryptography
internal import Glibc
package import OCI
internal import StrictJSON

/// Builds images: a request in, a layout out.
package struct ImageBuilder {
    private let request: BuildRequest
    private let report: (BuildEvent) -> Void

    /// A builder.
    ///
    /// - Parameters:
    ///   - request: What is to be built.
    ///   - report: Is told what happens.
    package init(_ request: BuildRequest, report: @escaping (BuildEvent) -> Void = { _ in }) {
        (self.request, self.report) = (request, report)
    }

    /// Where an image is written.
    package enum Output: Hashable, Sendable {
        /// A layout in a folder; what is in it stays.
        case layout(String)
        /// A layout as one tar archive.
        case archive(String)

        var path: String {
            switch self {
            case .layout(let path), .archive(let path): path
            }
        }
    }

    /// What was built.
    package struct Result: Sendable {
        /// What the names stand for: a manifest, or an index over several.
        package let descriptor: WrittenDescriptor
        /// The image of each platform.
        package let images: [Image]

        /// The image of one platform.
        package struct Image: Sendable {
            /// For which machine it is.
            package let platform: ImagePlatform
            /// Its manifest.
            package let manifest: WrittenDescriptor
            /// Its configuration.
            package let configuration: WrittenDescriptor
            /// Its layers.
            package let layers: [WrittenDescriptor]
        }
    }

    /// Builds, and writes to every output; after an error the outputs are as they were.
    ///
    /// - Throws: ``AssemblyError``.
    package func build(to outputs: [Output]) throws -> Result {
        let layout = try outputs.lazy.compactMap { output in
            if case .layout(let path) = output { try LayoutFolder(path: path) } else { nil }
        }.first
        let blobs = try layout?.blobs ?? BlobFolder(in: request.temporaryFolder)
        do {
            let session = BuildSession(request, blobs: blobs, report: report)
            let (result, entries) = try assemble(session, outputs)
            for case .archive(let path) in outputs {
                try LayoutArchive.write(path, blobs, entries, modified: request.created.seconds)
            }
            try layout?.commit(entries)
            blobs.remove()
            return result
        } catch {
            blobs.remove()
            layout?.abandon()
            throw error
        }
    }

    private func assemble(_ session: BuildSession, _ outputs: [Output]) throws -> (Result, [IndexEntry]) {
        var images: [Result.Image] = []
        var attestations: [WrittenDescriptor] = []
        for platform in request.platforms {
            let (image, materials) = try image(session, platform, outputs)
            images.append(image)
            guard request.hasProvenance else { continue }
            let provenance = Provenance(
                request: request,
                materials: materials,
                subject: image.manifest,
                platform: image.platform
            )
            attestations.append(try provenance.write(to: session.blobs))
        }
        let descriptor = try top(images, attestations, session.blobs)
        let names = request.names.map(Optional.some)
        let entries = (names.isEmpty ? [nil] : names).map { IndexEntry(descriptor: descriptor, name: $0) }
        return (Result(descriptor: descriptor, images: images), entries)
    }

    /// The manifest itself, or an index when there is more than it.
    private func top(
        _ images: [Result.Image],
        _ attestations: [WrittenDescriptor],
        _ blobs: BlobFolder
    ) throws -> WrittenDescriptor {
        var descriptor: WrittenDescriptor
        if images.count == 1, attestations.isEmpty, let only = images.first {
            descriptor = only.manifest
        } else {
            let bytes = WrittenDescriptor.index(
                of: images.map(\.manifest) + attestations,
                annotations: annotations(.index)
            )
            descriptor = try blobs.add(bytes).descriptor(.imageIndex)
        }
        descriptor.annotations.merge(annotations(.indexDescriptor)) { _, new in new }
        return descriptor
    }

    private func annotations(_ place: BuildRequest.Annotation.Place) -> [String: String] {
        let pairs = request.annotations.filter { $0.place == place }.map { ($0.key, $0.value) }
        return Dictionary(pairs) { _, last in last }
    }

    private func image(
        _ session: BuildSession,
        _ platform: ImagePlatform,
        _ outputs: [Output]
    ) throws -> (Result.Image, [(name: String, digest: Digest)]) {
        let stage: Stage
        var materials: [(name: String, digest: Digest)] = []
        switch request.input {
        case .dockerfile(let input):
            let dockerfile = try Dockerfile(parsing: input.bytes)
            let context = try context(input, outputs)
            let build = DockerfileBuild(session, input, dockerfile, context: context, platform: platform)
            stage = try build.build()
            materials = build.materials
        case .rootFileSystem(let path, let changes):
            stage = try RootFileSystemBuild(session, path: path, changes: changes).build(
                platform,
                skipped: identities(outputs)
            )
        }
        for label in request.labels { stage.image.set("Labels", label.name, JSONValue(label.value)) }
        let configuration = try session.blobs.add(stage.image.configuration).descriptor(.imageConfiguration)
        var manifest = ManifestDraft(configuration: configuration, layers: stage.image.layers)
        manifest.annotations = annotations(.manifest)
        var descriptor = try session.blobs.add(manifest.bytes).descriptor(.imageManifest)
        descriptor.platform = WrittenDescriptor.Platform(
            architecture: stage.platform.architecture,
            os: stage.platform.os,
            variant: stage.platform.variant
        )
        descriptor.annotations = annotations(.manifestDescriptor)
        let image = Result.Image(
            platform: stage.platform,
            manifest: descriptor,
            configuration: configuration,
            layers: stage.image.layers
        )
        return (image, materials)
    }

    private func context(_ input: BuildRequest.DockerfileInput, _ outputs: [Output]) throws -> FileTree {
        var rules = FolderTree.Rules()
        rules.ignored = IgnoreRules(input.ignore?.bytes ?? [])
        rules.keepsExtendedAttributes = request.keepsExtendedAttributes
        rules.skipped = identities(outputs)
        guard let tree = FolderTree(userPath: input.context, rules: rules)
        else { throw AssemblyError(.unreadableFile(path: input.context, code: errno)) }
        return FileTree(tree.root(), links: .confined)
    }

    /// What is written is never read, wherever it lies.
    private func identities(_ outputs: [Output]) -> Set<[UInt]> {
        Set(
            outputs.compactMap { output in
                var status = Glibc.stat()
                guard stat(output.path, &status) == 0 else { return nil }
                return [UInt(status.st_dev), UInt(status.st_ino)]
            }
        )
    }
}
