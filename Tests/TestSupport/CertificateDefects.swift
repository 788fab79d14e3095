internal import Cryptography
internal import Signing
internal import Sigstore

/// Leaves that are not fit to sign, or that say something else than they should.
extension Defect {
    package static let ofCertificates = [
        identityWrong, issuerWrong, usageMissing, usageAnother, leafIsAuthority, leafSignsCertificates,
        noDigitalSignature, namedTwice,
        issuersDiffer, issuerTwice, usageAny, criticalUnknown, leafExpired, leafNotYetValid, certificateUnreadable,
        chainInVersion3,
    ]

    /// Somebody else signed, properly.
    package static let identityWrong = Defect("another identity", .identityMismatch) { sigstore in
        var job = VirtualSigstore.job
        job.refName = "not-main"
        return try signed(&sigstore, by: job.identity)
    }

    /// The same name, vouched for by somebody else.
    package static let issuerWrong = Defect("another issuer", .issuerMismatch) { sigstore in
        var identity = VirtualSigstore.job.identity
        identity.issuer = "https://gitlab.example.com"
        return try signed(&sigstore, by: identity)
    }

    /// The leaf lists no purpose.
    package static let usageMissing = Defect("leaf without extended key usage", .keyUsage) { sigstore in
        try signed(&sigstore) { $0.extensions.remove(at: 1) }
    }

    /// The leaf is for serving TLS.
    package static let usageAnother = Defect("leaf for another purpose", .keyUsage) { sigstore in
        try signed(&sigstore) { template in
            template.extensions[1] = .extendedKeyUsage([ExtensionTemplate.Purpose.serverAuthentication])
        }
    }

    /// The leaf could issue certificates itself.
    package static let leafIsAuthority = Defect("leaf that is an authority", .keyUsage) { sigstore in
        try signed(&sigstore) { $0.extensions.append(.basicConstraints(isAuthority: true)) }
    }

    /// The leaf's key may sign certificates, though the leaf is no authority (RFC 5280 §4.2.1.9).
    package static let leafSignsCertificates = Defect("leaf that may sign certificates", .keyUsage) { sigstore in
        try signed(&sigstore) { $0.extensions[0] = .keyUsage([.digitalSignature, .certificateSigning]) }
    }

    /// The leaf's key may not sign.
    package static let noDigitalSignature = Defect("leaf that may not sign", .keyUsage) { sigstore in
        try signed(&sigstore) { $0.extensions[0] = .keyUsage([.revocationListSigning]) }
    }

    /// The right name, and another one beside it.
    package static let namedTwice = Defect("two names", .identityCount) { sigstore in
        try signed(&sigstore) { template in
            let names: [ExtensionTemplate.AlternativeName] = [
                VirtualSigstore.job.identity.name,
                .uri("https://gitlab.com/evil/project//.gitlab-ci.yml@refs/heads/main"),
            ]
            template.extensions[4] = .subjectAlternativeName(names)
        }
    }

    /// The two extensions that name the issuer disagree.
    package static let issuersDiffer = Defect("two issuers", .issuerConflict) { sigstore in
        try signed(&sigstore) { template in
            let old = ExtensionTemplate.fulcio(1, VirtualSigstore.job.identity.issuer)
            guard let place = template.extensions.firstIndex(of: old) else { return }
            template.extensions[place] = .fulcio(1, "https://token.actions.githubusercontent.com")
        }
    }

    /// One extension, twice with different values.
    package static let issuerTwice = Defect("issuer extension twice", .certificateMalformed) { sigstore in
        try signed(&sigstore) { $0.extensions.append(.fulcio(8, "https://token.actions.githubusercontent.com")) }
    }

    /// The leaf is for any purpose, which is not the same as for signing code.
    package static let usageAny = Defect("leaf for any purpose", .keyUsage) { sigstore in
        try signed(&sigstore) { $0.extensions[1] = .extendedKeyUsage([[2, 5, 29, 37, 0]]) }
    }

    /// An extension that must not be passed over, and that nobody knows.
    package static let criticalUnknown = Defect("unknown critical extension", .pathUntrusted) { sigstore in
        try signed(&sigstore) { template in
            template.extensions.append(ExtensionTemplate([1, 3, 9999, 1], isCritical: true, value: DERBuilder.null))
        }
    }

    /// Signed one second after the leaf had expired.
    package static let leafExpired = Defect("signed after the leaf expired", .certificateExpired) { sigstore in
        let credential = try sigstore.credential()
        sigstore.time = sigstore.time.adding(seconds: LocalCertificateAuthority.leafLifetime + 1)
        return try sigstore.signed(with: credential)
    }

    /// Signed one second before the leaf became valid.
    package static let leafNotYetValid = Defect("signed before the leaf was valid", .certificateExpired) { sigstore in
        let credential = try sigstore.credential()
        sigstore.time = sigstore.time.adding(seconds: -1)
        return try sigstore.signed(with: credential)
    }

    /// What stands in the certificate's place is no certificate.
    package static let certificateUnreadable = Defect("unreadable certificate", .certificateMalformed) { sigstore in
        try changed(&sigstore) { $0.bundle.material = .certificate([0x30, 0x03, 0x02, 0x01, 0x01]) }
    }

    /// From version 0.3 a bundle holds the leaf alone.
    package static let chainInVersion3 = Defect("chain in version 0.3", .chainInBundle) { sigstore in
        try changed(&sigstore) { signed, sigstore in
            guard case .certificate(let leaf) = signed.bundle.material else { return }
            signed.bundle.material = .chain([leaf, sigstore.authority.certificateAuthority.intermediate])
        }
    }

    /// Signed with a leaf of which the template was changed.
    static func signed(
        _ sigstore: inout VirtualSigstore,
        _ change: (inout CertificateTemplate) -> Void
    ) throws -> SignedCase {
        try sigstore.signed(with: sigstore.credential(changing: change))
    }

    private static func signed(_ sigstore: inout VirtualSigstore, by identity: SigningIdentity) throws -> SignedCase {
        try sigstore.signed(with: sigstore.authority.issueCredential(for: identity, at: sigstore.time))
    }
}
