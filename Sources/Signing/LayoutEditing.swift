package import Cryptography
package import OCI
package import StrictJSON

/// An image layout (OCI image-spec, image-layout.md) to which blobs and entries can be added, in memory or on disk.
package protocol LayoutEditing {
    /// Why a document that is there already cannot be read.
    associatedtype Failure: Error

    /// What `index.json` lists, in order.
    var entries: [WrittenDescriptor] { get set }

    /// Adds a blob.
    ///
    /// - Returns: Its descriptor.
    mutating func add(_ bytes: [UInt8], mediaType: MediaType) -> WrittenDescriptor

    /// A manifest or index that is there.
    ///
    /// - Throws: The failure: it is absent, not what its digest says, or not a JSON object.
    func document(_ descriptor: WrittenDescriptor) throws(Failure) -> JSONObject

    /// Takes a document away that nothing lists any more.
    mutating func discard(_ digest: Digest)
}

/// The annotations that `cosign save` puts on the entries of `index.json`.
package enum LayoutEntryKind: String, Sendable, CaseIterable {
    /// An image.
    case image = "dev.cosignproject.cosign/image"
    /// An image for several platforms.
    case imageIndex = "dev.cosignproject.cosign/imageIndex"
    /// Signatures.
    case signatures = "dev.cosignproject.cosign/sigs"
    /// Attestations.
    case attestations = "dev.cosignproject.cosign/atts"
}

extension WrittenDescriptor {
    /// The annotation by which `index.json` names an entry.
    package static let nameAnnotation = "org.opencontainers.image.ref.name"

    /// The name of an entry of `index.json`.
    package var referenceName: String? { annotations[Self.nameAnnotation] }

    /// What `cosign save` says that an entry of `index.json` is.
    package var kind: LayoutEntryKind? { annotations["kind"].flatMap(LayoutEntryKind.init) }
}

extension LayoutEditing {
    /// Lists a manifest in `index.json`.
    package mutating func list(_ descriptor: WrittenDescriptor, name: String? = nil, kind: LayoutEntryKind? = nil) {
        var entry = descriptor
        if let name { entry.annotations[WrittenDescriptor.nameAnnotation] = name }
        if let kind { entry.annotations["kind"] = kind.rawValue }
        entries.append(entry)
    }

    /// Lists a manifest under a name that another one had; what was listed goes.
    mutating func relist(_ descriptor: WrittenDescriptor, at place: Int?, name: String, kind: LayoutEntryKind? = nil) {
        if let place {
            let old = entries.remove(at: place)
            if old.digest != descriptor.digest, !entries.contains(where: { $0.digest == old.digest }) {
                discard(old.digest)
            }
        }
        list(descriptor, name: name, kind: kind)
    }
}
