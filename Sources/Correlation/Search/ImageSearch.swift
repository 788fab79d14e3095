package import CaseIndex
internal import Cryptography

/// Finds images by who signed them and what they are said to come from.
package final class ImageSearch {
    let reader: CaseReader
    let claims: ClaimSearch
    private let caseFile: CaseFile?
    private var known: [ImageCriterion: [ImageMatch]] = [:]
    private var owners: [Digest: [Digest]] = [:]

    /// A search.
    ///
    /// - Parameters:
    ///   - reader: The state of the case that is searched.
    ///   - caseFile: The case, where long searches may open more connections to it.
    package init(_ reader: CaseReader, caseFile: CaseFile? = nil) {
        self.reader = reader
        self.caseFile = caseFile
        claims = ClaimSearch(reader)
    }

    /// The images that fit every criterion, by digest.
    ///
    /// - Parameters:
    ///   - criteria: The criteria; with none, everything that was signed or built within the window fits.
    ///   - window: When it was: each criterion must be met within it, or at a time that nobody knows.
    /// - Returns: The images, each with every match.
    /// - Throws: ``CaseError``.
    package func find(_ criteria: [ImageCriterion], within window: TimeWindow? = nil) throws -> [ImageHit] {
        guard let first = criteria.first else { return try within(window ?? TimeWindow(from: nil, to: nil)) }
        var hits: [Digest: [ImageMatch]] = [:]
        var isUnknown: [Digest: Bool] = [:]
        for criterion in criteria {
            var own: [Digest: [ImageMatch]] = [:]
            for match in try matches(criterion) where window.map({ match.mayMeet($0) }) ?? true {
                own[match.image, default: []].append(match)
            }
            var next: [Digest: [ImageMatch]] = [:]
            for (image, matches) in own where criterion == first || hits[image] != nil {
                next[image] = (hits[image] ?? []) + matches
                let isDated = window == nil || matches.contains { $0.time != nil }
                isUnknown[image] = isUnknown[image] ?? false || !isDated
            }
            hits = next
        }
        return hits.keys.sorted().map { image in
            ImageHit(image: image, matches: hits[image] ?? [], isTimeUnknown: isUnknown[image] ?? false)
        }
    }

    /// Every record by which an image fits a criterion, the best founded first.
    package func matches(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        if let matches = known[criterion] { return matches }
        let found: [ImageMatch] =
            switch criterion.kind {
            case .identity: try signed(criterion, identity: criterion.value)
            case .key: try signed(criterion, key: criterion.value)
            case .issuer: try issued(criterion)
            case .commit, .pipeline, .job, .runner, .user: try stated(criterion)
            case .layer, .digest: try made(criterion)
            }
        var matches: [ImageMatch] = []
        for (_, own) in Dictionary(grouping: found, by: \.image).sorted(by: { $0.key < $1.key }) {
            var seen: Set<[String]> = []
            matches += own.filter { own.count == 1 || seen.insert($0.records).inserted }.sorted { one, other in
                if one.basis != other.basis { return one.basis.rank < other.basis.rank }
                return one.records.lexicographicallyPrecedes(other.records)
            }
        }
        known[criterion] = matches
        return matches
    }

    /// Finds the matches of many things a part at a time, with one connection a processor where there is a case file to
    /// open.
    ///
    /// - Parameters:
    ///   - items: The things.
    ///   - search: Finds those of a part, with what has been read by one connection.
    /// - Returns: The matches in the order of the things.
    /// - Throws: ``CaseError``.
    func inParts<Item: Sendable>(
        _ items: [Item],
        _ search: @escaping @Sendable ([Item], ImageSearch) throws -> [ImageMatch]
    ) throws -> [ImageMatch] {
        let parts = stride(from: 0, to: items.count, by: Self.part).map {
            Array(items[$0..<min(items.count, $0 + Self.part)])
        }
        guard let caseFile, parts.count > 1 else { return try onImages(search(items, self)) }
        var found: [ImageMatch] = []
        try caseFile.forEach(
            of: parts,
            in: reader,
            effort: .much,
            begin: { ImageSearch($0) },
            work: { part, own in try own.onImages(search(part, own)) },
            deliver: { found += $0 }
        )
        return found
    }

    /// How many things one part has.
    private static let part = 64

    /// A match on a configuration is one on every image that has it: some tools sign that digest.
    private func onImages(_ matches: [ImageMatch]) throws -> [ImageMatch] {
        try matches.flatMap { match in
            let images = try images(of: match.image)
            return images == [match.image] ? [match] : images.map { match.on($0) }
        }
    }

    private func images(of digest: Digest) throws -> [Digest] {
        if let known = owners[digest] { return known }
        var images = [digest]
        let named = Set(try reader.relationships(to: digest).filter { $0.kind == .configuration }.map(\.origin))
        if !named.isEmpty {
            switch try reader.artifact(digest)?.role {
            case .configuration: images = named.sorted()
            // An archive that has the image without a manifest calls it by its configuration.
            case .savedImage: images = named.union([digest]).sorted()
            default: break
            }
        }
        owners[digest] = images
        return images
    }

    // MARK: - Content

    private func made(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        guard let digest = try? Digest(parsing: criterion.value) else { return [] }
        func match(_ image: Digest, _ record: String, _ place: String) throws -> ImageMatch {
            ImageMatch(
                criterion: criterion,
                image: image,
                records: [record],
                basis: .contentAddressed,
                place: place,
                value: digest.description,
                time: try builtTime(image),
                signatureID: nil
            )
        }
        var matches: [ImageMatch] = []
        if criterion.kind == .digest, try isImage(digest) {
            matches.append(try match(digest, "artifact:\(digest)", "the image itself"))
        }
        for record in try reader.relationships(to: digest) where record.kind == .layer || record.kind == .configuration
        {
            guard criterion.kind == .digest || record.kind == .layer else { continue }
            matches.append(try match(record.origin, Citation.relationship(record).text, record.kind.rawValue))
        }
        for record in try reader.layers(withDiffID: digest) {
            matches.append(try match(record.origin, Citation.relationship(record).text, "diffID of a layer"))
        }
        return try onImages(matches)
    }

    private func isImage(_ digest: Digest) throws -> Bool {
        switch try reader.artifact(digest)?.role {
        case .imageIndex, .imageManifest, .savedImage: true
        default: try !reader.signatures(of: digest).isEmpty
        }
    }

    // MARK: - Time alone

    /// Everything that was signed within a window, or that says it was built in it.
    private func within(_ window: TimeWindow) throws -> [ImageHit] {
        let criterion = ImageCriterion(.digest, "")
        var hits: [Digest: [ImageMatch]] = [:]
        func add(_ id: String, _ record: String) throws {
            guard let signature = try claims.signature(id), let time = try time(of: signature), window.meets(time)
            else { return }
            let match = ImageMatch(
                criterion: criterion,
                image: signature.record.subject,
                records: [record],
                basis: signature.certificateBasis,
                place: "signature",
                value: signature.verdict?.identity ?? "",
                time: time,
                signatureID: id
            )
            hits[match.image, default: []].append(match)
        }
        let verdicts = try reader.verdicts(signedFrom: window.first, to: window.last)
        try claims.prepare(verdicts.map(\.signatureID))
        for verdict in verdicts {
            try add(verdict.signatureID, "verdict:\(verdict.signatureID)")
        }
        for certificate in try reader.undatedCertificates(validFrom: window.first, to: window.last) {
            try add(certificate.signatureID, "certificate:\(certificate.signatureID)/\(certificate.digest)")
        }
        return hits.keys.sorted().map { ImageHit(image: $0, matches: hits[$0] ?? [], isTimeUnknown: false) }
    }
}

extension ImageMatch {
    /// The same for another image.
    fileprivate func on(_ image: Digest) -> ImageMatch {
        ImageMatch(
            criterion: criterion,
            image: image,
            records: records,
            basis: basis,
            place: place,
            value: value,
            time: time,
            signatureID: signatureID
        )
    }

    /// Whether it was within a window, or at a time that nobody knows.
    package func mayMeet(_ window: TimeWindow) -> Bool {
        time.map { window.meets($0) } ?? true
    }
}

extension Basis {
    /// The order from the best founded to the least.
    var rank: Int {
        Self.allCases.firstIndex(of: self) ?? Self.allCases.count
    }

    /// The less founded of two.
    func weaker(_ other: Basis) -> Basis {
        rank < other.rank ? other : self
    }
}
