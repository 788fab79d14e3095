package import CaseIndex
package import Cryptography

/// What a name stood for, and when: from every import of evidence that has the name, from what a registry's storage
/// kept of a tag, and from what a registry's service listed.
package struct TagHistory: Sendable {
    /// The name; from evidence, not escaped.
    package let name: String
    /// Every digest that it stood for, as each source tells it, the earliest first.
    package let sightings: [TagSighting]

    /// The digests, each once, in the order of the sightings.
    package var digests: [Digest] {
        var seen: Set<Digest> = []
        return sightings.map(\.digest).filter { seen.insert($0).inserted }
    }

    /// Whether it stood for several digests.
    ///
    /// A tag without a repository means little: two layouts may both have `1.0`. One that names a digest itself means the
    /// same everywhere.
    package var hasMoved: Bool {
        digests.count > 1
            && (isSignatureTag || name.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") })
    }

    /// Whether it is one under which signatures of a digest are stored.
    package var isSignatureTag: Bool {
        let tag = name.utf8.split(separator: UInt8(ascii: ":")).last.map { Array($0) } ?? []
        return tag.starts(with: "sha256-".utf8) && tag.count >= 71
    }
}

/// One record of what a name stood for.
package struct TagSighting: Hashable, Sendable {
    /// What the name stood for.
    package let digest: Digest
    /// How that is known.
    package let kind: Kind
    /// The evidence, by its number.
    package let sourceID: Int64
    /// Where that was imported from.
    package let path: String
    /// When the name is known to have stood for the digest: the import for evidence that had it, the service's own time
    /// for a list; for what a storage kept, the import before which it was.
    package let seenAt: Timestamp
    /// Before when it cannot have stood for the digest: when the image was signed, or says that it was built.
    package let notBefore: MatchTime?

    /// How a name's meaning is known.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The evidence names it so.
        case current
        /// A registry's storage kept that the tag named it before.
        case earlier
        /// The registry's service listed it so.
        case listed
    }
}

extension TagHistory {
    /// The histories of every name in the case, or of those that fit, by name.
    ///
    /// - Parameters:
    ///   - reader: The case.
    ///   - text: The whole name, or what follows a `/` or `:` in it; every name when nil.
    /// - Returns: The histories.
    /// - Throws: ``CaseError``.
    package static func histories(_ reader: CaseReader, matching text: String? = nil) throws -> [TagHistory] {
        let sources = Dictionary(try reader.sources().map { ($0.id, $0) }) { first, _ in first }
        let search = ImageSearch(reader)
        var found: [[UInt8]: [TagSighting]] = [:]
        func add(_ name: String, _ digest: Digest, _ kind: TagSighting.Kind, _ sourceID: Int64, _ time: Timestamp?)
            throws
        {
            guard text.map({ name.ends(withName: $0) }) ?? true, let source = sources[sourceID] else { return }
            let sighting = TagSighting(
                digest: digest,
                kind: kind,
                sourceID: sourceID,
                path: source.path,
                seenAt: time ?? source.importedAt,
                notBefore: try search.firstTime(of: digest)
            )
            let key = Array(name.utf8)
            if found[key]?.contains(sighting) != true { found[key, default: []].append(sighting) }
        }
        for reference in try reader.references() where !reference.isRevision {
            let kind: TagSighting.Kind = reference.isEarlier ? .earlier : .current
            try add(reference.currentName, reference.digest, kind, reference.sourceID, nil)
        }
        for listed in try reader.registryTags() {
            guard let tag = listed.tag, let digest = listed.digest else { continue }
            try add("\(listed.repository):\(tag)", digest, .listed, listed.origin.sourceID, listed.createdAt)
        }
        return found.map { name, sightings in
            TagHistory(
                name: String(decoding: name, as: UTF8.self),
                sightings: sightings.sorted(by: TagSighting.precedes)
            )
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension TagSighting {
    /// When it was at the latest, or for what a storage kept from when on it can have been.
    private var orderingTime: Timestamp {
        kind == .earlier ? min(notBefore?.first ?? seenAt, seenAt) : seenAt
    }

    /// What came first as far as anything tells: what was before, then by the time from which it can have been.
    fileprivate static func precedes(_ one: TagSighting, _ other: TagSighting) -> Bool {
        let times = (one.orderingTime, other.orderingTime)
        if times.0 != times.1 { return times.0 < times.1 }
        if one.kind != other.kind { return one.kind == .earlier }
        return (one.sourceID, one.digest) < (other.sourceID, other.digest)
    }
}

extension String {
    /// Whether a name is this text, or ends with it after a `/` or `:`.
    fileprivate func ends(withName text: String) -> Bool {
        hasSameBytes(as: text) || beforeSuffix("/" + text) != nil || beforeSuffix(":" + text) != nil
            // A repository stands for all its tags.
            || afterPrefix(text + ":") != nil
    }
}

extension ImageSearch {
    /// When the first signature over an image was made, else when the image says that it was built.
    fileprivate func firstTime(of image: Digest) throws -> MatchTime? {
        let signed = try reader.signatures(of: image).compactMap { record in
            try claims.signature(record.id).flatMap { try time(of: $0) }
        }
        return try signed.min { $0.first < $1.first } ?? builtTime(image)
    }
}
