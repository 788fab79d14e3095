internal import CaseIndex
internal import Cryptography
internal import Verification

/// One run of the verification stage, with the material that the options name.
struct VerificationRun {
    let expectation: ExpectationOptions
    let trust: TrustOptions

    /// Judges the signatures of images, and of the manifests below an index, and stores the verdicts.
    func run(_ images: [Digest], _ caseFile: CaseFile, now: Timestamp) throws {
        let stage = VerificationStage(
            caseFile: caseFile,
            trust: try trust.material(now: now),
            expectation: try expectation.expectation(expectsKey: trust.key != nil),
            at: trust.time
        )
        let all = try caseFile.read { reader in
            try images.flatMap { [$0] + (try Self.signedChildren($0, reader)) }
        }
        var seen: Set<Digest> = []
        _ = try stage.run(images: all.filter { seen.insert($0).inserted })
    }

    private static func signedChildren(_ image: Digest, _ reader: CaseReader) throws -> [Digest] {
        try reader.graph(of: image).descriptors.filter { $0.kind == .child && $0.target != image }.map(\.target)
            .filter { try !reader.signatures(of: $0).isEmpty }
    }
}
