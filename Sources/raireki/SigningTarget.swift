internal import Cryptography
internal import OCI
internal import Signing
internal import StrictJSON

/// The images of one layout that are to be signed, found and inspected.
struct SigningTarget {
    let layout: LayoutFolder
    let images: [WrittenDescriptor]
    private let repository: String?

    /// Opens the layout, and keeps others from changing it until the target is gone.
    init(_ reference: LayoutReference, isRecursive: Bool, _ session: Session) throws {
        layout = try LayoutFolder(opening: reference.path)
        let image = try layout.image(reference.image)
        for digest in try layout.inspect(image) {
            session.say("note: not in the layout, so not compared: \(digest)")
        }
        images = isRecursive ? try layout.family(of: image) : [image]
        if image.mediaType.isIndex, !isRecursive {
            session.say("note: the index alone is signed; --recursive signs what it lists as well")
        }
        repository = image.repository
    }

    /// The repositories that simple-signing payloads name.
    func references(
        _ stated: [String],
        _ storage: ImageSigner.Storage,
        _ session: Session
    ) throws -> [String] {
        if storage == .bundle {
            if !stated.isEmpty { session.say("note: a bundle names no repository; --sign-container-identity is not used") }
            return []
        }
        if !stated.isEmpty { return stated }
        if repository == nil {
            session.say("note: the layout tells no repository, so that the signature names none")
            session.say("hint: --sign-container-identity registry.example/group/app names it")
        }
        return [repository ?? ""]
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
