internal import CaseIndex
internal import Cryptography

/// What the certificate of one signature, and the record of its job, say of its origin.
struct SigningTraits {
    /// Where the sources lie: `host/path`; nil when no certificate says it.
    private(set) var project: String?
    /// The values of each trait; nothing for one that is not stated.
    private(set) var values: [Trait: [String]] = [:]

    init(_ origin: SignedOrigin, _ reader: CaseReader, hasJobs: Bool) throws {
        let words = try reader.certificateWords(of: origin)
        let readings = words.flatMap { CertificateExtensions.readings($0.key, $0.value) }
        func first(_ fact: Fact, _ aspect: Aspect = .itself) -> FactValue? {
            readings.first { $0.fact == fact && $0.value.aspect == aspect }?.value
        }
        project = first(.project).map(\.place)
        if let identity = origin.identity { values[.identity] = [identity] }
        if let trigger = first(.trigger) { values[.trigger] = [trigger.normal] }
        values[.runner] = first(.runner, .environment).map { [$0.normal] }
        if hasJobs, let job = first(.job) {
            let runners = try reader.runners(ofJob: job.normal, in: project)
            values[.runner, default: []] += runners.map { "runner \($0)" }
        }
        let configuration = first(.workflow, .configurationCommit)
        if let configuration, let commit = first(.commit), !configuration.normal.hasSameBytes(as: commit.normal) {
            values[.workflow] = [configuration.normal]
        }
    }
}

extension FactValue {
    /// The value with the place where it holds.
    var place: String {
        scope.map { "\($0)/\(normal)" } ?? normal
    }
}
