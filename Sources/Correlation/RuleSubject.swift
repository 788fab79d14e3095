package import CaseIndex
package import Cryptography

/// What a rule looks at: the records of one image.
package struct RuleSubject: Sendable {
    /// The image.
    package let image: Digest
    /// Its content.
    package let graph: ImageGraph
    /// Its signatures with their verdicts.
    package let signatures: [TracedSignature]
    /// What is said of it.
    package let rows: [FactRow]
    /// The commits that are named, with what repositories know of them.
    package var commits: [TracedCommit] = []
    /// The jobs and runs that are named, with what their service recorded of them.
    package var runs: [TracedRun] = []
    /// Jobs and runs that the same server has under the numbers that are named, in other projects.
    package var foreignRuns: [TracedRun] = []
    /// Everything that documents say of the image and of what is below it.
    package var claims: [ClaimRecord] = []
    /// The names that evidence gives the image.
    package var names: [ReferenceRecord] = []
    /// Other digests under the same names.
    package var namesakes: [ReferenceRecord] = []
    /// What the other images of the case show; nil when nobody asked them.
    package var context: CaseContext?

    /// The row of a fact.
    func row(_ fact: Fact) -> FactRow? {
        rows.first { $0.fact == fact }
    }

    /// The values of a fact that a certificate attests for one signature.
    func attested(_ fact: Fact, _ aspect: Aspect = .itself, by signature: String) -> [TracedValue] {
        row(fact)?.values.filter { value in
            value.value.aspect == aspect && value.basis == .certificateAttested
                && value.claim.signatureID == signature
        } ?? []
    }

    /// The authentic signatures, in the order of the case.
    var authentic: [TracedSignature] {
        signatures.filter(\.isAuthentic)
    }
}
