package import CaseIndex
package import Cryptography

/// The way back from one image: what every source says of it, and where sources do not agree.
package struct Trace: Sendable {
    /// The image.
    package let image: Digest
    /// Its names and platforms.
    package let entry: ImageEntry
    /// Its content, as descriptors and bytes compare.
    package let graph: ImageGraph
    /// Every signature and attestation of the image and of its platforms' manifests.
    package let signatures: [TracedSignature]
    /// One row a fact; facts of which nothing is said have none.
    package let rows: [FactRow]
    /// One chain a signature, the best founded first; one without a signature when there is none.
    package let chains: [ProvenanceChain]
    /// The commits that are named, with what the repositories of the case know of them.
    package let commits: [TracedCommit]
    /// The jobs and runs that are named, with what their service recorded of them.
    package let runs: [TracedRun]
    /// What the rules concluded, by severity.
    package private(set) var findings: [FindingRecord]

    /// The name that a signed document gives the image.
    package let signedName: String?

    /// The signatures over the image itself: one over a manifest below an index says nothing of the index.
    package var ownSignatures: [TracedSignature] {
        signatures.filter { $0.record.subject == image }
    }

    /// The row of a fact.
    package func row(_ fact: Fact) -> FactRow? {
        rows.first { $0.fact == fact }
    }
}

extension Trace {
    /// How much is wanted of a trace.
    package enum Depth: Hashable, Sendable {
        /// What the records say, to which no rule is applied.
        case records
        /// What the rules find.
        case findings
        /// What a line of a list shows.
        case line
        /// Everything.
        case whole

        fileprivate var material: MaterialDepth {
            switch self {
            case .findings: .verdicts
            case .records, .line: .certificates
            case .whole: .whole
            }
        }
    }
}

extension Trace {
    /// Reads the records of one image and correlates them; nothing is stored.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - reader: The case.
    ///   - histories: The case's repositories, when several images are traced.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    ///   - context: What the other images show; without it rules that compare images say nothing.
    ///   - depth: How much is wanted: of records alone nothing is found, for findings alone no chains are made, for a line
    ///     of a list log entries are left out.
    /// - Throws: ``CaseError``.
    package init(
        of image: Digest,
        in reader: CaseReader,
        _ histories: RepositoryHistories? = nil,
        protected: [String] = [],
        context: CaseContext? = nil,
        depth: Depth = .whole
    ) throws {
        self.image = image
        graph = try reader.graph(of: image)
        let artifacts = Self.artifacts(graph)
        let claims = try artifacts.map { try reader.claims(about: $0) }
        let signatures = try zip(artifacts, claims).flatMap { artifact, claims in
            try TracedSignature.all(of: artifact, depth.material, reader).map { $0.withStatements(claims) }
        }
        self.signatures = signatures
        let names = try reader.references(to: image)
        entry = try reader.imageEntry(
            of: graph,
            references: names,
            signatureCount: signatures.count { $0.record.subject == image }
        )
        signedName =
            claims.first?.first { claim in
                claim.signatureID != nil
                    && ["docker-reference", "/subject/0/name"].contains { $0.hasSameBytes(as: claim.key) }
            }?.value
        let values = claims.flatMap { Self.values($0, signatures) }
        let rows = Fact.allCases.compactMap { fact in
            let own = values.filter { $0.fact == fact }.map(\.value)
            return own.isEmpty ? nil : FactRow(fact: fact, values: own)
        }
        self.rows = rows
        let hasChains = depth == .line || depth == .whole
        chains = !hasChains ? [] : ProvenanceChain.chains(graph: graph, signatures: signatures, rows: rows)
        let histories = try histories ?? RepositoryHistories(reader)
        commits = try TracedCommit.commits(rows, protected: protected, histories, reader)
        let (own, foreign) = try TracedRun.runs(rows, reader)
        runs = own
        guard depth != .records else {
            findings = []
            return
        }
        let subject = RuleSubject(
            image: image,
            graph: graph,
            signatures: signatures,
            rows: rows,
            commits: commits,
            runs: runs,
            foreignRuns: foreign,
            claims: Array(claims.joined()),
            names: names,
            namesakes: try names.flatMap { try reader.namesakes(of: $0) },
            context: context
        )
        findings = Rules.all.flatMap { $0.findings(about: subject) }
    }

    /// The same with what `check claims` stored of comparisons with the other images, which tracing an image by itself
    /// cannot find.
    ///
    /// - Throws: ``CaseError``.
    package func withStoredComparisons(_ reader: CaseReader) throws -> Trace {
        let stored = try reader.findings(about: image).filter { Rules.rule($0.rule)?.needsContext == true }
        guard !stored.isEmpty else { return self }
        var whole = self
        whole.findings = Rules.inOrder(findings + stored)
        return whole
    }

    /// The image, the manifests below an index and their configurations, each once, in the order of their descriptors:
    /// signatures may be of any of them.
    private static func artifacts(_ graph: ImageGraph) -> [Digest] {
        var seen: Set<Digest> = [graph.image]
        let below = graph.descriptors.filter { $0.kind == .child } + graph.configurations
        return [graph.image] + below.map(\.target).filter { seen.insert($0).inserted }
    }

    private static func values(
        _ claims: [ClaimRecord],
        _ signatures: [TracedSignature]
    ) -> [(fact: Fact, value: TracedValue)] {
        let documents = Dictionary(grouping: claims, by: DocumentKey.init).mapValues(ClaimDocument.init)
        let byID = Dictionary(signatures.map { ($0.record.id, $0) }) { first, _ in first }
        return claims.flatMap { claim in
            let document = documents[DocumentKey(claim)] ?? ClaimDocument([])
            let basis = basis(of: claim, byID)
            return Vocabularies.all.flatMap { $0.readings(of: claim, in: document) }.map { reading in
                let value = TracedValue(
                    claim: claim,
                    value: reading.value,
                    basis: basis,
                    hasCounterpart: reading.hasCounterpart
                )
                return (reading.fact, value)
            }
        }
    }

    private static func basis(of claim: ClaimRecord, _ signatures: [String: TracedSignature]) -> Basis {
        guard let id = claim.signatureID else {
            let basis = claim.speaker.basisWhenAuthentic
            return basis == .unsigned ? .unsigned : .unverified
        }
        return signatures[id]?.basis(of: claim) ?? .unverified
    }
}

/// Which document a claim was read from.
private struct DocumentKey: Hashable {
    let speaker: Speaker
    let signatureID: String?
    let readFrom: Digest

    init(_ claim: ClaimRecord) {
        speaker = claim.speaker
        signatureID = claim.signatureID
        readFrom = claim.readFrom
    }
}
