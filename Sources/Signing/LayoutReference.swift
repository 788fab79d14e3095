package import Cryptography
internal import Glibc
internal import OCI
internal import StrictJSON

/// What `LAYOUT[:TAG|@DIGEST]` names.
package struct LayoutReference: Hashable, Sendable {
    /// The folder or file.
    package var path: String
    /// Which image in it.
    package var image: Selection

    /// How an image of a layout is told from the others.
    package enum Selection: Hashable, Sendable {
        /// The only one.
        case only
        /// By a name, or the end of one.
        case name(String)
        /// By its digest.
        case digest(Digest)
    }

    /// A reference from its parts.
    package init(path: String, image: Selection = .only) {
        self.path = path
        self.image = image
    }

    /// Reads a reference; a path that is there is never cut.
    ///
    /// A colon or at-sign belongs to the path as long as what stands before it is not there.
    package init(parsing text: String) {
        self.init(path: text)
        guard !Self.exists(text) else { return }
        let bytes = Array(text.utf8)
        for place in bytes.indices.dropFirst() where [UInt8(ascii: "@"), UInt8(ascii: ":")].contains(bytes[place]) {
            let path = String(decoding: bytes[..<place], as: UTF8.self)
            guard Self.exists(path) else { continue }
            let rest = String(decoding: bytes[(place + 1)...], as: UTF8.self)
            self.path = path
            if bytes[place] == UInt8(ascii: "@"), let digest = try? Digest(parsing: rest) {
                image = .digest(digest)
            } else {
                image = .name(rest)
            }
            return
        }
    }

    private static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }
}

extension LayoutFolder {
    /// Deeper nesting of indexes is not followed.
    static let depthLimit = 8

    /// The images that are listed, without what is attached to them.
    ///
    /// - Throws: ``LayoutError``.
    package func images() throws(LayoutError) -> [WrittenDescriptor] {
        var images: [WrittenDescriptor] = []
        for entry in entries where try isImage(entry) && !images.contains(where: { $0.digest == entry.digest }) {
            images.append(entry)
        }
        return images
    }

    private func isImage(_ entry: WrittenDescriptor) throws(LayoutError) -> Bool {
        switch entry.kind {
        case .signatures, .attestations: return false
        case .image, .imageIndex: return true
        case nil: break
        }
        if let name = entry.referenceName, ReferenceName(name) != .other { return false }
        guard entry.mediaType.isManifest || entry.mediaType.isIndex else { return false }
        return try document(entry)["subject"] == nil
    }

    /// The image that a selection means.
    ///
    /// - Throws: ``LayoutError/unknown(_:path:)``, ``LayoutError/ambiguous(_:path:candidates:)`` or another.
    package func image(_ selection: LayoutReference.Selection) throws(LayoutError) -> WrittenDescriptor {
        switch selection {
        case .only:
            let images = try images()
            guard let image = images.first else { throw .empty(path: path) }
            guard images.count == 1 else { throw .ambiguous(nil, path: path, candidates: images.map(\.shown)) }
            return image
        case .name(let name): return try named(name)
        case .digest(let digest):
            for entry in entries {
                if let found = try find(digest, in: entry, depth: 0) { return found }
            }
            throw .unknown(digest.description, path: path)
        }
    }

    /// The whole name, else its last part, as in other commands.
    private func named(_ name: String) throws(LayoutError) -> WrittenDescriptor {
        let exact = entries.filter { $0.names.contains { $0.hasSameBytes(as: name) } }
        let ending = entries.filter { entry in
            entry.names.contains { known in
                [":" + name, "/" + name].contains { suffix in
                    known.utf8.count > suffix.utf8.count
                        && known.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
                }
            }
        }
        let found = exact.isEmpty ? ending : exact
        guard let first = found.first else { throw .unknown(name, path: path) }
        guard found.allSatisfy({ $0.digest == first.digest }) else {
            throw .ambiguous(name, path: path, candidates: found.map(\.shown))
        }
        return first
    }

    private func find(
        _ digest: Digest,
        in entry: WrittenDescriptor,
        depth: Int
    ) throws(LayoutError) -> WrittenDescriptor? {
        if entry.digest == digest { return entry }
        guard entry.mediaType.isIndex else { return nil }
        guard depth < Self.depthLimit else { throw .tooDeep(path: path) }
        for child in try manifests(of: entry) {
            if let found = try find(digest, in: child, depth: depth + 1) { return found }
        }
        return nil
    }

    /// What an index lists.
    ///
    /// - Throws: ``LayoutError``.
    package func manifests(of index: WrittenDescriptor) throws(LayoutError) -> [WrittenDescriptor] {
        let listed = try document(index)["manifests"]?.array ?? []
        var manifests: [WrittenDescriptor] = []
        for element in listed { manifests.append(try descriptor(element, in: index.digest)) }
        return manifests
    }

    /// A descriptor that stands in a document.
    func descriptor(_ value: JSONValue, in document: Digest) throws(LayoutError) -> WrittenDescriptor {
        do throws(OCIError) {
            return try WrittenDescriptor(reading: value)
        } catch {
            throw .malformed(path: blobPath(document), error)
        }
    }

    /// An image, and below an index every manifest that is there, the index first.
    ///
    /// - Parameters:
    ///   - image: The image, or an index.
    ///   - onlyPresent: Whether manifests that are not in the layout are left out.
    /// - Returns: The image and what it lists.
    /// - Throws: ``LayoutError``; also when a manifest is not there, unless it is left out.
    package func family(
        of image: WrittenDescriptor,
        onlyPresent: Bool = false
    ) throws(LayoutError) -> [WrittenDescriptor] {
        var family = [image]
        var pending = [(image, 0)]
        while let (next, depth) = pending.popLast() {
            guard next.mediaType.isIndex else { continue }
            guard depth < Self.depthLimit else { throw .tooDeep(path: path) }
            for child in try manifests(of: next) where !family.contains(where: { $0.digest == child.digest }) {
                if !has(child.digest) {
                    if onlyPresent { continue }
                    throw .noBlob(path: blobPath(child.digest))
                }
                family.append(child)
                pending.append((child, depth + 1))
            }
        }
        return family
    }
}

extension WrittenDescriptor {
    /// The names that `index.json` gives an entry: the specification's, and containerd's whole one.
    package var names: [String] {
        [referenceName, annotations["io.containerd.image.name"]].compactMap { $0 }
    }

    /// For messages: the digest, and the name when there is one.
    var shown: String {
        digest.description + (names.first.map { " \($0)" } ?? "")
    }

    /// The repository that the entry's names tell, without tag and digest; nil when they are tags alone.
    package var repository: String? {
        for name in [annotations["io.containerd.image.name"], referenceName].compactMap({ $0 }) {
            let bytes = Array(name.utf8)
            guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { continue }
            let end = bytes[slash...].firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? bytes.count
            return String(decoding: bytes[..<end], as: UTF8.self)
        }
        return nil
    }
}
