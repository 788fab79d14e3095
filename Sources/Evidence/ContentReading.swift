internal import Archive
internal import CaseIndex
internal import Cryptography
internal import OCI

extension GraphReader {
    /// Compares configuration and layers of a manifest, and keeps what is small.
    mutating func readContent(
        _ manifest: ImageManifest,
        _ role: ArtifactRole,
        _ measurement: Measurement,
        _ document: PendingDocument
    ) throws {
        let origin = measurement.digest
        let path = document.member.path
        var configuration: ImageConfiguration?
        if let reading = manifest.configuration,
            let compared = compare(reading, origin: origin, path: path, kind: .configuration, position: 0)
        {
            draft.add(compared.record)
            configuration = try readConfiguration(compared, of: origin, claims: role == .imageManifest)
        }
        warnOfDescriptors(manifest.layers.count, origin, path)
        for (position, reading) in manifest.layers.prefix(limits.descriptors).enumerated() {
            guard var compared = compare(reading, origin: origin, path: path, kind: .layer, position: position)
            else { continue }
            if let member = compared.member {
                compareLayer(&compared.record, member, configuration, position)
            }
            draft.add(compared.record)
            noteLayer(compared, role)
            if role == .attestationManifest {
                try readUnsignedStatement(compared, about: document.attestedDigest, in: origin)
            }
        }
        if role == .imageManifest, let configuration, configuration.diffIDs.count != manifest.layers.count {
            draft.warn(
                configuration.diffIDs.isEmpty ? .diffIDAbsent : .diffIDCount,
                path,
                origin,
                "\(manifest.layers.count) layers, and the configuration names \(configuration.diffIDs.count)"
            )
        }
    }

    private mutating func readConfiguration(
        _ compared: ComparedDescriptor,
        of manifest: Digest,
        claims: Bool
    ) throws -> ImageConfiguration? {
        guard let member = compared.member, let measurement = member.measurement else { return nil }
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: compared.descriptor.mediaType?.text,
                role: .configuration
            )
        )
        guard measurement.looksLikeDocument || compared.descriptor.mediaType?.isImageConfiguration == true,
            let bytes = try bytes(of: member, limit: limits.documentBytes)
        else { return nil }
        draft.add(content: bytes, of: measurement.digest)
        guard compared.descriptor.mediaType?.isImageConfiguration == true else { return nil }
        do throws(OCIError) {
            let configuration = try ImageConfiguration(parsing: bytes)
            if claims { claim(configuration, measurement.digest, about: manifest) }
            return configuration
        } catch {
            if visited.insert(measurement.digest).inserted { warn(error, member.path, measurement.digest) }
            return nil
        }
    }

    private mutating func noteLayer(_ compared: ComparedDescriptor, _ role: ArtifactRole) {
        guard let measurement = compared.member?.measurement else { return }
        let type = compared.descriptor.mediaType
        let isPayload = type?.carriesSignature == true || type == .inToto
        var diffID: Digest?
        if role == .imageManifest, let observed = measurement.diffID { diffID = observed }
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: type?.text,
                role: isPayload ? .payload : role == .imageManifest ? .layer : .blob,
                diffID: diffID
            )
        )
    }

    // MARK: - DiffIDs

    /// Compares what a layer expands to with what the configuration says of the layer at its position.
    mutating func compareLayer(
        _ record: inout RelationshipRecord,
        _ member: EvidenceMember,
        _ configuration: ImageConfiguration?,
        _ position: Int
    ) {
        guard let measurement = member.measurement else { return }
        noteExpansion(measurement, member, record.mediaType.map { MediaType($0) }, ofImage: configuration != nil)
        record.observedDiffID = measurement.diffID
        guard let configuration, configuration.diffIDs.indices.contains(position) else { return }
        switch configuration.diffIDs[position] {
        case .failure(let error): warn(error, member.path, measurement.digest)
        case .success(let claimed):
            record.claimedDiffID = claimed
            guard let observed = measurement.diffID else {
                if record.outcome == .matched { record.outcome = .unreadable }
                return
            }
            guard observed != claimed else { return }
            draft.warn(
                .diffIDMismatch,
                member.path,
                record.target,
                "the configuration names \(claimed), the uncompressed bytes have \(observed)"
            )
            if record.outcome == .matched { record.outcome = .diffIDMismatch }
        }
    }

    /// Notes what is odd about a layer's compression, once for each layer.
    private mutating func noteExpansion(
        _ measurement: Measurement,
        _ member: EvidenceMember,
        _ mediaType: MediaType?,
        ofImage: Bool
    ) {
        guard reported.insert(Reported(code: .layerCompression, digest: measurement.digest, size: nil)).inserted
        else { return }
        let digest = measurement.digest
        noteListing(measurement, member)
        // Other artifacts call anything a layer.
        if ofImage { noteFormat(measurement, member, mediaType) }
        var found = measurement.unread?.rawValue
        switch measurement.expansion {
        case .plain: break
        case .expanded(_, let compression, let trailing):
            found = compression.rawValue
            if trailing > 0 {
                draft.warn(
                    .layerTrailingBytes,
                    member.path,
                    digest,
                    "\(trailing) bytes follow the \(compression.rawValue) stream"
                )
            }
        case .failed(let error, let compression):
            found = compression.rawValue
            warnOfFailedExpansion(error, compression, member, measurement)
        }
        if let named = mediaType?.statedCompression, named != (found ?? "none") {
            draft.warn(
                .layerCompression,
                member.path,
                digest,
                "the media type says \(named), and the bytes are \(found ?? "not compressed")"
            )
        }
    }

    private mutating func warnOfFailedExpansion(
        _ error: ArchiveError,
        _ compression: Compression,
        _ member: EvidenceMember,
        _ measurement: Measurement
    ) {
        let code: WarningCode =
            switch error {
            case .truncated: .layerTruncated
            case .tooLarge, .sharedLimit: .limitExpanded
            case .damaged, .unreadableInput, .sparseMember, .unavailable: .layerDamaged
            }
        var message = "the \(compression.rawValue) stream \(error.sentence)"
        if code == .limitExpanded {
            message += "; its first \(measurement.expandedSize) bytes were read"
            if let entries = measurement.listing?.entries { message += ", and \(entries) files listed" }
        }
        draft.warn(code, member.path, measurement.digest, message)
    }
}

extension Expansion {
    /// The digest of the uncompressed bytes, when they could be had.
    var digest: Digest? {
        switch self {
        case .plain(let digest), .expanded(let digest, _, _): digest
        case .failed: nil
        }
    }
}

extension MediaType {
    /// The compression that a layer's media type states; nil when the type is not one of those that state it.
    var statedCompression: String? {
        guard isLayer else { return nil }
        if text.utf8.reversed().starts(with: "pizg".utf8) { return "gzip" }
        if text.utf8.reversed().starts(with: "dtsz".utf8) { return "zstd" }
        return text.utf8.reversed().starts(with: "rat".utf8) && text.utf8.starts(with: "application/vnd.oci.".utf8)
            ? "none" : nil
    }
}
