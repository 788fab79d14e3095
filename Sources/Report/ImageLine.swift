package import CaseIndex
package import Correlation
package import Cryptography

/// One image in a line: what lists, pictures and sums of a case say of it.
package struct ImageLine: Sendable {
    /// The image.
    package let digest: Digest
    /// What pages call it.
    package let name: String
    /// What it comes to.
    package let standing: Standing
    /// Whether the bytes are those that the digest names.
    package let content: ContentOutcome
    /// How many signatures and attestations there are.
    package let signatureCount: Int
    /// What the rules concluded: the rule's id and its weight.
    package let findings: [(rule: String, severity: FindingSeverity)]
    /// Who signed, along the best founded chain.
    package let signer: Link?
    /// The pipeline, else the job, that built or signed.
    package let run: Link?
    /// The commit.
    package let commit: Link?
    /// When it was signed.
    package let signedAt: Timestamp?

    /// A station of the best founded chain.
    package struct Link: Hashable, Sendable {
        /// What evidence says.
        package let value: String
        /// More about it.
        package let detail: String?
        /// Why it may be relied on.
        package let basis: Basis
        /// What speaks against it.
        package let objection: String?
        /// Whether it is a job of which no pipeline is known.
        package let isJob: Bool

        fileprivate init?(_ chain: ProvenanceChain?, _ station: ChainLink.Station) {
            guard let link = chain?.links.first(where: { $0.station == station }), let value = link.value
            else { return nil }
            self.value = value
            detail = link.detail
            basis = link.basis
            objection = link.objection
            isJob = station == .job
        }
    }

    /// Of an image.
    package init(_ trace: Trace) {
        let chain = trace.chains.first
        digest = trace.image
        name = ImageTitle.text(trace).name
        standing = trace.standing
        content = trace.graph.outcome
        signatureCount = trace.signatures.count
        findings = trace.findings.map { ($0.rule, $0.severity) }
        signer = Link(chain, .certificate)
        run = Link(chain, .pipeline) ?? Link(chain, .job)
        commit = Link(chain, .commit)
        signedAt = trace.signatures.first { $0.record.id == chain?.signatureID }?.verdict?.signedAt
    }

    /// How many findings are more than a note.
    package var graveCount: Int {
        findings.count { $0.severity != .note }
    }

    /// Where the image stands on the page of its case.
    var anchor: String {
        "image-\(digest.algorithm.rawValue)-\(digest.hex)"
    }

    /// Where the image has a page of its own, below the index.
    var page: String {
        "images/\(digest.hex.prefix(2))/\(digest.algorithm.rawValue)-\(digest.hex).html"
    }
}

extension Standing {
    /// Lists begin with what weighs most.
    package var gravity: Int {
        let order: [Standing] = [
            .altered, .contradicted, .notAuthentic, .notTrusted, .unsigned, .unverified, .authentic, .trusted,
        ]
        return order.firstIndex(of: self) ?? order.count
    }
}
