import Attestation
import Cryptography
import Signing
import Sigstore
import TestSupport

/// One part of a good signature, exchanged for a part of another good one: every part by itself is genuine.
///
/// The reasons differ with what the carrier holds: cosign's annotations hold no inclusion proof, but the envelope's own
/// bytes; a bundle holds the proof, and no more of the envelope than its content.
struct Splice: Sendable, CustomStringConvertible {
    let description: String
    /// The words of all obstacles that must be named; nil where the carrier has no such part.
    let reasons: @Sendable (SignatureCarrier) -> Set<FailureCode>?
    private let exchange: @Sendable (inout Parts) throws -> Void

    /// What there is to exchange.
    struct Parts {
        /// The signature that is changed.
        var signature: CarriedSignature
        /// Another one by the same key, of another image.
        let other: CarriedSignature
        /// A second one by the same key, of the same image.
        let again: CarriedSignature
        /// One of the same image by somebody else.
        let stranger: CarriedSignature
        /// Who signed.
        let credential: SigningCredential
        var sigstore: VirtualSigstore
    }

    private init(
        _ description: String,
        _ reasons: @escaping @Sendable (SignatureCarrier) -> Set<FailureCode>?,
        exchange: @escaping @Sendable (inout Parts) throws -> Void
    ) {
        self.description = description
        self.reasons = reasons
        self.exchange = exchange
    }

    /// The reasons for which the exchanged signature must be refused in a carrier, and the signature.
    func apply(to parts: Parts) throws -> CarriedSignature {
        var parts = parts
        try exchange(&parts)
        return parts.signature
    }

    static let all = ofEntries + ofProofs + ofSigners
}

// MARK: - Entries

extension Splice {
    private static let ofEntries = [
        Splice("entry of another image", { _ in [.entryDigest, .entrySignature] }) {
            $0.signature.entries = $0.other.entries
        },
        Splice("entry of another signature over the same", anotherSignature) {
            $0.signature.entries = $0.again.entries
        },
        Splice("entry of somebody else over the same", { anotherSignature($0).union([.entryCertificate]) }) {
            $0.signature.entries = $0.stranger.entries
        },
        Splice("entry of the same key under another certificate", { _ in [.entryCertificate] }) { parts in
            let reissued = try parts.sigstore.authority.issueCertificate(
                for: VirtualSigstore.job.identity,
                key: parts.credential.key,
                at: parts.sigstore.time.adding(seconds: -1)
            )
            parts.signature.entries = [try parts.log(as: .certificate(reissued))]
        },
        Splice("entry of the bare key", { _ in [.entryCertificate] }) { parts in
            let key = LogEntryDraft.Verifier.publicKey(parts.credential.key.subjectPublicKeyInfo)
            parts.signature.entries = [try parts.log(as: key)]
        },
        Splice("entry of another kind", { _ in [.entryDigest] }) { parts in
            parts.signature.entries = [try parts.logAsOtherKind()]
        },
        Splice("entry of another kind than stated", { $0.version == nil ? nil : [.entryKind] }) {
            $0.signature.entries[0].body.version = "0.0.2"
        },
        Splice("entry that is a promise alone, of another entry", { _ in [.promiseInvalid] }) {
            $0.signature.entries[0].promise = $0.other.entries[0].promise
        },
        Splice("moved index", { _ in [.promiseInvalid] }) { $0.signature.entries[0].logIndex -= 1 },
        Splice("moved time", { _ in [.promiseInvalid] }) { $0.signature.entries[0].integratedTime? += 1 },
        Splice("id of the other trusted log", wrongLog) { parts in
            parts.signature.entries[0].logID = parts.sigstore.authority.tileLog.logID
        },
        Splice("promise by the other trusted log", { _ in [.promiseInvalid] }) { parts in
            let log = parts.sigstore.authority.tileLog
            parts.signature.entries[0].promise = try log.promise(parts.signature.entries[0])
        },
        Splice("the entry twice", { $0.version == nil ? nil : [.duplicateEntry] }) {
            $0.signature.entries += $0.signature.entries
        },
        Splice("no entry", { _ in [.entryMissing] }) { $0.signature.entries = [] },
    ]

    /// The layer's own bytes are what the log saw; of an envelope in a bundle they are not known.
    private static func anotherSignature(_ carrier: SignatureCarrier) -> Set<FailureCode> {
        carrier.isStatement && carrier.version == nil ? [.entrySignature, .entryDigest] : [.entrySignature]
    }

    private static func wrongLog(_ carrier: SignatureCarrier) -> Set<FailureCode> {
        carrier.version == nil ? [.promiseInvalid] : [.promiseInvalid, .checkpointSigner]
    }
}

extension Splice.Parts {
    /// A genuine entry of the signature, under another certificate or key.
    fileprivate mutating func log(as verifier: LogEntryDraft.Verifier) throws -> LoggedEntry {
        let body: LogEntryDraft =
            switch signature.content {
            case .message(let digest, let bytes): .hashedRekord(digest, signature: bytes, verifier: verifier)
            case .envelope(let envelope): .dsse(envelope, verifier: verifier)
            }
        return try sigstore.authority.transparencyLog.append(body, at: sigstore.time)
    }

    /// A genuine entry with this signature and this certificate, of the kind that is for the other content.
    fileprivate mutating func logAsOtherKind() throws -> LoggedEntry {
        let body: LogEntryDraft
        switch signature.content {
        case .message(_, let bytes):
            let envelope = Envelope(
                payloadType: Envelope.inTotoPayloadType,
                payload: signature.payload,
                signatures: [Envelope.Signature(keyID: "", bytes: bytes)]
            )
            body = .dsse(envelope, verifier: signature.verifier)
        case .envelope(let envelope):
            let digest = Digest(hashing: envelope.payload)
            let bytes = envelope.signatures[0].bytes
            body = .hashedRekord(digest, signature: bytes, verifier: signature.verifier)
        }
        return try sigstore.authority.transparencyLog.append(body, at: sigstore.time)
    }
}

// MARK: - Proofs and timestamps

extension Splice {
    private static let ofProofs = [
        Splice("proof of another entry", inBundles(.proofInvalid)) {
            $0.signature.entries[0].proof = $0.other.entries[0].proof
        },
        Splice("later checkpoint of the same log", inBundles(.rootMismatch)) {
            $0.signature.entries[0].proof?.checkpoint = $0.other.entries[0].proof?.checkpoint ?? ""
        },
        Splice("checkpoint of the other trusted log", inBundles(.checkpointSigner)) { parts in
            try parts.recheckpoint { _, other, size, root in try other.checkpoint(treeSize: size, rootHash: root) }
        },
        Splice("checkpoint with this log's origin by the other trusted log", inBundles(.checkpointSigner)) { parts in
            try parts.recheckpoint { log, other, size, root in
                try other.checkpoint(treeSize: size, rootHash: root, origin: log.origin)
            }
        },
        Splice("checkpoint in this log's name, signed by the other trusted log", inBundles(.checkpointSignature)) {
            parts in
            try parts.recheckpoint { log, other, size, root in
                let text = try log.checkpoint(treeSize: size, rootHash: root)
                let body = text.split(separator: "\n\n").first.map { "\($0)\n" } ?? ""
                let line = Base64.encode(log.logID.prefix(4) + (try other.key.sign(Array(body.utf8))))
                return "\(body)\n\u{2014} \(log.host) \(line)\n"
            }
        },
        Splice("checkpoint of an origin that only contains this log's", inBundles(.checkpointOrigin)) { parts in
            try parts.recheckpoint { log, _, size, root in
                try log.checkpoint(treeSize: size, rootHash: root, origin: "not-\(log.origin)")
            }
        },
        Splice("timestamp of another signature", { _ in [.timestampImprint] }) {
            $0.signature.timestamps = $0.other.timestamps
        },
        Splice("timestamp of a second signature over the same", { _ in [.timestampImprint] }) {
            $0.signature.timestamps = $0.again.timestamps
        },
        Splice("timestamp of what is signed", { _ in [.timestampImprint] }) { parts in
            let stamp = try parts.sigstore.authority.timestampAuthority.stamp(
                parts.signature.payload,
                at: parts.sigstore.time
            )
            parts.signature.timestamps = [stamp]
        },
        Splice("timestamp by somebody else's authority", { _ in [.timestampSigner] }) { parts in
            var other = try VirtualSigstore(seed: "another timestamp authority").authority.timestampAuthority
            let stamped = parts.signature.stampedBytes
            parts.signature.timestamps = [try other.stamp(stamped, at: parts.sigstore.time)]
        },
        Splice("time that neither promise nor timestamp vouches for", unsignedTime) { parts in
            parts.signature.entries[0].promise = nil
            parts.signature.timestamps = []
        },
    ]

    private static func inBundles(_ code: FailureCode) -> @Sendable (SignatureCarrier) -> Set<FailureCode>? {
        { $0.version == nil ? nil : [code] }
    }

    /// cosign's annotation of the entry is the promise; without it there is none.
    private static func unsignedTime(_ carrier: SignatureCarrier) -> Set<FailureCode> {
        switch carrier.version {
        case nil: [.entryMissing, .noTrustedTime]
        case .v01: [.promiseMissing, .unsignedTime]
        case .v02, .v03: [.unsignedTime]
        }
    }
}

extension CarriedSignature {
    /// What a timestamp is of: a layer's envelope whole, else the signature.
    fileprivate var stampedBytes: [UInt8] {
        switch content {
        case .message(_, let signature): signature
        case .envelope(let envelope): carrier.version == nil ? envelope.stored : envelope.signatures[0].bytes
        }
    }
}

extension Splice.Parts {
    /// Another checkpoint for the same proof.
    fileprivate mutating func recheckpoint(
        _ make: (LocalTransparencyLog, LocalTransparencyLog, Int, [UInt8]) throws -> String
    ) throws {
        guard let proof = signature.entries[0].proof else { return }
        let authority = sigstore.authority
        signature.entries[0].proof?.checkpoint = try make(
            authority.transparencyLog,
            authority.tileLog,
            Int(proof.treeSize),
            proof.rootHash
        )
    }
}

// MARK: - Signer and content

extension Splice {
    private static let ofSigners = [
        Splice("certificate of somebody else", { _ in [.signatureInvalid, .entryCertificate] }) {
            $0.signature.verifier = $0.stranger.verifier
        },
        Splice("signature by somebody else, with entry and timestamp", { _ in [.signatureInvalid, .entryCertificate] })
        {
            $0.signature = $0.stranger
            $0.signature.verifier = $0.credential.verifier
        },
        Splice("signature of another image, whole", anotherImage) { $0.signature = $0.other },
    ]

    /// What is signed says another image; a bundle over the image's bytes is over other bytes.
    private static func anotherImage(_ carrier: SignatureCarrier) -> Set<FailureCode> {
        guard !carrier.isStatement else { return [.subjectMismatch] }
        return carrier.version == nil ? [.claimDigest] : [.signatureInvalid, .entryDigest, .digestHint]
    }
}
