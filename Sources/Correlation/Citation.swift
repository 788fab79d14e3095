internal import CaseIndex
internal import Cryptography

/// A record that a finding rests on.
enum Citation {
    case claim(Int64)
    case signature(String)
    case relationship(RelationshipRecord)
    case commit(String)
    case pipeline(Int64)
    case job(Int64)
    case reference(ReferenceRecord)

    /// `table:key`; keys are numbers, digests and our own words, so that nothing needs escaping.
    var text: String {
        switch self {
        case .claim(let id): "claim:\(id)"
        case .signature(let id): "signature:\(id)"
        case .commit(let name): "gitCommit:\(name)"
        case .pipeline(let id): "pipeline:\(id)"
        case .job(let id): "job:\(id)"
        case .reference(let record): "reference:\(record.sourceID)/\(record.digest)"
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
