internal import CaseIndex
internal import Cryptography

/// One run of the verification stage, with the material that the options name.
struct VerificationRun {
    let expectation: ExpectationOptions
    let trust: TrustOptions

    /// Judges the signatures of images and stores the verdicts.
    func run(_ images: [Digest], _ caseFile: CaseFile) throws {
    }
}
