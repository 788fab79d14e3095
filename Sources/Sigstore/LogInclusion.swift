internal import Cryptography

/// Verifies that a log holds an entry: by its promise, by its proof, or both.
struct LogInclusion {
    let promise, proof, checkpoint, validity: CheckOutcome
    /// The time that a valid promise vouches for.
    let promisedTime: Timestamp?
    /// Whether promise or proof holds, and nothing about the log fails.
    let isIncluded: Bool
    /// Whether a proof under a signed checkpoint holds.
    let isProven: Bool

    init(_ entry: TransparencyLogEntry, body: LogEntryBody?, log: LogInstance, key: PublicKey) {
        let isVersion2 = body?.kind == "hashedrekord" && body?.version == "0.0.2"
        promise = Self.promise(entry, key: key, isVersion2: isVersion2)
        let inclusion = Self.inclusion(entry, log: log, key: key, isVersion2: isVersion2)
        (proof, checkpoint) = (inclusion.proof, inclusion.checkpoint)
        if case .passed = promise {
            promisedTime = Timestamp(seconds: entry.integratedTime)
        } else {
            promisedTime = nil
        }
        validity = Self.validity(promisedTime, log: log)
        let outcomes = [promise, proof, checkpoint, validity]
        isProven = [proof, checkpoint].allSatisfy { if case .passed = $0 { true } else { false } }
        isIncluded = (promisedTime != nil || isProven) && !outcomes.contains(where: \.isObstacle)
    }

    /// The signed entry timestamp: the log's signature over the canonical JSON of four fields.
    private static func promise(_ entry: TransparencyLogEntry, key: PublicKey, isVersion2: Bool) -> CheckOutcome {
        guard let promise = entry.inclusionPromise else { return .notApplicable("no signed entry timestamp") }
        guard !isVersion2 else { return .notApplicable("logs of the second version sign no entry timestamps") }
        guard key.isValid(signature: promise, for: promisedBytes(entry)) else {
            return .failed(.promiseInvalid, "the log did not sign this entry timestamp")
        }
        return .passed("signed by the log at \(Timestamp(seconds: entry.integratedTime))")
    }

    /// What an entry timestamp is signed over (Rekor, "Signed Entry Timestamp"; RFC 8785).
    static func promisedBytes(_ entry: TransparencyLogEntry) -> [UInt8] {
        // Base64, digits and integers need no escape: this is the canonical form as it stands.
        let body = Base64.encode(entry.canonicalizedBody)
        let logID = Hexadecimal.encode(entry.logID)
        let head = "{\"body\":\"\(body)\",\"integratedTime\":\(entry.integratedTime)"
        return Array("\(head),\"logID\":\"\(logID)\",\"logIndex\":\(entry.logIndex)}".utf8)
    }

    private static func inclusion(
        _ entry: TransparencyLogEntry,
        log: LogInstance,
        key: PublicKey,
        isVersion2: Bool
    ) -> (proof: CheckOutcome, checkpoint: CheckOutcome) {
        guard let proof = entry.inclusionProof else {
            let absent = CheckOutcome.notApplicable("no inclusion proof")
            return (absent, absent)
        }
        guard !proof.checkpoint.isEmpty else {
            let unsigned = CheckOutcome.notApplicable("the proof has no checkpoint: nothing signs its root")
            return (unsigned, unsigned)
        }
        let checkpoint: Checkpoint
        do {
            checkpoint = try Checkpoint(parsing: proof.checkpoint)
        } catch {
            let outcome = CheckOutcome.failed(.checkpointMalformed, "the checkpoint is not valid: \(error)")
            return (.notPerformed(.earlierFailure, "there is no checkpoint to prove inclusion under"), outcome)
        }
        let signed = CheckpointVerification(checkpoint, log: log, key: key, isVersion2: isVersion2).outcome
        let included = inclusion(entry, proof: proof, checkpoint: checkpoint, isVersion2: isVersion2)
        return (included, signed)
    }

    private static func inclusion(
        _ entry: TransparencyLogEntry,
        proof: InclusionProof,
        checkpoint: Checkpoint,
        isVersion2: Bool
    ) -> CheckOutcome {
        // The second version's proofs may leave root and size out: the checkpoint has them.
        guard proof.rootHash == checkpoint.rootHash || (isVersion2 && proof.rootHash.isEmpty) else {
            return .failed(.rootMismatch, "the proof's root is not the checkpoint's")
        }
        guard proof.treeSize == checkpoint.treeSize || (isVersion2 && proof.treeSize == 0) else {
            return .failed(.sizeMismatch, "the proof is for \(proof.treeSize) leaves, not \(checkpoint.treeSize)")
        }
        let index = isVersion2 ? entry.logIndex : proof.logIndex
        guard !isVersion2 || proof.logIndex == index || proof.logIndex == 0 else {
            return .failed(.entryIndex, "entry \(index), but the proof is for \(proof.logIndex)")
        }
        let leaf = MerkleTree.leafHash(entry.canonicalizedBody)
        let size = checkpoint.treeSize
        guard let root = MerkleTree.root(leafHash: leaf, index: index, treeSize: size, hashes: proof.hashes) else {
            let shape = "\(proof.hashes.count) hashes cannot prove leaf \(index) of \(size)"
            return .failed(.proofInvalid, shape)
        }
        guard root == checkpoint.rootHash else {
            return .failed(.proofInvalid, "the proof does not lead from the entry to the checkpoint's root")
        }
        return .passed("leaf \(index) of \(size)")
    }

    private static func validity(_ time: Timestamp?, log: LogInstance) -> CheckOutcome {
        guard let time else { return .notApplicable("the log vouches for no time") }
        guard log.validity.contains(time) else {
            return .failed(.logValidity, "the log's key is valid from \(log.validity), the entry is of \(time)")
        }
        return .passed("\(time) is in the log's validity")
    }
}

/// Verifies who signed a checkpoint.
struct CheckpointVerification {
    let outcome: CheckOutcome

    init(_ checkpoint: Checkpoint, log: LogInstance, key: PublicKey, isVersion2: Bool) {
        guard let line = Self.line(checkpoint, log: log, key: key, isVersion2: isVersion2) else {
            outcome = .failed(.checkpointSigner, "no signature line names the log's key")
            return
        }
        guard Self.isOrigin(checkpoint.origin, of: line.name, isVersion2: isVersion2) else {
            outcome = .failed(.checkpointOrigin, "the origin \(checkpoint.origin) is not of \(line.name)")
            return
        }
        guard key.isValid(signature: line.bytes, for: checkpoint.signedText) else {
            outcome = .failed(.checkpointSignature, "the log did not sign this checkpoint")
            return
        }
        outcome = .passed("signed by \(line.name) for \(checkpoint.treeSize) leaves")
    }

    /// The first line whose key id is the log's.
    ///
    /// The second version signs under the host of the log's address; private instances of the first sign under whatever
    /// name their server has.
    private static func line(
        _ checkpoint: Checkpoint,
        log: LogInstance,
        key: PublicKey,
        isVersion2: Bool
    ) -> Checkpoint.Signature? {
        checkpoint.signatures.first { line in
            (!isVersion2 || line.name.hasSameBytes(as: log.host))
                && keyIDs(name: line.name, key: key).contains(line.keyID)
        }
    }

    /// Rekor's first version takes the key's digest for every kind; C2SP hashes the name in.
    static func keyIDs(name: String, key: PublicKey) -> [[UInt8]] {
        var ids = [Array(key.identifier.bytes.prefix(4))]
        switch key.kind {
        case .ed25519: ids.append(hash(name, [0x01] + key.subjectPublicKeyInfo.suffix(32)))
        case .rsa: ids.append(hash(name, [0xFF] + Array("PKIX-RSA-PKCS#1v1.5".utf8) + key.subjectPublicKeyInfo))
        default: break
        }
        return ids
    }

    private static func hash(_ name: String, _ rest: [UInt8]) -> [UInt8] {
        Array(Digest(hashing: Array(name.utf8) + [0x0A] + rest).bytes.prefix(4))
    }

    /// The first version's origin is `<name> - <tree id>`, the second's the name.
    private static func isOrigin(_ origin: String, of name: String, isVersion2: Bool) -> Bool {
        if origin.hasSameBytes(as: name) { return true }
        let prefix = Array("\(name) - ".utf8)
        let rest = Array(origin.utf8).dropFirst(prefix.count)
        return !isVersion2 && Array(origin.utf8).starts(with: prefix) && !rest.isEmpty
            && rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
