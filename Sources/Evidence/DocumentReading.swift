internal import Archive
internal import CaseIndex
internal import Cryptography
internal import OCI

extension GraphReader {
    /// Documents of more bytes leave so much memory behind that the system is given it back.
    private static let largeDocument = 1 << 20

    /// Reads one document that something led to: what it lists is compared, and queued when it may be a document too.
    mutating func read(_ document: PendingDocument) throws {
        let path = document.member.path
        guard let measurement = document.member.measurement, !visited.contains(measurement.digest) else { return }
        guard document.depth <= limits.graphDepth else {
            draft.warn(.limitDepth, path, measurement.digest, "more than \(limits.graphDepth) documents lead here")
            return
        }
        visited.insert(measurement.digest)
        let isExpected = document.mediaType.map { $0.isIndex || $0.isManifest } ?? false
        guard isExpected || measurement.looksLikeDocument else { return }
        guard let bytes = try bytes(of: document.member, limit: limits.documentBytes) else { return }
        let parsed: ImageDocument
        do throws(OCIError) {
            parsed = try ImageDocument(parsing: bytes)
        } catch {
            // What a descriptor of another type names need not be a manifest.
            if case .wrongType(pointer: "", _) = error, !isExpected { return }
            draft.add(content: bytes, of: measurement.digest)
            warn(error, path, measurement.digest)
            return
        }
        draft.add(content: bytes, of: measurement.digest)
        if bytes.count > Self.largeDocument { FreedMemory.giveBack() }
        guard isConsistent(parsed, document, measurement) else { return }
        switch parsed {
        case .index(let index): read(index, measurement, document)
        case .manifest(let manifest): try read(manifest, measurement, document)
        }
    }

    /// The bytes of a member, for which a warning is given when they are too many or cannot be had again.
    mutating func bytes(of member: EvidenceMember, limit: Int64) throws -> [UInt8]? {
        guard let measurement = member.measurement else { return nil }
        if let bytes = try store.bytes(of: member, limit: limit) { return bytes }
        if measurement.size > limit {
            draft.warn(
                .limitBytes,
                member.path,
                measurement.digest,
                "\(measurement.size) bytes, more than the limit of \(limit)"
            )
        } else if measurement.looksLikeDocument {
            draft.warn(.limitBytes, member.path, measurement.digest, "no room was left to keep the bytes")
        } else {
            draft.warn(.notJSON, member.path, measurement.digest, "not JSON: no object begins there")
        }
        return nil
    }

    /// Whether document and descriptor agree on what the document is; a manifest that is named as an index has two readings.
    private mutating func isConsistent(
        _ parsed: ImageDocument,
        _ document: PendingDocument,
        _ measurement: Measurement
    ) -> Bool {
        let stated: MediaType?
        let isIndex: Bool
        switch parsed {
        case .index(let index): (stated, isIndex) = (index.mediaType, true)
        case .manifest(let manifest): (stated, isIndex) = (manifest.mediaType, false)
        }
        if let named = document.mediaType, named.isIndex || named.isManifest, named.isIndex != isIndex {
            draft.warn(
                .ambiguous,
                document.member.path,
                measurement.digest,
                "a descriptor calls it \(isIndex ? "a manifest" : "an index"), and it is \(isIndex ? "an index" : "a manifest")"
            )
            return false
        }
        if let named = document.mediaType, let stated, named != stated {
            draft.warn(
                .mediaType,
                document.member.path,
                measurement.digest,
                "the document states another media type than the descriptor that names it"
            )
        }
        return true
    }

    private mutating func read(_ index: ImageIndex, _ measurement: Measurement, _ document: PendingDocument) {
        let isReferrersIndex = document.referrersOf != nil
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: (index.mediaType ?? document.mediaType)?.text,
                role: isReferrersIndex ? .referrersIndex : .imageIndex
            )
        )
        claimAnnotations(index.annotations, of: measurement.digest)
        warnOfDescriptors(index.manifests.count, measurement.digest, document.member.path)
        let first = pending.count
        for (position, reading) in index.manifests.prefix(limits.descriptors).enumerated() {
            guard
                let compared = compare(
                    reading,
                    origin: measurement.digest,
                    path: document.member.path,
                    kind: .child,
                    position: position
                )
            else { continue }
            draft.add(compared.record)
            claimDescriptorAnnotations(compared.descriptor, from: measurement.digest, position)
            queue(compared, after: document)
            if let subject = document.referrersOf, let carrier = compared.member?.measurement?.digest {
                attachments.append(Attachment(carrier: carrier, subject: subject, storage: .fallbackIndex))
            }
        }
        sortPending(from: first)
        readSubject(index.subject, measurement, document)
    }

    private mutating func read(
        _ manifest: ImageManifest,
        _ measurement: Measurement,
        _ document: PendingDocument
    ) throws {
        let role = manifest.role(isAttestationManifest: document.isAttestationManifest)
        draft.add(
            ArtifactRecord(
                digest: measurement.digest,
                size: measurement.size,
                mediaType: (manifest.mediaType ?? document.mediaType)?.text,
                role: role
            )
        )
        claimAnnotations(manifest.annotations, of: measurement.digest)
        try readContent(manifest, role, measurement, document)
        readSubject(manifest.subject, measurement, document)
        if role == .signatureManifest {
            carriers[measurement.digest] = manifest
            if document.isOrphan, manifest.subject == nil {
                attachments.append(Attachment(carrier: measurement.digest, subject: nil, storage: .orphan))
            }
        }
    }

    /// Says how many descriptors of a document are beyond the limit.
    mutating func warnOfDescriptors(_ count: Int, _ digest: Digest, _ path: [UInt8]) {
        guard count > limits.descriptors else { return }
        let message = "\(count) descriptors; those beyond the limit of \(limits.descriptors) were not looked at"
        draft.warn(.limitDescriptors, path, digest, message)
    }

    /// Compares the subject of a manifest or index, and follows it.
    private mutating func readSubject(
        _ reading: DescriptorReading?,
        _ measurement: Measurement,
        _ document: PendingDocument
    ) {
        guard let reading,
            let compared = compare(
                reading,
                origin: measurement.digest,
                path: document.member.path,
                kind: .subject,
                position: 0
            )
        else { return }
        draft.add(compared.record)
        attachments.append(
            Attachment(
                carrier: measurement.digest,
                subject: compared.descriptor.digest,
                storage: document.isOrphan ? .orphan : .subject
            )
        )
        queue(compared, after: document)
    }

    /// Has documents read in the order of their digests, in which the case keeps what they say: in any other, each of a
    /// great many is written to another page.
    private mutating func sortPending(from first: Int) {
        let keyed = pending[first...].enumerated().map { ($0.element.member.measurement?.digest, $0.offset) }
        let order = keyed.sorted { left, right in
            switch (left.0, right.0) {
            case (let one?, let other?) where one != other: one < other
            case (nil, _?): true
            case (_?, nil): false
            default: left.1 < right.1
            }
        }
        let unsorted = Array(pending[first...])
        for (place, key) in order.enumerated() { pending[first + place] = unsorted[key.1] }
    }

    /// Queues what a descriptor names, when that may be a document.
    private mutating func queue(_ compared: ComparedDescriptor, after document: PendingDocument) {
        guard let member = compared.member, let digest = member.measurement?.digest, !visited.contains(digest)
        else { return }
        let annotations = compared.descriptor.annotations
        var next = PendingDocument(
            member: member,
            mediaType: compared.descriptor.mediaType,
            depth: document.depth + 1
        )
        next.isOrphan = document.isOrphan
        if annotations["vnd.docker.reference.type"] == "attestation-manifest" {
            next.isAttestationManifest = true
            next.attestedDigest = annotations["vnd.docker.reference.digest"].flatMap { try? Digest(parsing: $0) }
        }
        pending.append(next)
    }
}

extension ImageManifest {
    /// What the manifest is.
    func role(isAttestationManifest: Bool) -> ArtifactRole {
        let types = layers.compactMap { try? $0.get().mediaType }
        if isAttestationManifest { return .attestationManifest }
        if types.contains(where: \.carriesSignature) || artifactType?.isSignatureArtifact == true {
            return .signatureManifest
        }
        let configurationType = (try? configuration?.get())?.mediaType
        if !types.isEmpty, types.allSatisfy({ $0 == .inToto }) { return .attestationManifest }
        if configurationType?.isImageConfiguration == true, statedArtifactType == nil { return .imageManifest }
        if configurationType == nil, types.contains(where: \.isLayer) { return .imageManifest }
        return .artifactManifest
    }
}

extension MediaType {
    /// Whether a layer of this type is signed content.
    var carriesSignature: Bool {
        self == .simpleSigning || self == .dsseEnvelope || isSigstoreBundle
    }

    /// Whether an artifact of this type is a signature, in whatever format.
    var isSignatureArtifact: Bool {
        isSigstoreBundle || self == MediaType("application/vnd.dev.cosign.artifact.sig.v1+json")
            || self == MediaType("application/vnd.dev.cosign.artifact.att.v1+json")
            || self == .notarySignature
    }
}
