internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// What the `kind` annotation says of an entry of `index.json` (cosign, `pkg/oci/layout`; hauler has words of its own).
enum EntryKind: Hashable {
    case image
    case signatures
    case attestations
    case other

    init?(_ annotation: String?) {
        guard let annotation else { return nil }
        switch annotation.split(separator: "/").last.map(String.init) {
        case "image", "imageIndex": self = .image
        case "sigs": self = .signatures
        case "atts": self = .attestations
        default: self = .other
        }
        let prefix = annotation.utf8
        guard prefix.starts(with: "dev.cosignproject.cosign/".utf8) || prefix.starts(with: "dev.hauler/".utf8)
        else { return nil }
    }
}

/// One entry of `index.json`.
struct LayoutEntry {
    let compared: ComparedDescriptor
    let kind: EntryKind?
    /// The names that the entry has, each with the annotation that gives it.
    let names: [(key: String, name: String)]

    init(_ compared: ComparedDescriptor) {
        self.compared = compared
        let annotations = compared.descriptor.annotations
        kind = EntryKind(annotations["kind"])
        names = Self.nameKeys.compactMap { key in annotations[key].map { (key, $0) } }
    }

    private static let nameKeys = ["org.opencontainers.image.ref.name", "io.containerd.image.name"]

    /// The digest that the entry names.
    var target: Digest {
        compared.descriptor.digest
    }

    /// The digest of the bytes that lie at the entry's place, or that it names when none do.
    var carrier: Digest {
        compared.member?.measurement?.digest ?? compared.descriptor.digest
    }
}

extension GraphReader {
    /// Reads `index.json`, the layout's table of contents.
    mutating func readIndex() throws {
        let path = MemberPath.joined(store.root, "index.json")
        guard let member = store.other("index.json"), let measurement = member.measurement else {
            draft.warn(.noIndex, path, "the layout has no index.json that can be read; all its blobs were examined")
            return
        }
        guard let bytes = try bytes(of: member, limit: limits.documentBytes) else { return }
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: MediaType.imageIndex.text,
                role: .blob
            )
        )
        draft.add(content: bytes, of: measurement.digest)
        draft.add(location(of: measurement.digest, member))
        do throws(OCIError) {
            guard case .index(let index) = try ImageDocument(parsing: bytes) else {
                draft.warn(.malformed, path, measurement.digest, "index.json is not an index")
                return
            }
            readEntries(index, measurement.digest, path)
        } catch {
            warn(error, path, measurement.digest)
        }
    }

    private mutating func readEntries(_ index: ImageIndex, _ origin: Digest, _ path: [UInt8]) {
        var entries: [LayoutEntry] = []
        if index.manifests.isEmpty { draft.warn(.indexEmpty, path, origin, "index.json lists nothing") }
        warnOfDescriptors(index.manifests.count, origin, path)
        for (position, reading) in index.manifests.prefix(limits.descriptors).enumerated() {
            guard let compared = compare(reading, origin: origin, path: path, kind: .entry, position: position)
            else { continue }
            draft.add(compared.record)
            claimDescriptorAnnotations(compared.descriptor, from: origin, position)
            let entry = LayoutEntry(compared)
            entries.append(entry)
            noteNames(entry, path)
            queue(entry)
        }
        attachByKind(entries)
    }

    private mutating func noteNames(_ entry: LayoutEntry, _ path: [UInt8]) {
        let target = entry.compared.descriptor.digest
        for (key, name) in entry.names {
            let record = ReferenceRecord(name: name, digest: target, sourceID: ImportDraft.unknownSource, key: key)
            // A signature that is stored under its image's name (hauler) does not compete with it.
            if draft.add(record), entry.kind == nil || entry.kind == .image {
                draft.warn(.referenceAmbiguous, path, target, "a name is given to more than one digest")
            }
            switch ReferenceName(name) {
            case .signatures(let subject), .attestations(let subject):
                attachments.append(Attachment(carrier: entry.carrier, subject: subject, storage: .tagName))
            case .billOfMaterials, .referrers, .other: break
            }
        }
    }

    private mutating func queue(_ entry: LayoutEntry) {
        guard let member = entry.compared.member else { return }
        var document = PendingDocument(
            member: member,
            mediaType: entry.compared.descriptor.mediaType,
            depth: 1
        )
        for (_, name) in entry.names {
            if case .referrers(let subject) = ReferenceName(name) { document.referrersOf = subject }
        }
        pending.append(document)
    }

    /// Attaches entries of the kinds `sigs` and `atts` to the image of their layout.
    ///
    /// That is the one image that there is, or the one that has the same name. Which image others are about, their
    /// payloads must tell.
    private mutating func attachByKind(_ entries: [LayoutEntry]) {
        let images = entries.filter { $0.kind == .image }
        var named: [JSONString: Set<Digest>] = [:]
        for image in images {
            for (_, name) in image.names { named[JSONString(name), default: []].insert(image.target) }
        }
        let all = Set(images.map(\.target))
        for entry in entries where entry.kind == .signatures || entry.kind == .attestations {
            let sameName = entry.names.reduce(into: Set<Digest>()) { found, own in
                found.formUnion(named[JSONString(own.name)] ?? [])
            }
            let candidates = all.count == 1 ? all : sameName
            attachments.append(
                Attachment(
                    carrier: entry.carrier,
                    subject: candidates.count == 1 ? candidates.first : nil,
                    storage: .kindAnnotation
                )
            )
        }
    }
}
