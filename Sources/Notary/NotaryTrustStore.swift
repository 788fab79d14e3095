package import Cryptography

/// The certificates that are trusted ("Trust Store"), by what they are trusted for.
package struct NotaryTrustStore: Hashable, Sendable {
    /// Authorities of signers.
    package var authorities: [Certificate]
    /// Services that sign in somebody's name and vouch for the time.
    package var signingAuthorities: [Certificate]
    /// Authorities of timestamps.
    package var timestampAuthorities: [Certificate]

    package init(
        authorities: [Certificate] = [],
        signingAuthorities: [Certificate] = [],
        timestampAuthorities: [Certificate] = []
    ) {
        self.authorities = authorities
        self.signingAuthorities = signingAuthorities
        self.timestampAuthorities = timestampAuthorities
    }

    /// Those that a scheme asks for.
    func anchors(for scheme: NotaryScheme) -> [Certificate] {
        switch scheme {
        case .x509: authorities
        case .signingAuthority: signingAuthorities
        }
    }
}

/// What a signature is said to be about.
package struct NotarySubject: Hashable, Sendable {
    /// The artifact's digest.
    package let digest: Digest
    /// Its size in bytes, when that is known.
    package let size: Int64?
    /// Its media type, when that is known.
    package let mediaType: String?

    package init(digest: Digest, size: Int64? = nil, mediaType: String? = nil) {
        self.digest = digest
        self.size = size
        self.mediaType = mediaType
    }
}
