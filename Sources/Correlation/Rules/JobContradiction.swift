/// The signer names another job than the certificate.
package struct JobContradiction: ContradictionRule {
    package let id = "job-contradiction"
    let fact = Fact.job
    package let explanation = """
        The signature is authentic, but it names another job than the one that held the identity.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another job than the certificate attests.",
        examines: """
            Job numbers and addresses in signed annotations and statements beside extension .21 of the same \
            signature.
            """,
        innocentCause: """
            A script passed the variables of another job on, for example through an artifact of environment \
            variables.
            """,
        collect: "The records and logs of both jobs, and the CI configuration that hands variables on."
    )
}
