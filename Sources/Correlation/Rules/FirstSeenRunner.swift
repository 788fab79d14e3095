package import CaseIndex

/// A runner, or a class of runners, that no earlier signature of the project has.
package struct FirstSeenRunner: FirstSeenRule {
    package let id = "first-seen-runner"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The project's jobs ran on other machines until now. Rogue runners that attackers registered show first as a \
        new one.
        """
    package let guidance = RuleGuidance(
        summary: "A job of the project ran on a runner, or a class of runners, for the first time.",
        examines: """
            All authentic signatures of the case by the project and the time that their certificates and \
            logs attest; at least three earlier ones must say something else.
            """,
        innocentCause: "Runners are replaced from time to time, and hosted ones may be numbered anew with each job.",
        collect: "The runner's registration: by whom, when, from which address; its host."
    )

    let trait = Trait.runner
    let fact = Fact.runner
    let noun = "runner"
}
