package import CaseIndex
package import Cryptography

/// One question that an investigator would ask of every image, with its answer.
package protocol Rule: Sendable {
    /// A stable word, by which findings cite the rule.
    var id: String { get }
    /// How much a finding weighs.
    var severity: FindingSeverity { get }
    /// What a finding means, for people.
    var explanation: String { get }
    /// Every place where the rule applies.
    func findings(about subject: RuleSubject) -> [FindingRecord]
}

/// What a rule looks at: the records of one image.
package struct RuleSubject: Sendable {
    /// The image.
    package let image: Digest
    /// Its content.
    package let graph: ImageGraph
    /// Its signatures with their verdicts.
    package let signatures: [TracedSignature]
    /// What is said of it.
    package let rows: [FactRow]
    /// The commits that are named, with what repositories know of them.
    package var commits: [TracedCommit] = []
    /// The jobs and runs that are named, with what their service recorded of them.
    package var runs: [TracedRun] = []

    /// The row of a fact.
    func row(_ fact: Fact) -> FactRow? {
        rows.first { $0.fact == fact }
    }
}

/// Every rule, the weightiest first.
package enum Rules {
    /// In the order in which findings are listed.
    package static let all: [any Rule] = [
        AlteredContent(), CommitContradiction(), RefContradiction(), ProjectContradiction(), JobContradiction(),
        PipelineContradiction(), DigestContradiction(), SignatureNotAuthentic(), SignatureNotTrusted(),
        CommitAfterBuild(),
        RecordContradiction(), JobOutsidePipeline(), SignatureAfterJob(),
        IncompleteContent(), SignaturesDisagree(), UnsignedContradiction(), UnsignedImage(), NotVerified(),
        CommitAbsent(), CommitNotOnReference(), TagElsewhere(), CommitNotProtected(), ReferenceAbsent(),
        ShortHashUnderLongName(),
    ]

    /// The rule with an id.
    package static func rule(_ id: String) -> (any Rule)? {
        all.first { $0.id.hasSameBytes(as: id) }
    }
}

/// A record that a finding rests on.
enum Citation {
    case claim(Int64)
    case signature(String)
    case relationship(RelationshipRecord)
    case commit(String)
    case pipeline(Int64)
    case job(Int64)

    /// `table:key`; keys are numbers, digests and our own words, so that nothing needs escaping.
    var text: String {
        switch self {
        case .claim(let id): "claim:\(id)"
        case .signature(let id): "signature:\(id)"
        case .commit(let name): "gitCommit:\(name)"
        case .pipeline(let id): "pipeline:\(id)"
        case .job(let id): "job:\(id)"
        case .relationship(let record):
            "relationship:\(record.sourceID)/\(record.origin)/\(record.kind.rawValue)/\(record.position)"
        }
    }
}

extension Rule {
    /// A finding of this rule.
    func finding(_ subject: RuleSubject, _ message: String, _ citations: [Citation]) -> FindingRecord {
        FindingRecord(
            rule: id,
            severity: severity,
            subject: subject.image,
            message: message,
            records: "[" + citations.map { "\"\($0.text)\"" }.joined(separator: ",") + "]"
        )
    }
}
