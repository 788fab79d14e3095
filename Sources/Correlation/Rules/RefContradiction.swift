/// The signer names another branch or tag than the certificate.
package struct RefContradiction: ContradictionRule {
    package let id = "ref-contradiction"
    let fact = Fact.ref
    package let explanation = """
        The signature is authentic, but it names another branch or tag than the certificate authority attested.
        """
}
