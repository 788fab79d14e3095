internal import Cryptography
internal import Signing
internal import Sigstore

/// Certificates that come with a signature, and lead where they may not.
extension Defect {
    package static let ofPaths = [
        rootInBundle, signerBehindVictim, pathTooLong, nameNotPermitted, nameExcluded,
    ]

    /// An authority that nobody trusts comes along whole, its self-signed root too.
    package static let rootInBundle = Defect("root that only the bundle holds", .pathUntrusted) { sigstore in
        var other = try VirtualSigstore(seed: "authority in the bundle")
        other.authority.certificateLog = sigstore.authority.certificateLog
        let credential = try other.credential()
        var result = try sigstore.signed(with: credential, version: .v01)
        result.bundle.material = .chain([credential.certificate ?? []] + other.authority.certificateAuthority.chain)
        return result
    }

    /// The first certificate of the chain is the expected one, the second one's key signed.
    package static let signerBehindVictim = Defect(
        "expected certificate before the signer's",
        .signatureInvalid,
        .entryCertificate
    ) { sigstore in
        let victim = try sigstore.credential()
        let attacker = try sigstore.credential()
        var result = try sigstore.signed(with: attacker, version: .v02)
        result.bundle.material = .chain([victim.certificate ?? [], attacker.certificate ?? []])
        return result
    }

    /// The root may issue leaves alone, and issued an authority.
    package static let pathTooLong = Defect("path longer than its root allows", .pathUntrusted) { sigstore in
        let authority = sigstore.authority.certificateAuthority
        guard let key = authority.rootKey else { return try sigstore.signed() }
        let template = CertificateTemplate(
            serialNumber: [1],
            issuer: authority.intermediateTemplate.issuer,
            subject: authority.intermediateTemplate.issuer,
            notBefore: authority.start,
            notAfter: authority.intermediateTemplate.notAfter,
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.certificateSigning, .revocationListSigning]),
                .basicConstraints(isAuthority: true, pathLength: 0),
                .subjectKeyIdentifier(key.subjectPublicKeyInfo),
            ]
        )
        sigstore.authority.certificateAuthority.root = try template.sign(with: key)
        return try sigstore.signed()
    }

    /// The intermediate may issue for another host alone.
    package static let nameNotPermitted = Defect("name that its authority may not give", .pathUntrusted) { sigstore in
        try constrained(&sigstore, 0, host: "gitlab.example.org")
    }

    /// The intermediate may not issue for this host, written in other letters.
    package static let nameExcluded = Defect("name that its authority is denied", .pathUntrusted) { sigstore in
        try constrained(&sigstore, 1, host: "GitLab.COM")
    }

    /// Signed with a leaf of an intermediate with name constraints (RFC 5280 §4.2.1.10): 0 permits, 1 excludes.
    private static func constrained(
        _ sigstore: inout VirtualSigstore,
        _ list: UInt8,
        host: String
    ) throws -> SignedCase {
        let authority = sigstore.authority.certificateAuthority
        guard let rootKey = authority.rootKey else { return try sigstore.signed() }
        let subtree = DERBuilder.sequence(DERBuilder.primitiveContext(6, Array(host.utf8)))
        let constraints = DERBuilder.sequence(DERBuilder.context(list, subtree))
        var template = authority.intermediateTemplate
        template.extensions.append(ExtensionTemplate([2, 5, 29, 30], isCritical: true, value: constraints))
        sigstore.authority.certificateAuthority.intermediate = try template.sign(with: rootKey)
        return try sigstore.signed()
    }
}
