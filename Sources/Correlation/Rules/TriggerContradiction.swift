/// The signer names another trigger than the certificate.
package struct TriggerContradiction: ContradictionRule {
    package let id = "trigger-contradiction"
    let fact = Fact.trigger
    package let explanation = """
        The signature is authentic, but it names another cause of the run than the certificate authority attested: a \
        push where the certificate says merge request, for example.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another trigger than the certificate attests.",
        examines: "Triggers in signed statements beside extensions .20 and .2 of the same signature.",
        innocentCause: "A workflow that another one calls passes its caller's event on.",
        collect: "The record of the run, and the workflow at the commit that was built."
    )
}
