package import CaseIndex

/// A trigger that no earlier signature of the project has.
package struct FirstSeenTrigger: FirstSeenRule {
    package let id = "first-seen-trigger"
    package let severity = FindingSeverity.warning
    package let explanation = """
        Images of this project were signed in runs of other kinds until now. A run by hand, by an interface or of a \
        merge request is how somebody without the right to push has an image built.
        """
    package let guidance = RuleGuidance(
        summary: "A run of the project was started in a way that is new.",
        examines: """
            All authentic signatures of the case by the project and the time that their certificates and \
            logs attest; at least three earlier ones must say something else.
            """,
        innocentCause: "A scheduled rebuild was set up, or a release was started by hand once.",
        collect: "Who started the run, and the configuration's rules for such runs."
    )

    let trait = Trait.trigger
    let fact = Fact.trigger
    let noun = "trigger"
}
