package import Cryptography
internal import OCI
internal import StrictJSON

/// What lies beside an image in a layout and speaks of it, in whichever storage.
package struct Attachments: Sendable {
    /// Manifests under cosign's names, or listed as signatures, with the image that they are of.
    package private(set) var named: [Named] = []
    /// Manifests that refer to the image, or to what refers to it.
    package private(set) var referrers: [Referrer] = []

    /// A manifest that is tied to its image by its entry in `index.json`.
    package struct Named: Sendable {
        /// The entry.
        package let entry: WrittenDescriptor
        /// The image.
        package let image: Digest
    }

    /// A manifest that is tied to its image by its `subject`.
    package struct Referrer: Sendable {
        /// The manifest, as a list of referrers names it.
        package let descriptor: WrittenDescriptor
        /// What it refers to.
        package let subject: WrittenDescriptor
        /// What kind of artifact it is.
        package let artifactType: String
    }

    /// Finds what speaks of any of some manifests.
    ///
    /// Referrers are found in blobs that nothing lists as well, because that is how cosign saves bundles.
    ///
    /// - Throws: ``LayoutError``.
    package init(of family: [WrittenDescriptor], in layout: LayoutFolder) throws(LayoutError) {
        let digests = Set(family.map(\.digest))
        let images = try layout.images()
        let isOnlyImage = images.allSatisfy { digests.contains($0.digest) }
        for entry in layout.entries {
            if let name = entry.referenceName, let subject = Self.attached(name) {
                if digests.contains(subject) { named.append(Named(entry: entry, image: subject)) }
            } else if [.signatures, .attestations].contains(entry.kind), let first = family.first {
                let belongs = isOnlyImage ? true : try layout.mentions(first.digest, in: entry)
                guard belongs else { continue }
                named.append(Named(entry: entry, image: first.digest))
            }
        }
        let all = try layout.referrers()
        var known = digests
        // Referrers of referrers, as deep as they go.
        while true {
            let found = all.filter { known.contains($0.subject.digest) && !known.contains($0.descriptor.digest) }
            guard !found.isEmpty else { break }
            referrers += found
            known.formUnion(found.map(\.descriptor.digest))
        }
    }

    /// The image that one of cosign's names speaks of; lists of referrers are no attachments themselves.
    private static func attached(_ name: String) -> Digest? {
        switch ReferenceName(name) {
        case .signatures(let image), .attestations(let image), .billOfMaterials(let image): image
        case .referrers, .other: nil
        }
    }
}

extension LayoutFolder {
    /// Every manifest of the layout that has a subject.
    func referrers() throws(LayoutError) -> [Attachments.Referrer] {
        var listed: [Digest: WrittenDescriptor] = [:]
        for entry in entries {
            guard let name = entry.referenceName, case .referrers = ReferenceName(name) else { continue }
            for manifest in try manifests(of: entry) { listed[manifest.digest] = manifest }
        }
        var found: [Attachments.Referrer] = []
        for (digest, bytes) in try smallDocuments() {
            guard let json = try? JSONValue(parsing: bytes), let subject = json["subject"],
                let subjectDescriptor = try? WrittenDescriptor(reading: subject),
                case .manifest(let manifest)? = try? ImageDocument(parsing: bytes)
            else { continue }
            var descriptor = WrittenDescriptor(bytes, mediaType: manifest.mediaType ?? .imageManifest)
            guard descriptor.digest == digest else { continue }
            descriptor.artifactType = manifest.artifactType
            for pair in manifest.annotations.pairs { descriptor.annotations[pair.key] = pair.value }
            found.append(
                Attachments.Referrer(
                    descriptor: listed[digest] ?? descriptor,
                    subject: subjectDescriptor,
                    artifactType: manifest.artifactType?.text ?? ""
                )
            )
        }
        return found
    }

    /// Every blob that may be a manifest, by digest.
    private func smallDocuments() throws(LayoutError) -> [(Digest, [UInt8])] {
        var documents: [(Digest, [UInt8])] = []
        do throws(StorageError) {
            guard let blobs = try folder.folder("blobs") else { return [] }
            for algorithm in DigestAlgorithm.allCases {
                guard let place = try blobs.folder(algorithm.rawValue) else { continue }
                for name in try place.names() {
                    guard let digest = try? Digest(parsing: "\(algorithm.rawValue):\(name)"),
                        let bytes = try place.document(name, limit: Self.documentLimit),
                        Digest(hashing: bytes, algorithm) == digest
                    else { continue }
                    documents.append((digest, bytes))
                }
            }
        } catch {
            throw .storage(error)
        }
        return documents
    }

    /// Whether a manifest of signatures signs a digest: looked for in its payloads, because nothing else says so.
    func mentions(_ digest: Digest, in entry: WrittenDescriptor) throws(LayoutError) -> Bool {
        for layer in try document(entry)["layers"]?.array ?? [] {
            let payload = try content(try descriptor(layer, in: entry.digest))
            let statement = (try? JSONValue(parsing: payload))?["payload"]?.string.flatMap { Base64.decode($0) }
            let text = String(decoding: statement ?? payload, as: UTF8.self)
            if text.utf8.count > digest.hex.utf8.count, text.contains(digest.hex) { return true }
        }
        return false
    }
}

extension Folder {
    /// The bytes of a small file that begins as JSON objects do; nil for any other.
    fileprivate func document(_ name: String, limit: Int64) throws(StorageError) -> [UInt8]? {
        guard let file = try file(name), file.size <= limit, try file.read(at: 0, count: 1) == [UInt8(ascii: "{")]
        else { return nil }
        return try file.read(at: 0, count: Int(file.size))
    }
}
