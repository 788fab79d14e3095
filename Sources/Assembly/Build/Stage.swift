internal import Archive
internal import Cryptography
internal import OCI

/// One stage while it is built.
final class Stage {
    let session: BuildSession
    let platform: ImagePlatform
    let escape: UInt8
    /// Whether its layers become blobs: not for a stage that others only copy from.
    let writesLayers: Bool
    var image: ImageDraft
    /// Build arguments in scope, in the order in which they were declared.
    var arguments: [(name: String, value: String)] = []
    /// Whether `CMD` was given in this stage; a new `ENTRYPOINT` else takes it away.
    var hasProgram = false
    /// The root file system on disk, once a program has run in it.
    var runRoot: RunRoot?
    private var base: BaseImage?
    private var keepsContents: Bool
    private var loadedTree: FileTree?

    /// A stage on nothing.
    init(_ session: BuildSession, _ platform: ImagePlatform, escape: UInt8, writesLayers: Bool) {
        (self.session, self.platform, self.escape, self.writesLayers) = (session, platform, escape, writesLayers)
        image = ImageDraft(scratchFor: platform, created: session.request.created.description)
        keepsContents = true
        loadedTree = FileTree(.emptyDirectory(modified: session.request.created.seconds))
    }

    /// A stage on an image from a layout.
    convenience init(_ session: BuildSession, _ base: BaseImage, _ platform: ImagePlatform, _ plan: StagePlan) {
        self.init(session, platform, escape: plan.escape, writesLayers: plan.writesLayers)
        image = ImageDraft(base, platform: platform, created: session.request.created.description)
        keepsContents = plan.needsContents
        (self.base, loadedTree) = (base, nil)
    }

    /// A stage on an earlier one.
    convenience init(_ session: BuildSession, _ earlier: Stage, _ plan: StagePlan) throws {
        self.init(session, earlier.platform, escape: plan.escape, writesLayers: plan.writesLayers)
        image = earlier.image
        loadedTree = FileTree(try earlier.tree().root.copy())
    }

    /// Small files that say who users are.
    private static let accountFiles = ["etc/passwd", "etc/group"].map { FilePath.components($0) }

    /// The root file system, read from the base image when it is first asked for.
    func tree() throws -> FileTree {
        if let loadedTree { return loadedTree }
        let tree = FileTree(.emptyDirectory(modified: session.request.created.seconds))
        if let base {
            let keeps = keepsContents
            let reader = LayerReader(spool: try session.contentSpool()) { path in
                keeps || Self.accountFiles.contains(path)
            }
            try base.unpack(into: tree, reader)
        }
        loadedTree = tree
        return tree
    }

    // MARK: - Variables

    /// The value of a variable: the image's environment before build arguments.
    func variable(_ name: String) -> String? {
        image.environment.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
            ?? arguments.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    var expansion: WordExpansion {
        WordExpansion(variables: { [self] in variable($0) }, escape: escape)
    }

    func expand(_ word: Word) throws(AssemblyError) -> String {
        try expansion.expand(word)
    }

    // MARK: - Layers

    /// Adds what a step changed as a layer.
    func commit(_ changes: LayerChanges, _ text: String) throws {
        guard !changes.isEmpty else { return image.addUnchanged(text) }
        try runRoot?.apply(changes)
        image.addLayer(writesLayers ? try session.write(changes) : nil, session.layerMediaType, text)
    }
}

/// What is known of a stage before it is built.
struct StagePlan {
    /// The character that takes the meaning from the next.
    let escape: UInt8
    /// Whether its layers become blobs.
    let writesLayers: Bool
    /// Whether something reads the files of its base image.
    let needsContents: Bool
}
