internal import Cryptography
internal import Signing
internal import Sigstore

/// Signatures that hold, but are fewer, later, or by others than the policy asks for.
extension Defect {
    package static let ofPolicies = [
        oneLogTwice, stampTooFew, certificateLogsTooFew, afterReference, extensionAnother, extensionAbsent,
        keyInsteadOfIdentity, certificateInsteadOfKey,
        keyRetired, keyAnother,
    ]

    /// Two logs are asked for, and two entries of one log are there.
    package static let oneLogTwice = Defect("two entries of one log", .tooFewLogs) { sigstore in
        let credential = try sigstore.credential()
        var result = try sigstore.signed(with: credential)
        let body = result.bundle.entries[0].body
        result.bundle.entries.append(try sigstore.authority.transparencyLog.append(body, at: sigstore.time))
        result.policy.logThreshold = 2
        return result
    }

    /// A timestamp is asked for, and none is there.
    package static let stampTooFew = Defect("no timestamp where one is asked for", .tooFewTimestamps) { sigstore in
        var result = try sigstore.signed(plan: SigningPlan())
        result.policy.timestampThreshold = 1
        return result
    }

    /// Two certificate logs are asked for, and one vouches.
    package static let certificateLogsTooFew = Defect(
        "one certificate log where two are asked for",
        .tooFewCertificateTimestamps
    ) { sigstore in
        try changed(&sigstore) { $0.policy.certificateLogThreshold = 2 }
    }

    /// Signed after the moment as of which is judged.
    package static let afterReference = Defect("signed after the reference time", .timeAfterReference) { sigstore in
        try changed(&sigstore) { $0.policy.referenceTime = $1.time.adding(seconds: -1) }
    }

    /// The certificate names another commit than the one that is expected.
    package static let extensionAnother = Defect("another commit", .extensionMismatch) { sigstore in
        try changed(&sigstore) { signed in
            let other = String(repeating: "0", count: 40)
            signed.policy.identity?.extensions = [.sourceRepositoryDigest: other]
        }
    }

    /// The certificate does not say what is expected of it.
    package static let extensionAbsent = Defect("absent extension", .extensionMismatch) { sigstore in
        try changed(&sigstore) { $0.policy.identity?.extensions = [.deploymentEnvironment: ""] }
    }

    /// A key signed, which is known, but a certificate's identity is expected.
    package static let keyInsteadOfIdentity = Defect("a key instead of an identity", .materialKind) { sigstore in
        let key = try sigstore.authority.nextKey()
        var result = try sigstore.signed(with: SigningCredential(key: key))
        result.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        return result
    }

    /// A certificate signed, and a key is expected.
    package static let certificateInsteadOfKey = Defect("a certificate instead of a key", .materialKind) { sigstore in
        let key = try sigstore.authority.nextKey()
        var result = try sigstore.signed()
        result.policy = VerificationPolicy()
        result.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))]
        return result
    }

    /// The key that signed had been retired.
    package static let keyRetired = Defect("a key that had been retired", .keyValidity) { sigstore in
        let key = try sigstore.authority.nextKey()
        let publicKey = try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        let end = sigstore.time.adding(seconds: -1)
        var result = try sigstore.signed(with: SigningCredential(key: key))
        result.policy = VerificationPolicy()
        result.policy.keys = [ManagedKey(publicKey: publicKey, validity: ValidityPeriod(start: nil, end: end))]
        return result
    }

    /// Another key signed than the one that was given.
    package static let keyAnother = Defect("another key than was given", .signatureInvalid, .entryCertificate) {
        sigstore in
        let other = try sigstore.authority.nextKey()
        var result = try sigstore.signed(with: SigningCredential(key: sigstore.authority.nextKey()))
        result.policy = VerificationPolicy()
        result.policy.keys = [ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: other.subjectPublicKeyInfo))]
        return result
    }
}
