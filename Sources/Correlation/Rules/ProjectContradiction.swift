/// The signer names another project than the certificate.
package struct ProjectContradiction: ContradictionRule {
    package let id = "project-contradiction"
    let fact = Fact.project
    package let explanation = """
        The signature is authentic, but it names another repository than the certificate authority attested: \
        the image may have been signed by a fork or by an unrelated project.
        """
    package let guidance = RuleGuidance(
        summary: "The signer names another project than the certificate attests.",
        examines: """
            Project paths and source addresses in signed annotations and statements beside extension .12 of \
            the same signature.
            """,
        innocentCause: "The project was moved or renamed, and the script holds the old path.",
        collect: "The project's history of moves, and the CI configuration that writes the annotation."
    )
}
