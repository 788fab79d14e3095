package import Cryptography

/// Why keys and certificates do not make a trusted root.
package enum TrustAssemblyError: Error, Hashable, Sendable {
    /// No certificates, or a key where certificates were expected.
    case noCertificates
    /// The certificates are not one chain, each issued by the next.
    case notOneChain(subjects: [String])
    /// A certificate whose signature is not its issuer's.
    case brokenChain(subject: String)
    /// A log of Rekor's version 2 is known by the host of its address, so the address is needed.
    case addressNeeded
}

extension CertificateAuthority {
    /// An authority from the certificates of a PEM file, in whatever order they stand.
    ///
    /// - Parameters:
    ///   - uri: The authority's address, or an empty text.
    ///   - certificates: One anchor, with the intermediates and for a timestamp authority the leaf below it.
    ///   - start: Since when it may be relied on; the start of the anchor's own validity when nil.
    /// - Throws: ``TrustAssemblyError``.
    package init(
        uri: String,
        assembling certificates: [Certificate],
        start: Timestamp?
    ) throws(TrustAssemblyError) {
        guard !certificates.isEmpty else { throw .noCertificates }
        var waiting: [Certificate] = []
        for certificate in certificates where !waiting.contains(certificate) { waiting.append(certificate) }
        let refused = TrustAssemblyError.notOneChain(subjects: waiting.map(\.subjectName))
        let anchors = waiting.filter { candidate in
            candidate.isSelfIssued || !waiting.contains { $0.issued(candidate) }
        }
        guard anchors.count == 1, let anchor = anchors.first else { throw refused }
        waiting.removeAll { $0 == anchor }
        var chain = [anchor]
        while let issuer = chain.first, !waiting.isEmpty {
            let issued = waiting.filter { issuer.issued($0) }
            guard issued.count == 1, let next = issued.first else { throw refused }
            waiting.removeAll { $0 == next }
            chain.insert(next, at: 0)
        }
        if chain.count > 1 {
            let path = try? CertificatePath(
                leaf: chain[0],
                intermediates: Array(chain[1..<chain.count - 1]),
                anchor: anchor
            )
            guard path != nil else { throw .brokenChain(subject: chain[0].subjectName) }
        }
        self.init(uri: uri, chain: chain, validity: ValidityPeriod(start: start ?? anchor.fields.notBefore))
    }
}

extension Certificate {
    fileprivate var isSelfIssued: Bool {
        issued(self)
    }

    /// Whether the other names this one as its issuer.
    fileprivate func issued(_ other: Certificate) -> Bool {
        other.fields.issuer.elementsEqual(fields.subject)
    }
}

extension LogInstance {
    /// A certificate transparency log or a Rekor log of version 1: its id is the digest of its key.
    package init(baseURL: String, keyed key: PublicKey, start: Timestamp) {
        self.init(
            baseURL: baseURL,
            logID: key.identifier.bytes,
            publicKey: key,
            validity: ValidityPeriod(start: start)
        )
    }

    /// A Rekor log: one with an Ed25519 key is of version 2 and has the id of a signed note's key (C2SP signed-note).
    ///
    /// - Throws: ``TrustAssemblyError/addressNeeded``.
    package init(rekor baseURL: String, key: PublicKey, start: Timestamp) throws(TrustAssemblyError) {
        guard key.kind == .ed25519 else {
            self.init(baseURL: baseURL, keyed: key, start: start)
            return
        }
        let keyed = LogInstance(baseURL: baseURL, keyed: key, start: start)
        guard !keyed.host.isEmpty else { throw .addressNeeded }
        let identifier = Digest(hashing: Array(keyed.host.utf8) + [0x0A, 0x01] + key.subjectPublicKeyInfo.suffix(32))
        self.init(baseURL: baseURL, logID: identifier.bytes, publicKey: key, validity: keyed.validity)
    }
}
