/// The signer names another commit than the certificate.
package struct CommitContradiction: ContradictionRule {
    package let id = "commit-contradiction"
    let fact = Fact.commit
    package let explanation = """
        The signature is authentic, but what it says of the commit is not what the certificate authority attested: \
        whoever signed named another commit than the one whose pipeline held the identity.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another commit than the certificate attests.",
        examines: """
            Commits in signed annotations and statements beside extensions 1.3.6.1.4.1.57264.1.13 and .3 of \
            the same signature.
            """,
        innocentCause: "A script wrote the variable of another job, or of the pipeline that triggered this one.",
        collect: "The job's log, the CI configuration at both commits, and who could edit the script."
    )
}
