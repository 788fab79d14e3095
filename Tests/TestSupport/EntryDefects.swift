internal import Cryptography
internal import Signing
internal import Sigstore
internal import StrictJSON

/// Log entries that are not about this signature, or not there.
extension Defect {
    package static let ofEntries = [
        entryOfAnotherArtifact, entryOfAnotherDigest, entryOfAnotherSignature, entryOfAnotherCertificate,
        entryOfAnotherKind, entryMissing, entryTwice, promiseFlipped, promiseMissingInVersion1, versionLowered,
        promiseMissing,
        promisedTimeMoved, proofMissing, logUnknown, logOfAnother, logKeyRetired, logKeyNotYetInUse,
        secondLogKeyRetired,
        secondLogKeyNotYetInUse, entryMalformed, entryOfUnknownKind, obsoleteEntry,
    ]

    /// A good bundle of the same signer over something else lends its entry.
    package static let entryOfAnotherArtifact = Defect(
        "entry of another artifact",
        .entryDigest,
        .entrySignature
    ) { sigstore in
        let credential = try sigstore.credential()
        var other = sigstore
        other.artifact = Array("something else\n".utf8)
        let lent = try other.signed(with: credential)
        var result = try sigstore.signed(with: credential)
        result.bundle.entries = lent.bundle.entries
        return result
    }

    /// The entry has this signature and this certificate, but another digest.
    package static let entryOfAnotherDigest = Defect("entry of another digest", .entryDigest) { sigstore in
        try relogged(&sigstore) { signature, verifier, _ in
            .hashedRekord(Digest(hashing: [1, 2, 3]), signature: signature, verifier: verifier)
        }
    }

    /// The same key signed the same artifact twice: ECDSA gives two signatures.
    package static let entryOfAnotherSignature = Defect(
        "entry of another signature",
        .entrySignature
    ) { sigstore in
        let credential = try sigstore.credential()
        let lent = try sigstore.signed(with: credential)
        var result = try sigstore.signed(with: credential)
        result.bundle.entries = lent.bundle.entries
        return result
    }

    /// The entry names another certificate for the very same key.
    package static let entryOfAnotherCertificate = Defect(
        "entry of another certificate for the same key",
        .entryCertificate
    ) { sigstore in
        let credential = try sigstore.credential()
        let identity = VirtualSigstore.job.identity
        let reissued = try sigstore.authority.issueCertificate(
            for: identity,
            key: credential.key,
            at: sigstore.time.adding(seconds: -1)
        )
        return try relogged(&sigstore, with: credential) { signature, _, digest in
            .hashedRekord(digest, signature: signature, verifier: .certificate(reissued))
        }
    }

    /// The carrier states another kind than the body.
    package static let entryOfAnotherKind = Defect("entry of another kind than stated", .entryKind) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].body.version = "0.0.2" }
    }

    /// Nothing was logged.
    package static let entryMissing = Defect("no log entry", .entryMissing) { sigstore in
        try changed(&sigstore) { $0.bundle.entries = [] }
    }

    /// One entry, counted twice.
    package static let entryTwice = Defect("the same log entry twice", .duplicateEntry) { sigstore in
        try changed(&sigstore) { $0.bundle.entries += $0.bundle.entries }
    }

    /// One bit of the signed entry timestamp is another.
    package static let promiseFlipped = Defect("flipped signed entry timestamp", .promiseInvalid) { sigstore in
        try changed(&sigstore) { signed in
            signed.bundle.entries[0].promise?.withUnsafeMutableBufferPointer { $0[$0.count - 1] ^= 1 }
        }
    }

    /// Version 0.1 asks for a signed entry timestamp.
    package static let promiseMissingInVersion1 = Defect(
        "no signed entry timestamp in version 0.1",
        .promiseMissing
    ) { sigstore in
        var result = try sigstore.signed(version: .v01)
        result.bundle.entries[0].promise = nil
        return result
    }

    /// Nothing signs the version: lowered, it no longer asks for the proof, but for the promise.
    package static let versionLowered = Defect("version lowered for want of a proof", .promiseMissing) { sigstore in
        var result = try sigstore.signed()
        result.bundle.version = .v01
        result.bundle.entries[0].proof = nil
        result.bundle.entries[0].promise = nil
        return result
    }

    /// The stated time is then signed by nobody, and no timestamp vouches for another.
    package static let promiseMissing = Defect("time without a signed entry timestamp", .unsignedTime) { sigstore in
        var result = try sigstore.signed(plan: SigningPlan())
        result.bundle.entries[0].promise = nil
        return result
    }

    /// The stated time was changed after the log had signed it.
    package static let promisedTimeMoved = Defect("moved integrated time", .promiseInvalid) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].integratedTime? += 1 }
    }

    /// Versions from 0.2 ask for an inclusion proof.
    package static let proofMissing = Defect("no inclusion proof in version 0.3", .proofMissing) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].proof = nil }
    }

    /// The trusted root has not heard of the log.
    package static let logUnknown = Defect("unknown log", missing: .unknownLog) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.transparencyLog.key = try SigningKey(seed: "another log", kind: .p256)
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// The entry claims to be of the other log that the trusted root knows.
    package static let logOfAnother = Defect(
        "entry under the id of another trusted log",
        .promiseInvalid,
        .checkpointSigner
    ) { sigstore in
        try changed(&sigstore) { $0.bundle.entries[0].logID = $1.authority.tileLog.logID }
    }

    /// The log's key had been retired when the entry was made.
    package static let logKeyRetired = Defect("log key retired before", .logValidity) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.transparencyLog.end = sigstore.time.adding(seconds: -1)
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// The log's key came into use after the entry was made.
    package static let logKeyNotYetInUse = Defect("log key used later", .logValidity) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.transparencyLog.start = sigstore.time.adding(seconds: 1)
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// A log that signs no time had been retired when the signature was stamped.
    package static let secondLogKeyRetired = Defect("second log's key retired before", .logValidity) { sigstore in
        sigstore.authority.tileLog.end = sigstore.time.adding(seconds: -1)
        return try sigstore.signed(plan: VirtualSigstore.second)
    }

    /// A log that signs no time came into use after the signature was stamped.
    package static let secondLogKeyNotYetInUse = Defect("second log's key used later", .logValidity) { sigstore in
        sigstore.authority.tileLog.start = sigstore.time.adding(seconds: 1)
        return try sigstore.signed(plan: VirtualSigstore.second)
    }

    /// The log holds something that is not an entry.
    package static let entryMalformed = Defect("malformed entry", .entryMalformed) { sigstore in
        try relogged(&sigstore) { _, _, _ in
            LogEntryDraft(kind: "hashedrekord", version: "0.0.1", spec: ["data": [:]])
        }
    }

    /// The log holds an entry of a kind that nobody here reads.
    package static let entryOfUnknownKind = Defect("entry of an unknown kind", missing: .unsupportedEntry) { sigstore in
        try relogged(&sigstore) { _, _, _ in LogEntryDraft(kind: "helm", version: "0.0.1", spec: [:]) }
    }

    /// The kind of entry that the second Rekor had for envelopes before it was taken out.
    package static let obsoleteEntry = Defect("obsolete entry", missing: .unsupportedEntry) { sigstore in
        try relogged(&sigstore) { _, _, _ in
            LogEntryDraft(kind: "dsse", version: "0.0.2", spec: ["dsseV002": [:]])
        }
    }

    /// A bundle whose entry is a genuine one for another body.
    private static func relogged(
        _ sigstore: inout VirtualSigstore,
        with credential: SigningCredential? = nil,
        body: ([UInt8], LogEntryDraft.Verifier, Digest) -> LogEntryDraft
    ) throws -> SignedCase {
        let signer = try credential ?? sigstore.credential()
        var result = try sigstore.signed(with: signer)
        guard case .message(let digest, let signature) = result.bundle.content else { return result }
        let draft = body(signature, signer.verifier, digest)
        result.bundle.entries = [try sigstore.authority.transparencyLog.append(draft, at: sigstore.time)]
        return result
    }
}
