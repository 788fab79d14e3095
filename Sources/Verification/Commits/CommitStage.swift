package import CaseIndex
package import Cryptography
package import Git

/// The part of the `verify` stage that judges the signatures of commits and tags.
package struct CommitStage {
    private let caseFile: CaseFile
    private let judge: CommitJudge

    /// A stage for one case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - trust: What certificates are judged with.
    ///   - allowedSigners: Whose SSH keys may sign; nil when nobody said.
    ///   - time: The moment as of which is judged; nil for no such moment.
    package init(caseFile: CaseFile, trust: TrustMaterial, allowedSigners: AllowedSigners?, at time: Timestamp?) {
        self.caseFile = caseFile
        judge = CommitJudge(trust: trust, allowedSigners: allowedSigners, time: time)
    }

    /// How many objects are judged between two writes.
    private static let batch = 4000

    /// Judges every signed commit and tag of the case, and replaces their verdicts.
    ///
    /// - Parameter progress: Told after each how many are judged, and of how many.
    /// - Returns: What they came to.
    /// - Throws: ``CaseError``.
    package func run(progress: (Int, Int) -> Void = { _, _ in }) throws -> CommitSummary {
        var summary = CommitSummary()
        var open = try caseFile.read { try $0.signedGitObjects() }[...]
        let total = open.count
        var done = 0
        while !open.isEmpty {
            let part = open.prefix(Self.batch)
            open = open.dropFirst(Self.batch)
            let judged = try caseFile.read { reader in
                try part.map { object in
                    done += 1
                    progress(done, total)
                    return judge.judge(
                        object.name,
                        kind: object.kind,
                        content: try reader.gitObject(object.name),
                        stated: try Self.stated(object.name, object.kind, reader)
                    )
                }
            }
            try caseFile.write { writer in
                for result in judged { try writer.replace(result.verdict, checks: result.checks) }
            }
            for result in judged { summary.add(result.verdict) }
        }
        return summary
    }

    private static func stated(_ name: String, _ kind: String, _ reader: CaseReader) throws -> Timestamp? {
        kind == "tag" ? try reader.gitTags(name).first?.tagger?.time : try reader.commit(name)?.committer.time
    }
}

/// What the signatures of commits and tags came to.
package struct CommitSummary: Hashable, Sendable {
    /// One kind of result.
    package struct Kind: Hashable, Sendable {
        package let form: String
        package let outcome: CheckOutcomeWord
        package let reason: String?
    }

    /// How many there are of each kind.
    package private(set) var counts: [Kind: Int] = [:]
    /// Those that failed, by name; no more than ``maximumFailures``.
    package private(set) var failures: [GitVerdictRecord] = []

    private static let maximumFailures = 1000

    mutating func add(_ verdict: GitVerdictRecord) {
        let kind = Kind(form: verdict.form, outcome: verdict.outcome, reason: verdict.reason)
        counts[kind, default: 0] += 1
        if verdict.outcome == .failed, failures.count < Self.maximumFailures { failures.append(verdict) }
    }

    /// How many have an outcome.
    package func count(_ outcome: CheckOutcomeWord) -> Int {
        counts.filter { $0.key.outcome == outcome }.values.reduce(0, +)
    }

    /// The kinds, in a fixed order.
    package var sorted: [(kind: Kind, count: Int)] {
        counts.sorted {
            ($0.key.form, $0.key.outcome.rawValue, $0.key.reason ?? "")
                < ($1.key.form, $1.key.outcome.rawValue, $1.key.reason ?? "")
        }.map { ($0.key, $0.value) }
    }
}
