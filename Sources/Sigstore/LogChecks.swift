internal import Cryptography

/// Judges every log entry of a signature and puts the outcomes together: one entry that fails is a failure.
struct LogChecks {
    private let tally: Tally
    private let threshold, witnessing: CheckOutcome
    /// The times that valid promises vouch for.
    let times: [Timestamp]
    /// Whether some entry is proven under a signed checkpoint.
    let isProven: Bool
    /// Whether some check of some entry stands in the way.
    let hasObstacle: Bool
    /// The known witnesses who cosigned a checkpoint under which an entry is proven.
    let witnesses: Set<Witness>

    init(entity: SignedEntity, artifact: Artifact, signer: Signer, root: TrustedRoot, policy: VerificationPolicy) {
        var tally = Tally()
        for entry in entity.logEntries {
            let binding = LogEntryBinding(entry, entity: entity, artifact: artifact, signer: signer)
            tally.add(binding)
            tally.add(entry, binding: binding, root: root, witnesses: policy.witnesses)
        }
        if let duplicate = Self.duplicate(entity.logEntries) {
            tally.kind = tally.kind.combined(with: .failed(.duplicateEntry, "entry \(duplicate) occurs twice"))
        }
        self.tally = tally
        threshold = Self.threshold(tally, count: entity.logEntries.count, policy: policy)
        witnessing = Self.witnesses(tally, policy: policy)
        times = tally.times
        isProven = tally.isProven
        hasObstacle = tally.hasObstacle
        witnesses = tally.witnesses
    }

    /// The outcome of every check.
    ///
    /// - Parameter stamps: The times that timestamp authorities vouch for: a log that signs no time must have been in
    ///   use at each of them.
    /// - Returns: The outcomes.
    func outcomes(stampedAt stamps: [Timestamp]) -> LogOutcomes {
        LogOutcomes(
            kind: tally.kind,
            digest: tally.digest,
            signature: tally.signature,
            key: tally.key,
            promise: tally.promise,
            proof: tally.proof,
            checkpoint: tally.checkpoint,
            validity: silentLogs(stamps).reduce(tally.validity) { $0.combined(with: $1) },
            threshold: threshold,
            witnesses: witnessing
        )
    }

    private func silentLogs(_ stamps: [Timestamp]) -> [CheckOutcome] {
        tally.silentLogs.flatMap { log in
            stamps.map { time in
                guard log.validity.contains(time) else {
                    let detail = "the log's key is valid from \(log.validity), the signature was stamped at \(time)"
                    return .failed(.logValidity, detail)
                }
                return .passed("\(time), when the signature was stamped, is in the log's validity")
            }
        }
    }

    private static func witnesses(_ tally: Tally, policy: VerificationPolicy) -> CheckOutcome {
        let found = tally.witnesses.count
        guard !tally.witness.isObstacle, found < policy.witnessThreshold else { return tally.witness }
        return .failed(.tooFewWitnesses, "\(found) known witnesses cosigned, \(policy.witnessThreshold) are asked for")
    }

    private static func threshold(_ tally: Tally, count: Int, policy: VerificationPolicy) -> CheckOutcome {
        guard policy.logThreshold > 0 || count > 0 else { return .notApplicable("the policy asks for no log") }
        guard count > 0 else { return .failed(.entryMissing, "no transparency log entry came with the signature") }
        let found = tally.logs.count
        let wanted = max(policy.logThreshold, 1)
        guard found >= wanted else {
            guard !tally.hasObstacle else {
                return .notPerformed(.earlierFailure, "\(found) of \(wanted): an entry does not hold")
            }
            return tally.logs.tooFew("logs", wanted: wanted, code: .tooFewLogs)
        }
        return .passed("\(found) of \(wanted)")
    }

    /// The index of an entry that stands twice.
    private static func duplicate(_ entries: [TransparencyLogEntry]) -> Int64? {
        for (position, entry) in entries.enumerated()
        where entries[..<position].contains(where: { $0.logID == entry.logID && $0.logIndex == entry.logIndex }) {
            return entry.logIndex
        }
        return nil
    }
}

/// The worst outcome of each check so far.
private struct Tally {
    var kind = CheckOutcome.notApplicable("no log entry")
    var digest = CheckOutcome.notApplicable("no log entry")
    var signature = CheckOutcome.notApplicable("no log entry")
    var key = CheckOutcome.notApplicable("no log entry")
    var promise = CheckOutcome.notApplicable("no log entry")
    var proof = CheckOutcome.notApplicable("no log entry")
    var checkpoint = CheckOutcome.notApplicable("no log entry")
    var validity = CheckOutcome.notApplicable("no log entry")
    var witness = CheckOutcome.notApplicable("no known witness, or nothing proven to cosign")
    var witnesses: Set<Witness> = []
    var times: [Timestamp] = []
    /// The logs that hold the signature and sign no time.
    var silentLogs: [LogInstance] = []
    var isProven = false
    /// Whether some check of some entry stands in the way.
    var hasObstacle: Bool {
        [kind, digest, signature, key, promise, proof, checkpoint, validity, witness].contains(where: \.isObstacle)
    }

    /// The logs that hold the signature: one log is counted once, however many entries it gives.
    var logs = IndependentInstances()

    mutating func add(_ binding: LogEntryBinding) {
        kind = kind.combined(with: binding.kind)
        digest = digest.combined(with: binding.digest)
        signature = signature.combined(with: binding.signature)
        key = key.combined(with: binding.key)
    }

    mutating func add(
        _ entry: TransparencyLogEntry,
        binding: LogEntryBinding,
        root: TrustedRoot,
        witnesses known: [Witness]
    ) {
        guard let log = root.transparencyLogs.first(where: { $0.logID == entry.logID }), let key = log.publicKey else {
            let name = Hexadecimal.encode(entry.logID)
            let unknown = CheckOutcome.notPerformed(.unknownLog, "the trusted root has no usable key of log \(name)")
            if entry.inclusionPromise != nil { promise = promise.combined(with: unknown) }
            if entry.inclusionProof != nil { checkpoint = checkpoint.combined(with: unknown) }
            validity = validity.combined(with: unknown)
            return
        }
        let inclusion = LogInclusion(entry, body: binding.body, log: log, key: key)
        promise = promise.combined(with: inclusion.promise)
        proof = proof.combined(with: inclusion.proof)
        checkpoint = checkpoint.combined(with: inclusion.checkpoint)
        validity = validity.combined(with: inclusion.validity)
        let isBound = [binding.kind, binding.digest, binding.signature, binding.key].allSatisfy { !$0.isObstacle }
        guard isBound, inclusion.isIncluded else { return }
        if let time = inclusion.promisedTime { times.append(time) } else { silentLogs.append(log) }
        isProven = isProven || inclusion.isProven
        logs.insert(name: log.logID, key: key, operatorName: log.operatorName)
        guard inclusion.isProven, !known.isEmpty else { return }
        let cosigned = WitnessCheck(entry, witnesses: known)
        witness = witness.combined(with: cosigned.outcome)
        witnesses.formUnion(cosigned.cosigners)
    }
}
