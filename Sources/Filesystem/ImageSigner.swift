package import CaseIndex
package import Cryptography

/// One signature of an image, or of an index that lists it, and what verification concluded about it.
package struct ImageSigner: Hashable, Sendable {
    /// The signature.
    package let signatureID: String
    /// What it is over: the image, or an index that lists it.
    package let subject: Digest
    /// The verdict; nil when verification has not run.
    package let verdict: VerdictRecord?
    /// The name in the certificate that came with it, which is only a claim until there is a verdict.
    package let claimedIdentity: String?

    /// The signatures of an image and of the indexes that list it.
    ///
    /// - Throws: ``CaseError``.
    package static func signers(of image: Digest, in reader: CaseReader) throws -> [ImageSigner] {
        try ([image] + reader.indexes(listing: image)).flatMap { subject in
            try reader.signatures(of: subject).map { signature in
                ImageSigner(
                    signatureID: signature.id,
                    subject: subject,
                    verdict: try reader.verdict(of: signature.id),
                    claimedIdentity: try reader.certificates(of: signature.id).first?.subjectAlternativeName
                )
            }
        }
    }
}
