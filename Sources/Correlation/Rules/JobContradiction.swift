/// The signer names another job than the certificate.
package struct JobContradiction: ContradictionRule {
    package let id = "job-contradiction"
    let fact = Fact.job
    package let explanation = """
        The signature is authentic, but it names another job than the one that held the identity.
        """
}
