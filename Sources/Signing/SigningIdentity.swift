package import Cryptography

/// Whom a certificate names: what an OpenID provider's token said, as Fulcio writes it down.
package struct SigningIdentity: Hashable, Sendable {
    /// The one name in subjectAltName.
    package var name: ExtensionTemplate.AlternativeName
    /// The OpenID issuer, extensions .1 and .8.
    package var issuer: String
    /// The other extensions under 1.3.6.1.4.1.57264.1 by their last arc; empty values are left out of the certificate.
    package var claims: [UInt64: String]

    /// An identity.
    package init(name: ExtensionTemplate.AlternativeName, issuer: String, claims: [UInt64: String] = [:]) {
        self.name = name
        self.issuer = issuer
        self.claims = claims
    }

    /// A person, known by an e-mail address.
    package static func person(_ address: String, issuer: String) -> SigningIdentity {
        SigningIdentity(name: .email(address), issuer: issuer)
    }

    /// Fulcio's extensions in its order: .1 to .6, then .8 to .24.
    package var extensions: [ExtensionTemplate] {
        let all = claims.merging([1: issuer, 8: issuer]) { claim, _ in claim }
        return all.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { .fulcio($0.key, $0.value) }
    }
}
