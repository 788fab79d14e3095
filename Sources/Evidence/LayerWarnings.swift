internal import Archive
internal import CaseIndex
internal import OCI
internal import Presentation

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
        let skipped = measurement.oddities.skipped
        if skipped.bytes > 0 {
            draft.warn(
                .layerSkippedFrames,
                member.path,
                digest,
                "\(skipped.bytes) bytes lie in skippable zstd frames (\(skipped.frames)), which no reader expands"
            )
        }
        guard let listing = measurement.listing else { return }
        if let failure = listing.failure, !isToldByExpansion(measurement) {
            let (code, told): (WarningCode, String) =
                switch failure {
                case .tooMany: (.limitLayerEntries, failure.sentence)
                case .archive(.tooLarge): (.limitExpanded, "\(failure.sentence); \(listing.entries) files were")
                default: (.layerEntries, failure.sentence)
                }
            draft.warn(code, member.path, digest, told)
        }
        noteOddities(listing, measurement, member)
        notePaths(listing, measurement, member)
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

    /// Notes what other tools read differently in a layer's archive.
    private mutating func noteOddities(
        _ listing: LayerListing,
        _ measurement: Measurement,
        _ member: EvidenceMember
    ) {
        for oddity in listing.oddities {
            let place = oddity.path.isEmpty ? "" : "\(EscapedText(oddity.path, limit: 200)): "
            let message = "\(place)\(oddity.message); at byte \(oddity.offset) of the layer"
            if let code = WarningCode(oddity.code) {
                draft.warn(code, member.path, measurement.digest, message)
            } else if oddity.code == .noEndMark {
                draft.warn(.archiveHeader, member.path, measurement.digest, message)
            } else if oddity.code == .trailingData, let trailing = listing.trailing {
                draft.warn(
                    .archiveTrailingBytes,
                    member.path,
                    measurement.digest,
                    "\(message), their digest \(trailing)"
                )
            }
        }
        if listing.omittedOddities > 0 {
            draft.warn(
                .limitOddities,
                member.path,
                measurement.digest,
                "\(listing.omittedOddities) more oddities than the \(listing.oddities.count) that are listed"
            )
        }
    }

    /// Notes what tools read differently in the paths of a layer.
    private mutating func notePaths(_ listing: LayerListing, _ measurement: Measurement, _ member: EvidenceMember) {
        for kind in LayerPathRemark.allCases {
            guard let remarks = listing.paths[kind] else { continue }
            let more = remarks.count > remarks.examples.count ? ", …" : ""
            draft.warn(
                kind.code,
                member.path,
                measurement.digest,
                "\(kind.sentence(remarks.count)): \(remarks.examples.joined(separator: ", "))\(more)"
            )
        }
        guard listing.unfollowedLinks > 0 else { return }
        draft.warn(
            .limitOddities,
            member.path,
            measurement.digest,
            "\(listing.unfollowedLinks) symbolic links are more than are followed; members below them are listed as written"
        )
    }

    /// Notes a layer of an image that gave no files: it is no archive, or compressed in a way that is not read.
    mutating func noteFormat(_ measurement: Measurement, _ member: EvidenceMember, _ mediaType: MediaType?) {
        if let unread = measurement.unread {
            draft.warn(
                .layerFormat,
                member.path,
                measurement.digest,
                "the layer is compressed with \(unread.rawValue), which is not read: its files are not listed, "
                    + "and its uncompressed bytes have no digest here"
            )
            return
        }
        guard limits.listsFiles, measurement.listing == nil, measurement.size > 0, isTar(mediaType),
            !isToldByExpansion(measurement)
        else { return }
        let isPlain = if case .plain = measurement.expansion { true } else { false }
        draft.warn(
            .layerFormat,
            member.path,
            measurement.digest,
            isPlain
                ? "the layer is no tar archive, nor compressed in a way that is known; its files are not listed"
                : "what the layer expands to is no tar archive; its files are not listed"
        )
    }

    /// Whether the media type says that the bytes, once expanded or decrypted, are a tar archive.
    private func isTar(_ mediaType: MediaType?) -> Bool {
        mediaType?.isLayer == true
    }

    /// Whether the stream itself could not be expanded to its end, which says why its archive ends early.
    private func isToldByExpansion(_ measurement: Measurement) -> Bool {
        if case .failed = measurement.expansion { true } else { false }
    }
}
