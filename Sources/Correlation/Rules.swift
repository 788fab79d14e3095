internal import CaseIndex
internal import Cryptography

/// Every rule, the weightiest first.
package enum Rules {
    /// In the order in which findings are listed.
    package static let all: [any Rule] = contradictions + doubts + commits + customs + traps + notes

    /// Two sources cannot both be right, or bytes are not what was signed.
    private static let contradictions: [any Rule] = [
        AlteredContent(), CommitContradiction(), RefContradiction(), ProjectContradiction(), JobContradiction(),
        PipelineContradiction(), TriggerContradiction(), WorkflowContradiction(), RunnerClassContradiction(),
        DigestContradiction(), SignatureNotAuthentic(), SignatureNotTrusted(), CommitAfterBuild(),
        RecordContradiction(),
    ]

    /// Something that an investigator looks at.
    private static let doubts: [any Rule] = [
        JobOutsidePipeline(), SignatureAfterJob(), RunnerContradiction(), WorkflowNotFromSource(), ForkPipeline(),
        IncompleteContent(), SignaturesDisagree(), UnsignedContradiction(), UnsignedImage(), NotVerified(),
        ImageTagContradiction(), ReferenceElsewhere(), WeakExpectation(),
    ]

    /// Questions to repositories.
    private static let commits: [any Rule] = [
        CommitAbsent(), CommitNotOnReference(), TagElsewhere(), CommitNotProtected(), ReferenceAbsent(),
    ]

    /// Comparisons with what the other images of the case show.
    private static let customs: [any Rule] = [
        FirstSeenIdentity(), FirstSeenRunner(), FirstSeenTrigger(), FirstSeenWorkflow(), SignatureBurst(),
        AttestationWithoutSignature(), SignatureWithoutAttestation(),
    ]

    /// Mistakes that following GitLab's tutorial invites.
    private static let traps: [any Rule] = [
        ExpectedReferenceKind(), ExpectedSeparator(), ExpectedWorkflowFile(), AnnotationsNotEnforced(),
        AnnotationSplit(), ReferrerOnly(), UnsignedPlatform(),
    ]

    /// Worth knowing.
    private static let notes: [any Rule] = [
        RunnerUnknown(), TagMoved(), ConfigurationAsSubject(), ShortHashUnderLongName(),
    ]

    /// The ids of the rules that compare images with each other.
    package static let needingContext: [String] = all.filter(\.needsContext).map(\.id)

    /// Findings in the order of their rules.
    static func inOrder(_ findings: [FindingRecord]) -> [FindingRecord] {
        findings.enumerated()
            .compactMap { offset, finding in place(finding.rule).map { (place: $0, offset: offset, finding: finding) } }
            .sorted { ($0.place, $0.offset) < ($1.place, $1.offset) }
            .map(\.finding)
    }

    private static func place(_ id: String) -> Int? {
        places[Array(id.utf8)]
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { (Array($0.element.id.utf8), $0.offset) }
    )

    /// The rule with an id.
    package static func rule(_ id: String) -> (any Rule)? {
        place(id).map { all[$0] }
    }
}
