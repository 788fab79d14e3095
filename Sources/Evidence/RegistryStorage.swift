internal import CaseIndex
internal import Cryptography
internal import OCI

/// The storage of a distribution registry on disk (distribution, `registry/storage/paths.go`), or GitLab's backup of one.
///
/// Blobs lie under `blobs`, and everything that a repository has is a small file `link` that names a digest: revisions,
/// tags with every digest that they ever named, and the referrers of the ORAS fork.
///
/// It is known by these forms, not by the folders above: what is handed over may be the folder `registry/v2`, or one
/// inside it.
struct RegistryStorage: Arrangement {
    /// The folder that holds `blobs` and `repositories`, or what of it is at hand.
    let root: [UInt8]
    /// What of the paths below `registry/v2` lies above the evidence, with a slash at its end; mostly nothing.
    private let above: [UInt8]

    private init(root: [UInt8], above: String = "") {
        self.root = root
        self.above = Array(above.utf8)
    }

    func kind(inArchive: Bool) -> String { inArchive ? "registry-archive" : "registry-storage" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let inside = inside(path) else { return false }
        guard above.isEmpty else { return digest(named: path) != nil || Self.repositoryPlace(inside) != nil }
        return inside.starts(with: "blobs/".utf8) || inside.starts(with: "repositories/".utf8)
    }

    /// The path below `registry/v2`.
    private func inside(_ path: [UInt8]) -> [UInt8]? {
        relative(path).map { above + $0 }
    }

    /// `blobs/<algorithm>/<two digits>/<hex>/data`.
    func digest(named path: [UInt8]) -> Digest? {
        guard let parts = inside(path).map({ MemberPath.components($0) }), parts.count == 5 else { return nil }
        return Self.blob(parts[...])
    }

    private static func blob(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Digest? {
        let first = parts.startIndex
        guard parts.count == 5, parts[first].elementsEqual("blobs".utf8), parts[first + 4].elementsEqual("data".utf8),
            parts[first + 2].count == 2, parts[first + 3].starts(with: parts[first + 2])
        else { return nil }
        return DigestAlgorithm(named: parts[first + 1]).flatMap { Digest($0, hex: parts[first + 3]) }
    }

    func place(of digest: Digest) -> String {
        let place = "blobs/\(digest.algorithm.rawValue)/\(digest.hex.prefix(2))/\(digest.hex)/data"
        return place.utf8.starts(with: above) ? String(place.dropFirst(above.count)) : place
    }

    /// The folders by which a repository is known.
    private static let folders = ["_manifests", "_layers", "_referrers", "_uploads"].map { Array($0.utf8) }

    /// Where in a path below `repositories` the name of a repository ends; nil for any other path.
    private static func repositoryPlace(_ path: [UInt8]) -> Int? {
        MemberPath.components(path).firstIndex { part in folders.contains { part.elementsEqual($0) } }
    }

    static func find(in scan: EvidenceScan) -> [RegistryStorage] {
        var found = RootsOfStorage()
        for member in scan.members {
            switch MemberPath.split(member.path).name {
            case let name where name.elementsEqual("data".utf8): found.add(blob: MemberPath.components(member.path))
            case let name where name.elementsEqual("link".utf8): found.add(link: MemberPath.components(member.path))
            default: break
            }
        }
        return found.sorted.map { RegistryStorage(root: $0) } + found.parts.map { RegistryStorage(root: [], above: $0) }
    }

    /// The folders in which storages lie, gathered from the paths of their blobs and links.
    private struct RootsOfStorage {
        private var roots: Set<[UInt8]> = []
        /// Paths of links for which the folder above is looked for when all blobs are known.
        private var links: Set<[UInt8]> = []
        /// What lies above the evidence, when that is a folder inside a storage.
        private var above: Set<String> = []

        mutating func add(blob parts: [ArraySlice<UInt8>]) {
            if parts.count > 4, RegistryStorage.blob(parts.suffix(5)) != nil {
                roots.insert(MemberPath.folder(parts.dropLast(5)))
            } else if RegistryStorage.blob([Array("blobs".utf8)[...]] + parts) != nil {
                above.insert("blobs/")
            }
        }

        mutating func add(link parts: [ArraySlice<UInt8>]) {
            guard
                let place = parts.firstIndex(where: { part in
                    RegistryStorage.folders.contains { part.elementsEqual($0) }
                })
            else { return }
            links.insert(MemberPath.folder(parts[..<place]))
        }

        /// The folders, those of links by the rule that the first folder `repositories` is meant unless blobs tell of
        /// another.
        var sorted: [[UInt8]] {
            var all = roots
            for link in links where !isKnown(link, all) {
                let parts = MemberPath.components(link)
                guard let place = parts.firstIndex(where: { $0.elementsEqual("repositories".utf8) }) else { continue }
                all.insert(MemberPath.folder(parts[..<place]))
            }
            return all.sorted { $0.lexicographicallyPrecedes($1) }
        }

        /// What lies above, when the evidence is a folder inside a storage.
        var parts: [String] {
            let all = Set(sorted)
            let isInside = links.contains { link in
                !isKnown(link, all) && !MemberPath.components(link).contains { $0.elementsEqual("repositories".utf8) }
            }
            return (isInside ? above.union(["repositories/"]) : above).sorted()
        }

        private func isKnown(_ link: [UInt8], _ roots: Set<[UInt8]>) -> Bool {
            roots.contains { link.starts(with: MemberPath.joined($0, "repositories/")) }
        }
    }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        for member in graph.store.sortedOthers {
            guard let inside = inside(member.path), let link = RegistryLink(inside[...]) else { continue }
            try graph.follow(link, member)
        }
        graph.compareRevisions()
        try graph.readPending()
        try graph.readOrphans()
        try graph.noteReferrals()
        try graph.extractSignatures()
    }
}

/// What a `link` file is for, by its path.
struct RegistryLink {
    /// The repository's name; empty where the evidence is one repository's folder, whose name lies above.
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
            let place = parts.firstIndex(where: { ["_manifests", "_referrers"].contains($0) })
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

extension RegistryLink {
    /// The reference that a tag of the repository is.
    func name(of tag: String) -> String { repository.isEmpty ? tag : "\(repository):\(tag)" }
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
        // What a tag says is known, whether the blob is there or not.
        var referrersOf: Digest?
        switch link.use {
        case .revision: revisions.listed[link.repository, default: []].insert(target)
        case .current(let tag):
            referrersOf = noteTag(link.name(of: tag), ReferenceName(tag), target)
            revisions.note(tag, target, link.repository, member.path)
        case .earlier(let tag):
            noteEarlier(link.name(of: tag), target)
            revisions.tagged[link.repository, default: []].insert(target)
        case .referrer(let subject):
            attachments.append(Attachment(carrier: target, subject: subject, storage: .subject))
            revisions.referrals.append((target, subject))
        }
        guard let blob = store[target] else {
            warnOfMissing(target, member)
            return
        }
        var document = PendingDocument(member: blob, mediaType: nil, depth: 1)
        document.referrersOf = referrersOf
        pending.append(document)
    }

    private mutating func warnOfMissing(_ target: Digest, _ member: EvidenceMember) {
        guard reported.insert(Reported(code: .missing, digest: target, size: nil)).inserted else { return }
        draft.warn(.missing, member.path, target, "a link names it, and no blob of that digest is in the storage")
    }

    /// Notes what a tag names; answers whose referrers the tag lists, when it is a fallback tag.
    private mutating func noteTag(_ name: String, _ meaning: ReferenceName, _ target: Digest) -> Digest? {
        _ = draft.add(
            ReferenceRecord(
                name: name,
                digest: target,
                sourceID: ImportDraft.unknownSource,
                key: "registry tag"
            )
        )
        currentTags[name] = target
        switch meaning {
        case .signatures(let subject), .attestations(let subject):
            attachments.append(Attachment(carrier: target, subject: subject, storage: .tagName))
        case .referrers(let subject): return subject
        case .billOfMaterials, .other: break
        }
        return nil
    }

    /// A tag's index lists every digest that it ever named, the present one too; `current` sorts before `index`.
    private mutating func noteEarlier(_ name: String, _ target: Digest) {
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
