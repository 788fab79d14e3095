import ArgumentParser
internal import Cryptography
internal import Glibc
internal import OCI
internal import Signing
internal import StrictJSON

/// The images of one layout that are to be signed, found and inspected.
struct SigningTarget {
    let layout: LayoutFolder
    let images: [WrittenDescriptor]
    private let repository: String?

    /// Opens the layout, and keeps others from changing it until the target is gone.
    init(_ path: String, _ selections: [LayoutReference.Selection], isRecursive: Bool, _ session: Session) throws {
        layout = try LayoutFolder(opening: path)
        var images: [WrittenDescriptor] = []
        var repository: String?
        for selection in selections {
            let image = try layout.image(selection)
            for digest in try layout.inspect(image) {
                session.say("note: not in the layout, so not compared: \(digest)")
            }
            if image.mediaType.isIndex, !isRecursive {
                session.say("note: the index alone is meant; --recursive means what it lists as well")
            }
            repository = repository ?? image.repository
            let family = isRecursive ? try layout.family(of: image) : [image]
            images += family.filter { member in !images.contains { $0.digest == member.digest } }
        }
        self.images = images
        self.repository = repository
        session.detail("layout: \(path)" + (repository.map { ", of the repository \($0)" } ?? ""))
        for image in images { session.detail("image: \(image.digest), \(image.mediaType)") }
    }

    /// The repositories that simple-signing payloads name.
    func references(
        _ stated: [String],
        _ storage: ImageSigner.Storage,
        _ session: Session
    ) -> [String] {
        if storage == .bundle {
            if !stated.isEmpty {
                session.say("note: a bundle names no repository; --sign-container-identity is not used")
            }
            return []
        }
        if !stated.isEmpty { return stated }
        if repository == nil {
            session.say("note: the layout tells no repository, so that the signature names none")
            session.say("hint: --sign-container-identity registry.example/group/app names it")
        }
        return [repository ?? ""]
    }

    /// The repository by which an attestation's subject is named; empty when the layout tells none.
    var subjectName: String { repository ?? "" }
}

/// The images that a command names, layout by layout.
struct SigningTargets {
    private let layouts: [(path: String, selections: [LayoutReference.Selection])]

    /// So many layouts are open, and locked, at a time.
    private static let batchSize = 64

    init(_ images: [String]) {
        let references = images.map { LayoutReference(parsing: $0) }
        let grouped = Dictionary(grouping: references) { FileIdentity($0.path) }
        // Whoever locks several layouts does so in one order, or two of them would wait for each other.
        layouts = grouped.sorted { $0.key < $1.key }.map { ($0.value[0].path, $0.value.map(\.image)) }
    }

    /// Opens layouts, lets them be changed, and writes the changes of one batch together.
    func forEachBatch<Result>(
        isRecursive: Bool,
        _ session: Session,
        _ change: ([SigningTarget]) throws -> ([LayoutFolder], [Result])
    ) throws -> [Result] {
        var results: [Result] = []
        let bar = ProgressBar(session, title: "signing", of: .things("layouts"))
        defer { bar.finish() }
        for start in stride(from: 0, to: layouts.count, by: Self.batchSize) {
            let targets = try layouts[start..<min(start + Self.batchSize, layouts.count)].map { layout in
                try SigningTarget(layout.path, layout.selections, isRecursive: isRecursive, session)
            }
            var (changed, result) = try change(targets)
            try LayoutFolder.commit(&changed)
            results += result
            bar.show(Int64(min(start + Self.batchSize, layouts.count)), of: Int64(layouts.count))
        }
        return results
    }
}

/// Which file a path means, whatever its spelling.
private struct FileIdentity: Hashable, Comparable {
    private let device: UInt64
    private let number: UInt64
    private let path: String

    init(_ path: String) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        device = isThere ? UInt64(status.st_dev) : 0
        number = isThere ? UInt64(status.st_ino) : 0
        self.path = isThere ? "" : path
    }

    static func < (left: FileIdentity, right: FileIdentity) -> Bool {
        (left.device, left.number, left.path) < (right.device, right.number, right.path)
    }
}

/// The images that a command signs or attests, and how it says what it did.
struct ImageArguments: ParsableArguments {
    @OptionGroup var formatOption: FormatOption

    @Argument(
        help: ArgumentHelp("The images: LAYOUT, LAYOUT:TAG or LAYOUT@DIGEST.", valueName: "image"),
        completion: .directory
    )
    var images: [String]

    /// Prints what was stored.
    func show(_ stored: [ImageSigner.Stored], _ storage: ImageSigner.Storage, _ session: Session) {
        let page = SigningPage(stored: stored, storage: storage)
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
    }
}

/// What was stored, for people and for documents.
struct SigningPage {
    let stored: [ImageSigner.Stored]
    let storage: ImageSigner.Storage

    var text: String {
        stored.map { entry in
            let log = entry.logIndex.map { ", log entry \($0)" } ?? ""
            return "\(entry.image): \(storage.rawValue) \(entry.manifest)\(log)\n"
        }.joined()
    }

    var json: JSONValue {
        let entries = stored.map { entry in
            var object = JSONObject([
                ("image", JSONValue("\(entry.image)")), ("manifest", JSONValue("\(entry.manifest)")),
            ])
            if let index = entry.logIndex { object["logIndex"] = JSONValue(index) }
            return JSONValue.object(object)
        }
        return [
            "schema": "urn:raireki:sign:1", "storage": JSONValue(storage.rawValue), "signatures": .array(entries),
        ]
    }
}
