/// The signer names another project than the certificate.
package struct ProjectContradiction: ContradictionRule {
    package let id = "project-contradiction"
    let fact = Fact.project
    package let explanation = """
        The signature is authentic, but it names another repository than the certificate authority attested: \
        the image may have been signed by a fork or by an unrelated project.
        """
}
