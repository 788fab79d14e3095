internal import Cryptography
internal import Signing
internal import Sigstore

/// Timestamps that do not vouch for this signature.
extension Defect {
    package static let ofTimestamps = [
        imprintOfArtifact, imprintOfAnotherSignature, stampFlipped, stampOfAnother, stampWithLentCertificate,
        stampUsageNotCritical, stampUsageAnother, stampAfterLeaf, stampAuthorityNotYetTrusted, stampTwice,
        stampMalformed, secondLogWithoutStamp, stampAuthorityUnknown, stampAuthorityUnrooted,
    ]

    /// The artifact was stamped instead of the signature.
    package static let imprintOfArtifact = Defect("timestamp of the artifact", .timestampImprint) { sigstore in
        try stamped(&sigstore) { authority, _, sigstore in
            try authority.stamp(sigstore.artifact, at: sigstore.time)
        }
    }

    /// Another signature was stamped.
    package static let imprintOfAnotherSignature = Defect(
        "timestamp of another signature",
        .timestampImprint
    ) { sigstore in
        let lent = try sigstore.signed()
        return try changed(&sigstore) { $0.bundle.timestamps = lent.bundle.timestamps }
    }

    /// One bit of the token's signature is another.
    package static let stampFlipped = Defect("flipped timestamp", .timestampSignature) { sigstore in
        try changed(&sigstore) { signed in
            let last = signed.bundle.timestamps[0].count - 1
            signed.bundle.timestamps[0][last] ^= 1
        }
    }

    /// An authority stamped that nobody trusts.
    package static let stampOfAnother = Defect("timestamp of an untrusted authority", .timestampSigner) { sigstore in
        var other = try VirtualSigstore(seed: "another timestamp authority").authority.timestampAuthority
        return try stamped(&sigstore) { _, signature, sigstore in try other.stamp(signature, at: sigstore.time) }
    }

    /// An untrusted authority stamped, and laid the trusted one's certificate before its own
    /// (GHSA-xm5m-wgh2-rrg3).
    package static let stampWithLentCertificate = Defect(
        "untrusted timestamp with the trusted certificate first",
        .timestampSigner
    ) { sigstore in
        let other = try VirtualSigstore(seed: "another timestamp authority").authority.timestampAuthority
        return try stamped(&sigstore) { authority, signature, sigstore in
            var request = TimestampIssuer.Request(message: signature, time: sigstore.time, serialNumber: [1])
            request.extraCertificates = [authority.issuer.certificate]
            return try other.issuer.respond(to: request)
        }
    }

    /// The certificate that stamped does not say critically what it is for.
    package static let stampUsageNotCritical = Defect(
        "timestamp certificate without critical usage",
        .timestampUsage
    ) { sigstore in
        try stamped(&sigstore, usage: .extendedKeyUsage([ExtensionTemplate.Purpose.timestamping]))
    }

    /// The certificate that stamped is for signing code as well.
    package static let stampUsageAnother = Defect(
        "timestamp certificate for two purposes",
        .timestampUsage
    ) { sigstore in
        let purposes = [ExtensionTemplate.Purpose.timestamping, ExtensionTemplate.Purpose.codeSigning]
        return try stamped(&sigstore, usage: .extendedKeyUsage(purposes, isCritical: true))
    }

    /// The log vouches for a time within the leaf's, the timestamp for one after it: both must fit.
    package static let stampAfterLeaf = Defect("timestamp after the leaf expired", .certificateExpired) { sigstore in
        try stamped(&sigstore) { authority, signature, sigstore in
            let later = sigstore.time.adding(seconds: LocalCertificateAuthority.leafLifetime + 1)
            return try authority.stamp(signature, at: later)
        }
    }

    /// The trusted root relies on the authority only later.
    package static let stampAuthorityNotYetTrusted = Defect(
        "timestamp authority trusted later",
        .timestampValidity
    ) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var later = sigstore.authority
            later.timestampAuthority.start = sigstore.time.adding(seconds: 1)
            signed.trustedRoot = later.trustedRoot
        }
    }

    /// Two timestamps of one authority.
    package static let stampTwice = Defect("two timestamps of one authority", .timestampDuplicate) { sigstore in
        try changed(&sigstore) { $0.bundle.timestamps += $0.bundle.timestamps }
    }

    /// Not a timestamp response at all.
    package static let stampMalformed = Defect("malformed timestamp", .timestampMalformed) { sigstore in
        try changed(&sigstore) { $0.bundle.timestamps = [[0x30, 0x03, 0x02, 0x01, 0x00]] }
    }

    /// The trusted root has another timestamp authority.
    package static let stampAuthorityUnknown = Defect(
        "timestamp authority that the trusted root does not have",
        .timestampSigner
    ) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.timestampAuthority = try VirtualSigstore(seed: "another").authority.timestampAuthority
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// The trusted root holds the certificate that stamped, and an anchor that did not issue it.
    package static let stampAuthorityUnrooted = Defect(
        "timestamp certificate of another root",
        .timestampPath
    ) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.timestampAuthority.root = try VirtualSigstore(seed: "another").authority.timestampAuthority.root
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// A log of the second generation says no time, and nobody else does.
    package static let secondLogWithoutStamp = Defect("second log without a timestamp", .noTrustedTime) { sigstore in
        try sigstore.signed(plan: SigningPlan(log: .second))
    }

    /// A good case with another timestamp over its signature.
    private static func stamped(
        _ sigstore: inout VirtualSigstore,
        _ stamp: (inout LocalTimestampAuthority, [UInt8], VirtualSigstore) throws -> [UInt8]
    ) throws -> SignedCase {
        let instance = sigstore
        return try changed(&sigstore) { signed in
            guard case .message(_, let signature) = signed.bundle.content else { return }
            var authority = instance.authority.timestampAuthority
            signed.bundle.timestamps = [try stamp(&authority, signature, instance)]
        }
    }

    /// Stamped by an authority that the trusted root holds, whose certificate has this usage.
    private static func stamped(_ sigstore: inout VirtualSigstore, usage: ExtensionTemplate) throws -> SignedCase {
        sigstore.authority.timestampAuthority = try LocalTimestampAuthority(
            organization: "careless",
            keys: .seed("careless"),
            baseURL: sigstore.authority.timestampAuthority.baseURL,
            start: VirtualSigstore.start,
            usage: usage
        )
        return try sigstore.signed()
    }
}
