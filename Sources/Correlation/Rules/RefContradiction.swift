/// The signer names another branch or tag than the certificate.
package struct RefContradiction: ContradictionRule {
    package let id = "ref-contradiction"
    let fact = Fact.ref
    package let explanation = """
        The signature is authentic, but it names another branch or tag than the certificate authority attested.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another branch or tag than the certificate attests.",
        examines: "References in signed annotations and statements beside extension .14 of the same signature.",
        innocentCause: "The script shortens or rewrites names of branches, or writes the target of a merge request.",
        collect: "The CI configuration that writes the annotation, and the record of the pipeline."
    )
}
