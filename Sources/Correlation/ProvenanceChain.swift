internal import CaseIndex
internal import Cryptography

/// The way from an image to the commit it was built from, along one signature.
package struct ProvenanceChain: Sendable {
    /// The signature that it goes along; nil when the image has none.
    package let signatureID: String?
    /// From the image to the commit; what is not known has no link.
    package let links: [ChainLink]

    /// Whether the signature it goes along is authentic.
    package let isAuthentic: Bool
}

/// One station of a chain.
package struct ChainLink: Sendable {
    /// What it is.
    package let station: Station
    /// What is known of it, from evidence; nil when nothing is.
    package let value: String?
    /// More about it: the ref of a commit, the project of a job.
    package let detail: String?
    /// Why the step to it may be relied on.
    package let basis: Basis
    /// The claim that says it, if one does.
    package let claimID: Int64?
    /// What speaks against it, in a few words: altered bytes, or another value that the signer names.
    package let objection: String?

    /// The stations in their order.
    package enum Station: String, Hashable, Sendable, CaseIterable {
        /// The image.
        case image
        /// The signature or attestation over its digest.
        case signature
        /// The certificate, or the key, of whoever signed.
        case certificate
        /// The job that signed.
        case job
        /// The pipeline or run it belongs to.
        case pipeline
        /// The commit that was built.
        case commit
    }
}

extension ProvenanceChain {
    /// One chain a signature: authentic and trusted ones first, then by how much each knows.
    static func chains(graph: ImageGraph, signatures: [TracedSignature], rows: [FactRow]) -> [ProvenanceChain] {
        guard !signatures.isEmpty else { return [ChainBuilder(graph: graph, signature: nil, rows: rows).chain] }
        let chains = signatures.enumerated().map { offset, signature in
            let chain = ChainBuilder(graph: graph, signature: signature, rows: rows).chain
            return (rank: rank(chain, signature), offset: offset, chain: chain)
        }
        return chains.sorted { ($1.rank, $0.offset) < ($0.rank, $1.offset) }.map(\.chain)
    }

    /// Higher is better founded.
    private static func rank(_ chain: ProvenanceChain, _ signature: TracedSignature) -> Int {
        let authentic = signature.isAuthentic ? 100 : 0
        let trusted = signature.verdict?.isTrusted == true ? 50 : 0
        return authentic + trusted + chain.links.count { $0.value != nil }
    }
}

/// Puts one chain together.
private struct ChainBuilder {
    let graph: ImageGraph
    let signature: TracedSignature?
    let rows: [FactRow]

    var chain: ProvenanceChain {
        let stations = [imageLink, signatureLink, certificateLink].compactMap(\.self)
        let facts: [(ChainLink.Station, Fact)] = [(.job, .job), (.pipeline, .pipeline), (.commit, .commit)]
        return ProvenanceChain(
            signatureID: signature?.record.id,
            links: stations + facts.compactMap { link($0, $1) },
            isAuthentic: signature?.isAuthentic ?? false
        )
    }

    private var imageLink: ChainLink {
        ChainLink(
            station: .image,
            value: "\(graph.image)",
            detail: nil,
            basis: .contentAddressed,
            claimID: nil,
            objection: graph.outcome == .altered ? "bytes were altered" : nil
        )
    }

    private var signatureLink: ChainLink? {
        signature.map { signature in
            ChainLink(
                station: .signature,
                value: signature.record.kind.rawValue,
                detail: signature.record.predicateType,
                basis: signature.isAuthentic ? .contentAddressed : .unverified,
                claimID: nil,
                objection: signature.verdict?.isAuthentic == false ? "not authentic" : nil
            )
        }
    }

    private var certificateLink: ChainLink? {
        guard let signature else { return nil }
        let certificate = signature.certificates.first
        guard let name = signature.verdict?.identity ?? certificate?.subjectAlternativeName else { return nil }
        return ChainLink(
            station: .certificate,
            value: name,
            detail: signature.verdict?.identityIssuer ?? certificate?.identityIssuer,
            basis: signature.certificateBasis,
            claimID: nil,
            objection: signature.isAuthentic && signature.verdict?.isTrusted == false ? "not who was expected" : nil
        )
    }

    /// The best founded value of this signature's own material, else of what nobody signed.
    private func link(_ station: ChainLink.Station, _ fact: Fact) -> ChainLink? {
        let values = rows.first { $0.fact == fact }?.values.filter { $0.value.aspect == .itself } ?? []
        let own = values.first { signature != nil && $0.claim.signatureID == signature?.record.id }
        guard let best = own ?? values.first(where: { $0.claim.signatureID == nil }) else { return nil }
        return ChainLink(
            station: station,
            value: best.value.normal,
            detail: detail(fact, best),
            basis: best.basis,
            claimID: best.claim.id,
            objection: objection(fact, best)
        )
    }

    private func detail(_ fact: Fact, _ best: TracedValue) -> String? {
        guard fact == .commit else { return best.value.scope }
        let companions = [Fact.ref, .project].compactMap { companion in
            rows.first { $0.fact == companion }?.values.first {
                $0.value.aspect == .itself && $0.claim.signatureID == best.claim.signatureID
            }
        }
        let texts = companions.map(\.value.normal)
        return texts.isEmpty ? nil : texts.joined(separator: " · ")
    }

    /// Another value that was signed together with the one that is shown.
    private func objection(_ fact: Fact, _ best: TracedValue) -> String? {
        let conflict = rows.first { $0.fact == fact }?.conflicts.first {
            $0.stronger.claim.id == best.claim.id && $0.weaker.claim.signatureID == best.claim.signatureID
        }
        return conflict.map { "but the signer says \($0.weaker.value.normal)" }
    }
}
