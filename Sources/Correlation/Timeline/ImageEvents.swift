internal import CaseIndex
internal import Cryptography
internal import OCI

/// Gathers what happened to one image.
struct ImageEvents {
    private let trace: Trace
    private let reader: CaseReader
    private(set) var dated: [DatedEvent] = []

    init(_ trace: Trace, _ reader: CaseReader, files: TimelineFiles) throws {
        self.trace = trace
        self.reader = reader
        addCertificates()
        addStatedTimes()
        addCommits()
        addRuns()
        try addConfigurations()
        if files != .none { try addFiles(all: files == .all) }
        try addImports()
        for index in dated.indices { dated[index].event.images = [trace.image] }
    }

    /// What the image is called, for what happened to it as a whole.
    private var name: String {
        trace.entry.names.first ?? "\(trace.image)"
    }

    // MARK: - Signatures

    private mutating func addCertificates() {
        for signature in trace.signatures {
            for certificate in signature.certificates {
                let record = "certificate:\(certificate.signatureID)/\(certificate.digest)"
                let what = certificate.subjectAlternativeName ?? certificate.issuer
                for (kind, time) in [
                    (EventKind.certificateNotBefore, certificate.notBefore),
                    (.certificateNotAfter, certificate.notAfter),
                ] {
                    let event = TimelineEvent(
                        kind,
                        time,
                        record: record,
                        basis: signature.certificateBasis,
                        what: what
                    )
                    dated.append(DatedEvent(event, signatures: [signature.record.id]))
                }
            }
        }
    }

    /// The times that claims state; those of certificates are read from the certificates themselves.
    private mutating func addStatedTimes() {
        for value in trace.row(.time)?.values ?? [] where value.claim.speaker != .certificate {
            guard let moment = value.value.moment else { continue }
            let event = TimelineEvent(
                Self.kind(of: value.claim),
                moment.time,
                record: "claim:\(value.claim.id)",
                basis: value.basis,
                what: what(value.claim)
            )
            dated.append(DatedEvent(event, signatures: Set([value.claim.signatureID].compactMap(\.self))))
        }
    }

    private static func kind(of claim: ClaimRecord) -> EventKind {
        switch claim.speaker {
        case .logEntry: return .logged
        case .timestamp: return .timestamped
        case .signedAttribute, .unsignedAttribute: return .signerTime
        case .configuration: return .imageCreated
        case .certificate, .signedAnnotation, .statement, .unsignedStatement, .label, .manifestAnnotation,
            .carrierAnnotation, .payload:
            let key = claim.key
            if key.beforeSuffix("tartedOn") != nil { return .buildStarted }
            return key.beforeSuffix("inishedOn") != nil ? .buildFinished : .buildStated
        }
    }

    private func what(_ claim: ClaimRecord) -> String {
        switch claim.speaker {
        case .logEntry, .timestamp, .signedAttribute, .unsignedAttribute:
            let signature = trace.signatures.first { $0.record.id == claim.signatureID }
            let signer = signature?.verdict?.identity ?? signature?.certificates.first?.subjectAlternativeName
            return signer.map { "\(name) by \($0)" } ?? name
        case .configuration: return name
        case .certificate, .signedAnnotation, .statement, .unsignedStatement, .label, .manifestAnnotation,
            .carrierAnnotation, .payload:
            return "\(name), says \(claim.key)"
        }
    }

    // MARK: - Commits and runs

    private mutating func addCommits() {
        for commit in trace.commits {
            guard let record = commit.record else { continue }
            let signatures = Set(commit.values.compactMap(\.claim.signatureID))
            let runs = trace.runs.filter { $0.commitName?.hasSameBytes(as: record.name) ?? false }
            let own = RecordEvents.events(of: record)
            dated += own.map { DatedEvent($0, signatures: signatures, runs: Set(runs.flatMap(\.records))) }
        }
    }

    private mutating func addRuns() {
        var places: [String: Int] = [:]
        for run in trace.runs {
            // A run that a label names did not sign anything.
            let signatures = Set([run.value.claim.signatureID].compactMap(\.self))
            let jobs = run.job.map { RecordEvents.events(of: $0) } ?? []
            let pipelines = run.pipeline.map { RecordEvents.events(of: $0) } ?? []
            for event in jobs + pipelines {
                let isJob = event.kind == .jobCreated || event.kind == .jobStarted || event.kind == .jobFinished
                if let place = places[event.id] {
                    dated[place].signatures.formUnion(isJob ? signatures : [])
                    dated[place].runs.formUnion(run.records)
                } else {
                    places[event.id] = dated.count
                    dated.append(DatedEvent(event, signatures: isJob ? signatures : [], runs: run.records))
                }
            }
        }
    }

    // MARK: - Content

    private mutating func addConfigurations() throws {
        var targets = trace.graph.descriptors.filter { $0.kind == .configuration }.map {
            $0.observedDigest ?? $0.target
        }
        if targets.isEmpty { targets = [trace.image] }
        var seen: Set<Digest> = []
        for target in targets where seen.insert(target).inserted {
            // What could not be read was noted when it was imported.
            guard let bytes = try reader.content(target), let image = try? ImageConfiguration(parsing: bytes)
            else { continue }
            for (position, step) in image.history.enumerated() {
                guard let text = step.created, let time = Timestamp(rfc3339: text) else { continue }
                let event = TimelineEvent(
                    .historyStep,
                    time,
                    record: "content:\(target)/history/\(position)",
                    basis: .unsigned,
                    what: step.createdBy ?? name
                )
                dated.append(DatedEvent(event))
            }
        }
    }

    private mutating func addFiles(all: Bool) throws {
        var seen: Set<Digest> = []
        for descriptor in trace.graph.descriptors where descriptor.kind == .layer {
            let digest = descriptor.observedDigest ?? descriptor.target
            guard seen.insert(digest).inserted, let layer = try reader.layer(digest) else { continue }
            if all {
                var events: [DatedEvent] = []
                try reader.forEachEntry(ofLayer: layer.id) { stored in
                    guard stored.entry.kind == .file else { return }
                    events.append(DatedEvent(RecordEvents.event(.fileModified, stored)))
                }
                dated += events
            } else {
                let ends = try reader.modificationEnds(ofLayer: layer.id)
                if let oldest = ends.oldest { dated.append(DatedEvent(RecordEvents.event(.fileOldest, oldest))) }
                if let newest = ends.newest, newest.id != ends.oldest?.id {
                    dated.append(DatedEvent(RecordEvents.event(.fileNewest, newest)))
                }
            }
        }
    }

    // MARK: - Evidence

    /// The imports of everything that the image's records were read from.
    private mutating func addImports() throws {
        var sources = Set(trace.graph.descriptors.map(\.sourceID))
        for signature in trace.signatures {
            sources.formUnion(signature.sightings.map(\.sourceID))
        }
        for run in trace.runs {
            sources.formUnion([run.job?.origin.sourceID, run.pipeline?.origin.sourceID].compactMap(\.self))
        }
        for commit in trace.commits { sources.formUnion(commit.repositories.map(\.sourceID)) }
        for source in sources.sorted() {
            guard let record = try reader.source(id: source) else { continue }
            dated.append(DatedEvent(RecordEvents.event(of: record)))
        }
    }
}

extension TracedRun {
    /// The records of the job and of its run.
    fileprivate var records: Set<String> {
        Set([job.map { "job:\($0.id)" }, pipeline.map { "pipeline:\($0.id)" }].compactMap(\.self))
    }
}
