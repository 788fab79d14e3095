/// The signer names another commit than the certificate.
package struct CommitContradiction: ContradictionRule {
    package let id = "commit-contradiction"
    let fact = Fact.commit
    package let explanation = """
        The signature is authentic, but what it says of the commit is not what the certificate authority attested: \
        whoever signed named another commit than the one whose pipeline held the identity.
        """
}
