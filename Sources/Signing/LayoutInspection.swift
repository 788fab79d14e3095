package import Cryptography
internal import OCI
internal import StrictJSON

extension LayoutFolder {
    /// Reads everything that an image consists of, and refuses the image when a blob is not what its digest says: a
    /// signature would vouch for it.
    ///
    /// - Parameter image: The image, or an index.
    /// - Returns: The blobs that are not there: layouts may leave out what lies elsewhere.
    /// - Throws: ``LayoutError``.
    package func inspect(_ image: WrittenDescriptor) throws(LayoutError) -> [Digest] {
        var missing: [Digest] = []
        for member in try parts(of: image) {
            let actual: Digest?
            var size = 0
            do throws(StorageError) {
                actual = try folder.folder("blobs")?.folder(member.digest.algorithm.rawValue)?
                    .digest(member.digest.hex, member.digest.algorithm) { size += $0.count }
            } catch {
                throw .storage(error)
            }
            guard let actual else {
                missing.append(member.digest)
                continue
            }
            guard actual == member.digest else {
                throw .digestMismatch(path: blobPath(member.digest), actual: actual)
            }
            guard size == member.size else {
                throw .sizeMismatch(path: blobPath(member.digest), stated: member.size, actual: size)
            }
        }
        return missing
    }

    /// Every blob of an image, each once: manifests that are there, their configurations and layers.
    func parts(of image: WrittenDescriptor) throws(LayoutError) -> [WrittenDescriptor] {
        var parts: [WrittenDescriptor] = []
        var seen: Set<Digest> = []
        var pending = [(image, 0)]
        while let (next, depth) = pending.popLast() {
            guard seen.insert(next.digest).inserted else { continue }
            parts.append(next)
            let isDocument = next.mediaType.isIndex || next.mediaType.isManifest
            guard isDocument, next.digest == image.digest || has(next.digest) else { continue }
            guard depth < Self.depthLimit else { throw .tooDeep(path: path) }
            let document = try document(next)
            let named = [document["config"]].compactMap(\.self) + (document["layers"]?.array ?? [])
            for element in named + (document["manifests"]?.array ?? []) {
                pending.append((try descriptor(element, in: next.digest), depth + 1))
            }
        }
        return parts
    }

    /// Whether a blob of this name is there.
    func has(_ digest: Digest) -> Bool {
        guard added[digest] == nil else { return true }
        let file = try? folder.folder("blobs")?.folder(digest.algorithm.rawValue)?.file(digest.hex)
        return file != nil
    }
}
