internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

extension GraphReader {
    /// Compares a descriptor with the bytes at its digest's place.
    ///
    /// - Parameters:
    ///   - reading: The descriptor.
    ///   - origin: The document that holds it.
    ///   - path: Where that document lies.
    ///   - kind: What the descriptor is for.
    ///   - position: Its place among those of the same kind.
    /// - Returns: The comparison; nil when the descriptor is not well formed, of which a warning is given.
    mutating func compare(
        _ reading: DescriptorReading,
        origin: Digest,
        path: [UInt8],
        kind: RelationshipKind,
        position: Int
    ) -> ComparedDescriptor? {
        var descriptor: Descriptor
        switch reading {
        case .success(let read): descriptor = read
        case .failure(let error):
            warn(error, path, origin)
            return nil
        }
        var record = RelationshipRecord(
            sourceID: ImportDraft.unknownSource,
            origin: origin,
            kind: kind,
            position: position,
            target: descriptor.digest,
            mediaType: descriptor.mediaType?.text,
            size: descriptor.size,
            outcome: .matched
        )
        record.platform = descriptor.platform?.description
        let member = store[descriptor.digest]
        // Of a hundred thousand descriptors of one blob, one digest is kept.
        if let known = member?.measurement?.digest, known == descriptor.digest { descriptor.digest = known }
        record.target = descriptor.digest
        compareBytes(descriptor, member, &record)
        checkEmbeddedData(descriptor, path)
        if !descriptor.urls.isEmpty {
            report(.descriptorAddress, descriptor, "\(descriptor.urls.count) addresses are given; none was opened")
        }
        return ComparedDescriptor(descriptor: descriptor, record: record, member: member)
    }

    private mutating func compareBytes(
        _ descriptor: Descriptor,
        _ member: EvidenceMember?,
        _ record: inout RelationshipRecord
    ) {
        guard let member else {
            record.outcome = .missing
            let isForeign = descriptor.mediaType?.isForeignLayer == true
            report(isForeign ? .layerForeign : .missing, descriptor, "no blob lies at the place of the digest")
            return
        }
        guard let measurement = member.measurement else {
            record.outcome = .unreadable
            return
        }
        if measurement.size != descriptor.size { record.observedSize = measurement.size }
        if measurement.digest != descriptor.digest {
            // The warning was given when the blob was read.
            record.outcome = .digestMismatch
            record.observedDigest = measurement.digest
        } else if measurement.size != descriptor.size {
            record.outcome = .sizeMismatch
            report(
                .sizeMismatch,
                descriptor,
                size: descriptor.size,
                "a descriptor states \(descriptor.size) bytes, the blob has \(measurement.size)"
            )
        }
    }

    /// Warns of a blob, once for each kind of trouble.
    private mutating func report(
        _ code: WarningCode,
        _ descriptor: Descriptor,
        size: Int64? = nil,
        _ message: String
    ) {
        guard reported.insert(Reported(code: code, digest: descriptor.digest, size: size)).inserted else { return }
        let place = store.place(descriptor.digest)
        draft.warn(code, MemberPath.joined(store.root, place), descriptor.digest, message)
    }

    private mutating func checkEmbeddedData(_ descriptor: Descriptor, _ path: [UInt8]) {
        guard let data = descriptor.data else { return }
        let bytes = Base64.decode(data)
        if bytes.map({ Digest(hashing: $0, descriptor.digest.algorithm) }) != descriptor.digest {
            draft.warn(.dataMismatch, path, descriptor.digest, "the embedded data do not have the stated digest")
        }
    }

    /// Notes a document or descriptor that cannot be read.
    mutating func warn(_ error: OCIError, _ path: [UInt8], _ digest: Digest?) {
        let code: WarningCode =
            switch error {
            case .notJSON(.duplicateName(_, _)): .duplicateName
            case .notJSON(.tooLarge(_, _)), .notJSON(.tooManyValues(_, _)), .notJSON(.tooDeep(_, _)), .tooMany:
                .limitBytes
            case .notJSON: .notJSON
            case .ambiguous: .ambiguous
            case .malformedDigest: .malformedDigest
            case .sizeOutOfRange: .malformedDescriptor
            case .wrongType: .malformed
            }
        draft.warn(code, path, digest, error.sentence)
    }
}

/// A descriptor that is well formed, and how its bytes compare.
struct ComparedDescriptor {
    let descriptor: Descriptor
    var record: RelationshipRecord
    let member: EvidenceMember?
}
