package import CaseIndex

/// A signer that no earlier signature of the project has.
package struct FirstSeenIdentity: FirstSeenRule {
    package let id = "first-seen-identity"
    package let severity = FindingSeverity.warning
    package let explanation = """
        An identity signed an image of this project for the first time, after others had signed its earlier images. \
        Credentials that were stolen or a workflow that was added sign validly, under a name that is new.
        """
    package let guidance = RuleGuidance(
        summary: "Somebody signs an image of the project for the first time.",
        examines: """
            All authentic signatures of the case by the project and the time that their certificates and \
            logs attest; at least three earlier ones must say something else.
            """,
        innocentCause: """
            The configuration was renamed, or a new release branch has its own reference in the identity.
            """,
        collect: "Who added the workflow or the key, and when; the first commit that holds it."
    )

    let trait = Trait.identity
    let fact = Fact.workflow
    let noun = "signer"
}
