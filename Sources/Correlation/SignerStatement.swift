package import CaseIndex

/// Something that a signer put beside what is signed: an attribute of a Notary Project envelope or of an OpenPGP
/// signature, such as the time that the signer gives, or an annotation of the payload.
///
/// It is the signer's word. What verification found of time and signer is in the verdict.
package struct SignerStatement: Hashable, Sendable {
    /// Whether it is an attribute or an annotation.
    package let speaker: Speaker
    /// Its name, in the document's own word.
    package let key: String
    /// What it says.
    package let value: String
    /// What it rests on: at best the signer's word.
    package let basis: Basis
}

extension TracedSignature {
    /// The same signature with what its signer states, from the claims about its artifact.
    func withStatements(_ claims: [ClaimRecord]) -> TracedSignature {
        guard [.notaryJWS, .notaryCOSE, .openPGP].contains(record.kind) else { return self }
        var whole = self
        whole.statements = claims.filter { claim in
            claim.signatureID == record.id && [.signedAttribute, .signedAnnotation].contains(claim.speaker)
        }.map { SignerStatement(speaker: $0.speaker, key: $0.key, value: $0.value, basis: basis(of: $0)) }
        return whole
    }
}
