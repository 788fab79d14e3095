package import CaseIndex

/// A commit of a build configuration elsewhere that no earlier signature of the project has.
package struct FirstSeenWorkflow: FirstSeenRule {
    package let id = "first-seen-workflow"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The build configuration was taken from another commit than the sources, and no earlier signature of the \
        project has that commit. A shared configuration whose tag was moved changes what every project builds with \
        it.
        """
    package let guidance = RuleGuidance(
        summary: "A shared build configuration has a commit that is new to the project.",
        examines: """
            All authentic signatures of the case by the project and the time that their certificates and \
            logs attest; at least three earlier ones must say something else.
            """,
        innocentCause: "The shared configuration was released anew, as it is meant to be.",
        collect: "The change of the shared configuration, and who could move its tag."
    )

    let trait = Trait.workflow
    let fact = Fact.workflow
    let noun = "configuration"
}
