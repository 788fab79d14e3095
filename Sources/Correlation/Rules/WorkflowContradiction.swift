/// The signer names another build configuration than the certificate.
package struct WorkflowContradiction: ContradictionRule {
    package let id = "workflow-contradiction"
    let fact = Fact.workflow
    package let explanation = """
        The signature is authentic, but it names another file as the build configuration, or another commit of it, \
        than the certificate authority attested.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another build configuration than the certificate attests.",
        examines: """
            Configuration files in signed statements beside the name and extensions .9, .18 and .19 of the \
            certificate of the same signature.
            """,
        innocentCause: """
            A generator of provenance that names itself as the entry point, where the certificate names its \
            caller.
            """,
        collect: "Both files at the commit that was built, and the generator's version."
    )
}
