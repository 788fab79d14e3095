package import CaseIndex
package import Cryptography
internal import Sigstore
internal import StrictJSON

/// The `verify` stage: judges every signature of images by every check, and records the verdicts.
///
/// It needs the case file alone: payloads, envelopes and bundles are stored in it.
package struct VerificationStage {
    private let caseFile: CaseFile
    private let trust: TrustMaterial
    private let standard: VerificationStandard
    private let time: Timestamp?

    /// A stage for one case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - trust: What signatures are judged with.
    ///   - standard: Who and what they are expected to be by and to say.
    ///   - time: The moment as of which is judged; nil for no such moment.
    package init(caseFile: CaseFile, trust: TrustMaterial, standard: VerificationStandard, at time: Timestamp?) {
        self.caseFile = caseFile
        if case .policy(let policy) = standard { self.trust = trust.adding(policy.keys) } else { self.trust = trust }
        self.standard = standard
        self.time = time
    }

    /// Judges every signature of the images and replaces their verdicts, all in one transaction.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - progress: Told after each image how many are judged.
    ///   - record: Called at the end of the transaction, to append the run to the custody log.
    /// - Returns: What was concluded.
    /// - Throws: ``CaseError``.
    package func run(
        images: [Digest],
        progress: (Int) -> Void = { _ in },
        record: (CaseWriter, VerificationSummary) throws -> Void = { _, _ in }
    ) throws -> VerificationSummary {
        let judge = SignatureJudge(trust: trust, standard: .expectation(SignatureExpectation()), time: time)
        var results: [ImageVerification] = []
        for image in images {
            results.append(try caseFile.read { reader in try verify(image, reader: reader, judge: judge) })
            progress(results.count)
        }
        let summary = VerificationSummary(images: results)
        try caseFile.write { writer in
            for signature in results.flatMap(\.signatures) {
                try writer.replace(signature.verdict, checks: signature.checks)
            }
            try record(writer, summary)
        }
        return summary
    }

    private func verify(
        _ image: Digest,
        reader: CaseReader,
        judge: SignatureJudge
    ) throws -> ImageVerification {
        let graph = try reader.graph(of: image)
        var judge = judge
        switch standard {
        case .expectation(let expectation):
            judge.standard = .expectation(expectation)
            let signatures = try signatures(of: image, content: ContentCheck(graph), reader: reader, judge: judge)
            return ImageVerification(image: image, content: graph.outcome, signatures: signatures, policy: nil)
        case .policy(let policy):
            let target = try PolicyTarget(image, reader)
            let rules = policy.rules(for: target)
            judge.standard = .rules(rules, of: policy)
            let signatures = try signatures(of: image, content: ContentCheck(graph), reader: reader, judge: judge)
            let covering = try target.indexes.flatMap { index in
                let content = ContentCheck(try reader.graph(of: index))
                return try self.signatures(of: index, content: content, reader: reader, judge: judge)
            }
            let result = PolicyResult(target, rules: rules, signatures: (signatures + covering).compactMap(\.facts))
            return ImageVerification(image: image, content: graph.outcome, signatures: signatures, policy: result)
        }
    }

    private func signatures(
        of image: Digest,
        content: ContentCheck,
        reader: CaseReader,
        judge: SignatureJudge
    ) throws -> [SignatureVerification] {
        let artifact = try reader.artifact(image)
        return try reader.signatures(of: image).map { record in
            let payload = try reader.content(record.payload)
            let altered = try reader.relationships(from: record.carrier).contains {
                $0.kind == .layer && $0.position == record.position && $0.outcome.isContradiction
            }
            return judge.judge(
                record,
                payload: payload,
                isPayloadAltered: altered,
                content: content,
                artifact: artifact
            )
        }
    }
}

/// What verification concluded about some images.
package struct VerificationSummary: Sendable {
    /// One result an image, in the order asked for.
    package let images: [ImageVerification]
}

/// What verification concluded about one image.
package struct ImageVerification: Sendable {
    /// The image.
    package let image: Digest
    /// Whether its bytes are those that its digest covers.
    package let content: ContentOutcome
    /// One verdict a signature, with all its checks.
    package let signatures: [SignatureVerification]
    /// What the policy came to; nil when none was given.
    package let policy: PolicyResult?

    /// Its content is intact, every signature is authentic, and at least one is as expected.
    ///
    /// Authentic signatures of other people do not spoil it; they are shown.
    package var isGood: Bool {
        let meetsStandard = policy?.isMet ?? signatures.contains { $0.verdict.isTrusted ?? true }
        return Self.isGood(
            content: content,
            isAuthentic: signatures.allSatisfy(\.verdict.isAuthentic),
            meetsStandard: meetsStandard
        )
    }

    /// The same for an image of which the verdicts are read from a case.
    ///
    /// - Parameters:
    ///   - content: Whether its bytes are those that its digest covers.
    ///   - isAuthentic: Whether every signature is, those of the manifests below it too.
    ///   - meetsStandard: Whether one of its own is as expected, or all of them together meet the policy.
    /// - Returns: Whether it is good.
    package static func isGood(content: ContentOutcome, isAuthentic: Bool, meetsStandard: Bool) -> Bool {
        content == .intact && isAuthentic && meetsStandard
    }
}

/// What verification concluded about one signature.
package struct SignatureVerification: Sendable {
    /// The conclusion.
    package let verdict: VerdictRecord
    /// Every check it rests on.
    package let checks: [CheckRecord]
    /// What it tells about its signer; nil when its material could not be read.
    package let facts: SignerFacts?
}
