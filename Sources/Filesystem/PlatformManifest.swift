package import CaseIndex
package import Cryptography

/// An image that has layers: a manifest, or the configuration that stands for a saved image.
package struct PlatformManifest: Hashable, Sendable {
    /// Its digest.
    package let digest: Digest
    /// The platform under which an index lists it; nil for an image of its own.
    package let platform: String?

    /// The image itself, or for an index the manifests of its platforms that are in the case.
    ///
    /// - Parameters:
    ///   - image: An image or index.
    ///   - reader: The case.
    /// - Returns: The manifests; what carries attestations is none.
    /// - Throws: ``CaseError``.
    package static func manifests(of image: Digest, in reader: CaseReader) throws -> [PlatformManifest] {
        guard try reader.artifact(image)?.role == .imageIndex else {
            return [PlatformManifest(digest: image, platform: nil)]
        }
        var seen: Set<Digest> = [image]
        var found: [PlatformManifest] = []
        var pending = [image]
        while let index = pending.popLast() {
            for child in try reader.relationships(from: index)
            where child.kind == .child && seen.insert(child.target).inserted {
                switch try reader.artifact(child.target)?.role {
                case .imageManifest: found.append(PlatformManifest(digest: child.target, platform: child.platform))
                case .imageIndex: pending.append(child.target)
                default: continue
                }
            }
        }
        return found
    }

    /// Whether it is for a platform, or for a variant of it.
    package func isFor(_ wanted: String) -> Bool {
        guard let platform else { return false }
        return platform.utf8.elementsEqual(wanted.utf8) || platform.utf8.starts(with: (wanted + "/").utf8)
    }
}
