internal import Archive
internal import CaseIndex

extension GraphReader {
    /// Notes what is odd about a layer's checksums and members, once for each layer.
    mutating func noteListing(_ measurement: Measurement, _ member: EvidenceMember) {
        let digest = measurement.digest
        if measurement.oddities.wrongChecksums > 0 {
            draft.warn(
                .layerChecksum,
                member.path,
                digest,
                "\(measurement.oddities.wrongChecksums) gzip trailers state another checksum or length"
            )
        }
        if measurement.oddities.members > 1 {
            draft.warn(
                .layerMembers,
                member.path,
                digest,
                "\(measurement.oddities.members) gzip members follow one another; all were read"
            )
        }
        guard let listing = measurement.listing else { return }
        if let failure = listing.failure, !isToldByExpansion(measurement) {
            let code: WarningCode = if case .tooMany = failure { .limitLayerEntries } else { .layerEntries }
            draft.warn(code, member.path, digest, failure.sentence)
        }
        if listing.unhashed > 0 {
            draft.warn(
                .limitHoles,
                member.path,
                digest,
                "\(listing.unhashed) sparse files have larger holes than are hashed (--limit hole-bytes=…)"
            )
        }
        if listing.cutPaths > 0 {
            draft.warn(
                .limitPath,
                member.path,
                digest,
                "\(listing.cutPaths) paths are longer than \(limits.pathBytes) bytes and were cut (--limit path-bytes=…)"
            )
        }
    }

    /// Whether the stream itself could not be expanded to its end, which says why its archive ends early.
    private func isToldByExpansion(_ measurement: Measurement) -> Bool {
        if case .failed = measurement.expansion { true } else { false }
    }
}
