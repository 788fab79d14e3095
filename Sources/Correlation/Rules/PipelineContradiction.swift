/// The signer names another run than the certificate.
package struct PipelineContradiction: ContradictionRule {
    package let id = "pipeline-contradiction"
    let fact = Fact.pipeline
    package let explanation = """
        The signature is authentic, but it names another run than the certificate authority attested.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another run than the certificate attests.",
        examines: """
            Run numbers and addresses in signed documents beside those in the certificate of the same \
            signature.
            """,
        innocentCause: "A workflow that was called by another one wrote its caller's number.",
        collect: "The records of both runs, and the workflow at the commit that was built."
    )
}
