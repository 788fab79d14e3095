internal import Attestation
internal import Cryptography
internal import Signing
internal import Sigstore
internal import StrictJSON

/// Signatures and statements that are not over, or not about, the artifact.
extension Defect {
    package static let ofContent = [
        artifactAnother, signatureFlipped, signatureOfAnotherKey, hintWrong, envelopeSignedTwice,
        envelopeSignedTwiceJunkFirst,
        envelopeUnsigned,
        payloadTypeWrong, payloadTypeRelabelled, payloadFlipped, subjectAnother, subjectNone,
        subjectUnderAnotherAlgorithm, statementOfAnotherType, statementWithDuplicateNames, keyNotGiven,
        keyHintsApart,
    ]

    /// The artifact is another than the one that was signed.
    package static let artifactAnother = Defect(
        "another artifact",
        .signatureInvalid,
        .digestHint,
        .entryDigest
    ) { sigstore in
        try changed(&sigstore) { $0.artifact[0] ^= 1 }
    }

    /// One bit of the signature is another, and log and timestamp authority saw the same.
    package static let signatureFlipped = Defect("flipped signature", .signatureInvalid) { sigstore in
        let credential = try sigstore.credential()
        return try resigned(&sigstore, with: credential) { $0[$0.count - 1] ^= 1 }
    }

    /// Another key than the certificate's signed.
    package static let signatureOfAnotherKey = Defect("signature of another key", .signatureInvalid) { sigstore in
        let credential = try sigstore.credential()
        let key = try sigstore.authority.nextKey()
        let artifact = sigstore.artifact
        return try resigned(&sigstore, with: credential) { $0 = try key.sign(artifact) }
    }

    /// The digest that the bundle states is not the artifact's.
    package static let hintWrong = Defect("wrong stated digest", .digestHint) { sigstore in
        try changed(&sigstore) { signed in
            guard case .message(_, let signature) = signed.bundle.content else { return }
            signed.bundle.content = .message(digest: Digest(hashing: [1]), signature: signature)
        }
    }

    /// A second signature stands beside the good one.
    package static let envelopeSignedTwice = Defect(
        "two signatures in one envelope",
        .signatureCount
    ) { sigstore in
        try enveloped(&sigstore) { envelope in
            let second = Envelope.Signature(keyID: "", bytes: [1, 2, 3])
            return Envelope(
                payloadType: envelope.payloadType,
                payload: envelope.payload,
                signatures: envelope.signatures + [second]
            )
        }
    }

    /// Another signature stands before the good one.
    package static let envelopeSignedTwiceJunkFirst = Defect(
        "two signatures in one envelope, the good one second",
        .signatureCount,
        .timestampImprint
    ) { sigstore in
        try enveloped(&sigstore) { envelope in
            let first = Envelope.Signature(keyID: "", bytes: [1, 2, 3])
            return Envelope(
                payloadType: envelope.payloadType,
                payload: envelope.payload,
                signatures: [first] + envelope.signatures
            )
        }
    }

    /// Nobody signed the envelope.
    package static let envelopeUnsigned = Defect(
        "no signature in the envelope",
        .signatureCount,
        .timestampImprint
    ) { sigstore in
        try enveloped(&sigstore) { Envelope(payloadType: $0.payloadType, payload: $0.payload, signatures: []) }
    }

    /// A statement, signed as something else.
    package static let payloadTypeWrong = Defect("wrong payload type", .payloadType) { sigstore in
        try sigstore.attested(payloadType: "text/plain")
    }

    /// The type was changed after signing.
    package static let payloadTypeRelabelled = Defect(
        "payload type changed after signing",
        .payloadType,
        .signatureInvalid
    ) { sigstore in
        try enveloped(&sigstore) { envelope in
            Envelope(
                payloadType: "application/vnd.cyclonedx+json",
                payload: envelope.payload,
                signatures: envelope.signatures
            )
        }
    }

    /// A byte of the statement was changed after signing: a space more.
    package static let payloadFlipped = Defect(
        "payload changed after signing",
        .signatureInvalid,
        .entryDigest
    ) { sigstore in
        try enveloped(&sigstore) { envelope in
            let payload = envelope.payload + [UInt8(ascii: " ")]
            return Envelope(payloadType: envelope.payloadType, payload: payload, signatures: envelope.signatures)
        }
    }

    /// The statement is about something else.
    package static let subjectAnother = Defect("statement about something else", .subjectMismatch) { sigstore in
        try sigstore.attested(statement: sigstore.statement(about: [1, 2, 3]).bytes)
    }

    /// The statement is about nothing.
    package static let subjectNone = Defect("statement about nothing", .subjectNone) { sigstore in
        var statement = sigstore.statement(about: [])
        statement.subjects = []
        return try sigstore.attested(statement: statement.bytes)
    }

    /// The right digest stands under the name of another algorithm.
    package static let subjectUnderAnotherAlgorithm = Defect(
        "digest under another algorithm",
        .subjectMismatch
    ) { sigstore in
        let text = String(decoding: sigstore.statement(about: sigstore.artifact).bytes, as: UTF8.self)
        let parts = text.split(separator: "\"sha256\"", maxSplits: 1)
        return try sigstore.attested(statement: Array(parts.joined(separator: "\"sha512\"").utf8))
    }

    /// Not an in-toto statement of a known version.
    package static let statementOfAnotherType = Defect(
        "statement of an unknown type",
        .statementMalformed
    ) { sigstore in
        var statement = sigstore.statement(about: sigstore.artifact)
        statement.type = "https://in-toto.io/Statement/v1.evil"
        return try sigstore.attested(statement: statement.bytes)
    }

    /// Two members of one name: readers would disagree which counts.
    package static let statementWithDuplicateNames = Defect(
        "statement with duplicate names",
        .statementMalformed
    ) { sigstore in
        let bytes = sigstore.statement(about: sigstore.artifact).bytes
        let other = Array(#"{"subject":[],"#.utf8)
        return try sigstore.attested(statement: other + bytes.dropFirst())
    }

    /// A bare key signed, and the verifier was given none.
    package static let keyNotGiven = Defect("a key that was not given", missing: .noKey) { sigstore in
        let credential = SigningCredential(key: try sigstore.authority.nextKey())
        var result = try sigstore.signed(with: credential)
        result.policy = VerificationPolicy()
        return result
    }

    /// The bundle's hint and the envelope's name different keys; the one that signed is known.
    package static let keyHintsApart = Defect("hints to two keys", .keyHint) { sigstore in
        let key = try sigstore.authority.nextKey()
        var result = try sigstore.attested(with: SigningCredential(key: key))
        guard case .envelope(let envelope) = result.bundle.content else { return result }
        let signatures = envelope.signatures.map { Envelope.Signature(keyID: "another key", bytes: $0.bytes) }
        result.bundle.content = .envelope(
            Envelope(payloadType: envelope.payloadType, payload: envelope.payload, signatures: signatures)
        )
        result.policy = VerificationPolicy()
        result.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        return result
    }

    /// A bundle whose envelope was changed after everything else had been made.
    private static func enveloped(
        _ sigstore: inout VirtualSigstore,
        _ change: (Envelope) -> Envelope
    ) throws -> SignedCase {
        var result = try sigstore.attested()
        guard case .envelope(let envelope) = result.bundle.content else { return result }
        result.bundle.content = .envelope(change(envelope))
        return result
    }

    /// A bundle with another signature, which was logged and stamped as it is.
    private static func resigned(
        _ sigstore: inout VirtualSigstore,
        with credential: SigningCredential,
        _ change: (inout [UInt8]) throws -> Void
    ) throws -> SignedCase {
        var result = try sigstore.signed(with: credential)
        guard case .message(let digest, var signature) = result.bundle.content else { return result }
        try change(&signature)
        result.bundle.content = .message(digest: digest, signature: signature)
        let body = LogEntryDraft.hashedRekord(digest, signature: signature, verifier: credential.verifier)
        result.bundle.entries = [try sigstore.authority.transparencyLog.append(body, at: sigstore.time)]
        result.bundle.timestamps = [try sigstore.authority.timestampAuthority.stamp(signature, at: sigstore.time)]
        return result
    }
}
