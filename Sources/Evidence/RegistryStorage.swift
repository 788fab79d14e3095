internal import CaseIndex
internal import Cryptography
internal import OCI

/// The storage of a distribution registry on disk (distribution, `registry/storage/paths.go`), or GitLab's backup of one.
///
/// Blobs lie under `blobs`, and everything that a repository has is a small file `link` that names a digest: revisions,
/// tags with every digest that they ever named, and the referrers of the ORAS fork.
struct RegistryStorage: Arrangement {
    /// The folder `…/registry/v2`.
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "registry-archive" : "registry-storage" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let relative = relative(path) else { return false }
        return relative.starts(with: "blobs/".utf8) || relative.starts(with: "repositories/".utf8)
    }

    /// `blobs/<algorithm>/<two digits>/<hex>/data`.
    func digest(named path: [UInt8]) -> Digest? {
        guard let relative = relative(path) else { return nil }
        let parts = MemberPath.components(Array(relative))
        guard parts.count == 5, parts[0].elementsEqual("blobs".utf8), parts[4].elementsEqual("data".utf8),
            parts[3].starts(with: parts[2])
        else { return nil }
        return Self.digest(parts[1], parts[3])
    }

    func place(of digest: Digest) -> String {
        "blobs/\(digest.algorithm.rawValue)/\(digest.hex.prefix(2))/\(digest.hex)/data"
    }

    static func digest(_ algorithm: ArraySlice<UInt8>, _ hex: ArraySlice<UInt8>) -> Digest? {
        guard let name = String(validating: algorithm, as: UTF8.self),
            let digits = String(validating: hex, as: UTF8.self)
        else { return nil }
        return try? Digest(parsing: "\(name):\(digits)")
    }

    static func find(in scan: EvidenceScan) -> [RegistryStorage] {
        var roots: Set<[UInt8]> = []
        for member in scan.members {
            let parts = MemberPath.components(member.path)
            guard
                let place = parts.indices.dropFirst().first(where: { place in
                    parts[place].elementsEqual("v2".utf8) && parts[place - 1].elementsEqual("registry".utf8)
                        && parts.count > place + 2
                        && ["blobs", "repositories"].contains { parts[place + 1].elementsEqual($0.utf8) }
                })
            else { continue }
            roots.insert(Array(parts[...place].joined(separator: [UInt8(ascii: "/")])))
        }
        return roots.sorted { $0.lexicographicallyPrecedes($1) }.map { RegistryStorage(root: $0) }
    }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        for member in graph.store.sortedOthers {
            guard let relative = relative(member.path), let link = RegistryLink(relative) else { continue }
            try graph.follow(link, member)
        }
        try graph.readPending()
        try graph.readOrphans()
        try graph.extractSignatures()
    }
}

/// What a `link` file is for, by its path.
struct RegistryLink {
    let repository: String
    let use: Use
    /// The digest that the path names; nil for the link of a tag's present digest, which only its content names.
    let named: Digest?

    enum Use: Hashable {
        case revision
        case current(tag: String)
        case earlier(tag: String)
        case referrer(of: Digest)
    }

    /// Reads `repositories/<name>/_manifests/…/link` and `repositories/<name>/_referrers/…/link`; nil for every other.
    init?(_ path: ArraySlice<UInt8>) {
        let parts = MemberPath.components(Array(path)).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count > 3, parts[0] == "repositories", parts.last == "link",
            let place = parts.firstIndex(where: { ["_manifests", "_referrers"].contains($0) }), place > 1
        else { return nil }
        repository = parts[1..<place].joined(separator: "/")
        let rest = Array(parts[(place + 1)..<(parts.count - 1)])
        func digest(_ first: Int) -> Digest? {
            rest.count > first + 1 ? try? Digest(parsing: "\(rest[first]):\(rest[first + 1])") : nil
        }
        switch (parts[place], rest.first, rest.count) {
        case ("_manifests", "revisions", 3): (use, named) = (.revision, digest(1))
        case ("_manifests", "tags", 3) where rest[2] == "current": (use, named) = (.current(tag: rest[1]), nil)
        case ("_manifests", "tags", 5) where rest[2] == "index": (use, named) = (.earlier(tag: rest[1]), digest(3))
        case ("_referrers", "subjects", 5):
            guard let subject = digest(1) else { return nil }
            (use, named) = (.referrer(of: subject), digest(3))
        default: return nil
        }
    }
}

extension GraphReader {
    /// Follows one link of a registry's storage.
    mutating func follow(_ link: RegistryLink, _ member: EvidenceMember) throws {
        guard case .file = member.content else { return }
        let text = try store.bytes(of: member, limit: 256).map { String(decoding: $0, as: UTF8.self) }
        guard let text, let target = try? Digest(parsing: text) else {
            draft.warn(.linkMalformed, member.path, "the link names no digest")
            return
        }
        if let named = link.named, named != target {
            draft.warn(
                .linkMismatch,
                member.path,
                target,
                "the link names \(target), and lies at the place of \(named)"
            )
        }
        guard let blob = store[target] else {
            if reported.insert(Reported(code: .missing, digest: target, size: nil)).inserted {
                draft.warn(
                    .missing,
                    member.path,
                    target,
                    "a link names it, and no blob of that digest is in the storage"
                )
            }
            return
        }
        var document = PendingDocument(member: blob, mediaType: nil, depth: 1)
        switch link.use {
        case .revision: break
        case .current(let tag): noteTag(tag, link.repository, target, &document, member)
        case .earlier(let tag): noteEarlier(tag, link.repository, target)
        case .referrer(let subject):
            attachments.append(Attachment(carrier: target, subject: subject, storage: .subject))
        }
        pending.append(document)
    }

    private mutating func noteTag(
        _ tag: String,
        _ repository: String,
        _ target: Digest,
        _ document: inout PendingDocument,
        _ member: EvidenceMember
    ) {
        _ = draft.add(
            ReferenceRecord(
                name: "\(repository):\(tag)",
                digest: target,
                sourceID: ImportDraft.unknownSource,
                key: "registry tag"
            )
        )
        currentTags["\(repository):\(tag)"] = target
        switch ReferenceName(tag) {
        case .signatures(let subject), .attestations(let subject):
            attachments.append(Attachment(carrier: target, subject: subject, storage: .tagName))
        case .referrers(let subject): document.referrersOf = subject
        case .billOfMaterials, .other: break
        }
    }

    /// A tag's index lists every digest that it ever named, the present one too; `current` sorts before `index`.
    private mutating func noteEarlier(_ tag: String, _ repository: String, _ target: Digest) {
        let name = "\(repository):\(tag)"
        guard currentTags[name] != target else { return }
        _ = draft.add(
            ReferenceRecord(
                name: name + ReferenceRecord.earlierSuffix,
                digest: target,
                sourceID: ImportDraft.unknownSource,
                key: ReferenceRecord.historyKey
            )
        )
    }
}
