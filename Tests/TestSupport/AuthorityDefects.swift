internal import Cryptography
internal import Signing
internal import Sigstore

/// Leaves of the wrong authority, and leaves for which no certificate log vouches.
extension Defect {
    package static let ofAuthorities = [
        authorityUntrusted, issuedByLeaf, authorityNotYetTrusted, intermediateExpired, promiseOfLogMissing,
        promiseOfLogFlipped, promiseOfLogForAnotherLeaf, promiseOfLogForAnotherIssuer, certificateLogUnknown,
        certificateLogNotYetTrusted, promisesOfLogEmpty, promiseOfLogMalformed,
    ]

    /// Another authority of the very same names issued the leaf.
    package static let authorityUntrusted = Defect("untrusted authority", .pathUntrusted) { sigstore in
        var other = try VirtualSigstore(seed: "another authority")
        other.authority.certificateLog = sigstore.authority.certificateLog
        return try sigstore.signed(with: other.credential())
    }

    /// A leaf of the trusted authority issued it.
    package static let issuedByLeaf = Defect("leaf issued by a leaf", .pathUntrusted) { sigstore in
        let issuing = try sigstore.credential(changing: { $0.subject.commonName = "leaf" })
        let key = try sigstore.authority.nextKey()
        var template = sigstore.leafTemplate(for: key)
        template.issuer.commonName = "leaf"
        template.issuer.organization = nil
        template.extensions[3] = .authorityKeyIdentifier(issuing.key.subjectPublicKeyInfo)
        let credential = SigningCredential(key: key, verifier: .certificate(try template.sign(with: issuing.key)))
        return try sigstore.signed(with: credential)
    }

    /// The trusted root relies on the authority only later.
    package static let authorityNotYetTrusted = Defect("authority trusted later", .authorityValidity) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var later = sigstore.authority
            later.certificateAuthority.start = sigstore.time.adding(seconds: 1)
            signed.trustedRoot = later.trustedRoot
        }
    }

    /// The intermediate had expired before the leaf was issued.
    package static let intermediateExpired = Defect("expired intermediate", .chainExpired) { sigstore in
        sigstore.authority.certificateAuthority = try LocalCertificateAuthority(
            organization: "expiring",
            keys: .seed("expiring"),
            baseURL: sigstore.authority.certificateAuthority.baseURL,
            start: VirtualSigstore.start,
            intermediateLifetime: 86_400
        )
        return try sigstore.signed()
    }

    /// No certificate log promised anything.
    package static let promiseOfLogMissing = Defect(
        "no signed certificate timestamp",
        .certificateTimestampMissing
    ) { sigstore in
        try promised(&sigstore) { _, _ in [] }
    }

    /// One bit of the promise is another.
    package static let promiseOfLogFlipped = Defect(
        "flipped signed certificate timestamp",
        .certificateTimestampSignature
    ) { sigstore in
        try promised(&sigstore) { sigstore, template in
            var promise = try promise(sigstore, template)
            promise[promise.count - 1] ^= 1
            return [promise]
        }
    }

    /// The promise was made for another leaf.
    package static let promiseOfLogForAnotherLeaf = Defect(
        "signed certificate timestamp of another leaf",
        .certificateTimestampSignature
    ) { sigstore in
        try promised(&sigstore) { sigstore, template in
            var other = template
            other.serialNumber[19] ^= 1
            return [try promise(sigstore, other)]
        }
    }

    /// The promise was made for the same leaf of another issuer.
    package static let promiseOfLogForAnotherIssuer = Defect(
        "signed certificate timestamp for another issuer",
        .certificateTimestampSignature
    ) { sigstore in
        try promised(&sigstore) { sigstore, template in
            let authority = sigstore.authority.certificateAuthority
            return [
                try sigstore.authority.certificateLog.timestamp(
                    body: template.toBeSigned(by: authority.intermediateKey),
                    issuerPublicKeyInfo: authority.rootKey?.subjectPublicKeyInfo ?? [],
                    at: sigstore.time
                )
            ]
        }
    }

    /// The trusted root has not heard of the certificate log.
    package static let certificateLogUnknown = Defect(
        "unknown certificate log",
        missing: .unknownCertificateLog
    ) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var other = sigstore.authority
            other.certificateLog.key = try SigningKey(seed: "another certificate log", kind: .p256)
            signed.trustedRoot = other.trustedRoot
        }
    }

    /// The trusted root relies on the certificate log only later.
    package static let certificateLogNotYetTrusted = Defect(
        "certificate log trusted later",
        .certificateLogValidity
    ) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            var later = sigstore.authority
            later.certificateLog.start = sigstore.time.adding(seconds: 1)
            signed.trustedRoot = later.trustedRoot
        }
    }

    /// The list of promises is there, and empty.
    package static let promisesOfLogEmpty = Defect(
        "empty list of signed certificate timestamps",
        .certificateTimestampMissing
    ) { sigstore in
        try signed(&sigstore, list: .signedCertificateTimestamps([]))
    }

    /// The list of promises says that it is longer than it is.
    package static let promiseOfLogMalformed = Defect(
        "malformed signed certificate timestamp",
        .certificateTimestampMalformed
    ) { sigstore in
        var list = ExtensionTemplate.signedCertificateTimestamps([[1, 2, 3]])
        list.value = DERBuilder.octetString([0, 9, 0, 3, 1, 2, 3])
        return try signed(&sigstore, list: list)
    }

    /// Signed with a leaf that carries a given list of promises.
    private static func signed(_ sigstore: inout VirtualSigstore, list: ExtensionTemplate) throws -> SignedCase {
        let key = try sigstore.authority.nextKey()
        var template = sigstore.leafTemplate(for: key)
        template.extensions.append(list)
        let certificate = try sigstore.authority.certificateAuthority.issue(template, withTimestamps: [])
        return try sigstore.signed(with: SigningCredential(key: key, verifier: .certificate(certificate)))
    }

    private static func promise(_ sigstore: VirtualSigstore, _ template: CertificateTemplate) throws -> [UInt8] {
        let key = sigstore.authority.certificateAuthority.intermediateKey
        return try sigstore.authority.certificateLog.timestamp(
            body: template.toBeSigned(by: key),
            issuerPublicKeyInfo: key.subjectPublicKeyInfo,
            at: sigstore.time
        )
    }

    /// Signed with a leaf that carries the promises made for it.
    private static func promised(
        _ sigstore: inout VirtualSigstore,
        _ promises: (VirtualSigstore, CertificateTemplate) throws -> [[UInt8]]
    ) throws -> SignedCase {
        let key = try sigstore.authority.nextKey()
        let template = sigstore.leafTemplate(for: key)
        let certificate = try sigstore.authority.certificateAuthority.issue(
            template,
            withTimestamps: try promises(sigstore, template)
        )
        return try sigstore.signed(with: SigningCredential(key: key, verifier: .certificate(certificate)))
    }
}
