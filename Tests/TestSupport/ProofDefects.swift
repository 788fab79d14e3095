internal import Cryptography
internal import Signing
internal import Sigstore

/// Inclusion proofs and checkpoints that do not hold.
extension Defect {
    package static let ofProofs = [
        rootHashWrong, proofHashFlipped, proofIndexWrong, proofShortened, checkpointFlipped, checkpointOfAnotherOrigin,
        checkpointOfAnotherSize, checkpointOfAnotherTree, checkpointOfAnotherLog, checkpointMalformed,
        secondLogOfAnother, secondLogIndexMoved, cosignatureFlipped, cosignatureOfAnotherCheckpoint, witnessesTooFew,
    ]

    /// The proof states another root than the checkpoint.
    package static let rootHashWrong = Defect("wrong root hash", .rootMismatch) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].proof?.rootHash[0] ^= 1 }
    }

    /// One of the proof's hashes is another.
    package static let proofHashFlipped = Defect("flipped proof hash", .proofInvalid) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].proof?.hashes[0][0] ^= 1 }
    }

    /// The proof is for another leaf.
    package static let proofIndexWrong = Defect("proof for another leaf", .proofInvalid) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].proof?.index -= 1 }
    }

    /// The proof lacks its last hash.
    package static let proofShortened = Defect("proof without its last hash", .proofInvalid) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].proof?.hashes.removeLast() }
    }

    /// The text of the checkpoint is another than the log signed.
    package static let checkpointFlipped = Defect("checkpoint that was not signed", .checkpointSignature) { sigstore in
        try recheckpointed(&sigstore) { log, size, root in
            let honest = try log.checkpoint(treeSize: size, rootHash: root)
            return honest.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
                .enumerated().map { $0 == 2 ? $1 + "\nTimestamp: 1" : $1 }.joined(separator: "\n")
        }
    }

    /// The log's key signed under another origin.
    package static let checkpointOfAnotherOrigin = Defect(
        "checkpoint of another origin",
        .checkpointOrigin
    ) { sigstore in
        try recheckpointed(&sigstore) { log, size, root in
            let origin = "not-\(log.host) - 1193050959916656506"
            return try log.checkpoint(treeSize: size, rootHash: root, origin: origin)
        }
    }

    /// The log signed the same root for another size.
    package static let checkpointOfAnotherSize = Defect("checkpoint of another size", .sizeMismatch) { sigstore in
        try recheckpointed(&sigstore) { log, size, root in try log.checkpoint(treeSize: size + 1, rootHash: root) }
    }

    /// Checkpoint and proof agree on a root that does not hold the entry.
    package static let checkpointOfAnotherTree = Defect("checkpoint of another tree", .proofInvalid) { sigstore in
        let root = Digest(hashing: [7]).bytes
        var result = try recheckpointed(&sigstore) { log, size, _ in try log.checkpoint(treeSize: size, rootHash: root)
        }
        result.bundle.entries[0].proof?.rootHash = root
        return result
    }

    /// Another log signed, under its own name.
    package static let checkpointOfAnotherLog = Defect("checkpoint of another log", .checkpointSigner) { sigstore in
        let other = sigstore.authority.tileLog
        return try recheckpointed(&sigstore) { _, size, root in try other.checkpoint(treeSize: size, rootHash: root) }
    }

    /// Not a signed note at all.
    package static let checkpointMalformed = Defect("malformed checkpoint", .checkpointMalformed) { sigstore in
        try recheckpointed(&sigstore) { _, size, _ in "rekor\n\(size)\n" }
    }

    /// A log of the second generation whose key the trusted root does not have.
    package static let secondLogOfAnother = Defect("unknown second log", missing: .unknownLog) { sigstore in
        var result = try sigstore.signed(plan: VirtualSigstore.second)
        var other = sigstore.authority
        other.tileLog.key = try SigningKey(seed: "another log", kind: .ed25519)
        result.trustedRoot = other.trustedRoot
        return result
    }

    /// In a log of the second generation the entry's own index is what is proven.
    package static let secondLogIndexMoved = Defect("moved index in a second log", .entryIndex) { sigstore in
        var result = try sigstore.signed(plan: VirtualSigstore.second)
        result.bundle.entries[0].logIndex -= 1
        return result
    }

    /// A known witness's line, in which one bit is another.
    package static let cosignatureFlipped = Defect("flipped cosignature", .witnessSignature) { sigstore in
        try cosigned(&sigstore) { witness, note, time in
            var lines = try witness.cosigning(note, at: time).split(separator: " ").map(String.init)
            var bytes = Base64.decode(String(lines[lines.count - 1].dropLast())) ?? []
            bytes[bytes.count - 1] ^= 1
            lines[lines.count - 1] = Base64.encode(bytes) + "\n"
            return lines.joined(separator: " ")
        }
    }

    /// A known witness's line from another checkpoint of the same log.
    package static let cosignatureOfAnotherCheckpoint = Defect(
        "cosignature of another checkpoint",
        .witnessSignature
    ) { sigstore in
        try cosigned(&sigstore) { witness, note, time in
            let other = note.replacing("\n", with: "0\n", maxReplacements: 2)
            let line = try witness.cosigning(other, at: time).split(separator: "\n").last ?? ""
            return note + line + "\n"
        }
    }

    /// Two witnesses are asked for, and one cosigned, twice.
    package static let witnessesTooFew = Defect("one witness where two are asked for", .tooFewWitnesses) { sigstore in
        var result = try cosigned(&sigstore) { witness, note, time in
            try witness.cosigning(witness.cosigning(note, at: time), at: time.adding(seconds: 1))
        }
        result.policy.witnessThreshold = 2
        return result
    }

    /// A good case whose checkpoint a known witness cosigned, or something like it.
    static func cosigned(
        _ sigstore: inout VirtualSigstore,
        _ cosign: (LocalWitness, String, Timestamp) throws -> String
    ) throws -> SignedCase {
        let witness = try LocalWitness(name: "witness.example", keys: .seed("witness"))
        let time = sigstore.time
        return try changed(&sigstore) { signed in
            guard let note = signed.bundle.entries[0].proof?.checkpoint else { return }
            signed.bundle.entries[0].proof?.checkpoint = try cosign(witness, note, time)
            signed.policy.witnesses = [try Witness(verifierKey: witness.verifierKey)]
        }
    }

    /// A good case with another checkpoint.
    private static func recheckpointed(
        _ sigstore: inout VirtualSigstore,
        _ make: (LocalTransparencyLog, Int, [UInt8]) throws -> String
    ) throws -> SignedCase {
        let log = sigstore.authority.transparencyLog
        return try changed(&sigstore) { signed in
            guard let proof = signed.bundle.entries[0].proof else { return }
            signed.bundle.entries[0].proof?.checkpoint = try make(log, Int(proof.treeSize), proof.rootHash)
        }
    }
}
