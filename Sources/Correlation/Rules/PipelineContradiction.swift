/// The signer names another run than the certificate.
package struct PipelineContradiction: ContradictionRule {
    package let id = "pipeline-contradiction"
    let fact = Fact.pipeline
    package let explanation = """
        The signature is authentic, but it names another run than the certificate authority attested.
        """
}
